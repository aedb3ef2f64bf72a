"""What a person was told, and what lies on its way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet, Value

from linli.kernel.asking import Question
from linli.kernel.inbox.models import Message, Outgoing
from linli.kernel.people.models import Person

LIMIT = 50
WAITING = Question(
    lambda person: (
        Message.objects.filter(person=person, waits=True, done_at=None)
        .annotate(one=Value(1))
        .values_list("one")
        .annotate(count=Count("pk"))
    )
)


def inbox_of(person: Person, *, limit: int = LIMIT, before: int | None = None) -> QuerySet[Message]:
    """Her messages, newest first; ``before`` is the last key of the page above."""
    messages = Message.objects.filter(person=person)
    if before is not None:
        messages = messages.filter(pk__lt=before)
    return messages.order_by("-id")[:limit]


def waiting_for(person: Person, *, limit: int = LIMIT) -> QuerySet[Message]:
    """What waits for her to do something, the longest waiting first."""
    return Message.objects.filter(person=person, waits=True, done_at=None).order_by("id")[:limit]


def waiting_count(person: Person) -> int:
    ((_one, count),) = WAITING(person.pk)
    return int(count)


def unread_count(person: Person) -> int:
    return Message.objects.filter(person=person, read_at=None).count()


def told_about(case_id: int, people: Iterable[Person]) -> QuerySet[Message]:
    """Who was told what about one matter, for those who handle it."""
    return Message.objects.filter(case_id=case_id, person__in=list(people)).order_by("id")


@dataclass(frozen=True, slots=True)
class Health:
    """The outbox in figures: how many wait and since when, and how many were given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


def outbox_health() -> Health:
    state = Outgoing.State
    waiting = Outgoing.objects.filter(state__in=(state.QUEUED, state.SENDING)).aggregate(
        count=Count("pk"), oldest=Min("at")
    )
    return Health(waiting["count"], waiting["oldest"], Outgoing.objects.filter(state=state.GIVEN_UP).count())


def given_up() -> QuerySet[Outgoing]:
    """What never reached anybody, newest first, for the administrator to try again."""
    ended = (Outgoing.State.GIVEN_UP, Outgoing.State.FAILED)
    return Outgoing.objects.filter(state__in=ended).select_related("person").order_by("-id")
