"""The private fields of a child: one asks, another decides, and for half an hour the one who asked may read."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, Refused, no, require
from linli.kernel.clock import local
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Opening, Person, Role
from linli.kernel.people.standing import Standing, standing
from linli.kernel.places.queries import containing_paths, valid_on

LASTS = timedelta(minutes=30)
WAITS = timedelta(days=1)
"""A wish nobody answered within a day is asked anew: the reason may be gone."""


def home_of(person: Person) -> str:
    return person.community.path if person.community else ""


def is_child(person: Person, now: datetime) -> bool:
    return rules.may_be_a_child(person.birth_year, local(now).date())


def given(subject: Person, field: str, by: Person, now: datetime) -> Opening | None:
    """The consent of a second person that still lasts."""
    agreed = Opening.objects.filter(subject=subject, field=field, asked_by=by, agreed=True)
    return agreed.filter(decided_at__gt=now - LASTS).select_related("decided_by").order_by("-id").first()


def may_read(subject: Person, field: str, by: Person, now: datetime) -> Answer:
    """A grown-up's field needs a reason; a child's needs a second person too."""
    if not is_child(subject, now) or given(subject, field, by, now):
        return YES
    return no(_("This is a child under 14: somebody else must agree before it is opened. Ask first."))


@transaction.atomic
def ask(subject: Person, field: str, *, by: Person, reason: str, now: datetime) -> Opening:
    """Ask once; a wish that waits is not asked twice."""
    require(rules.has_a_reason(reason))
    if not is_child(subject, now):
        raise Refused(_("Only what is kept about a child under 14 needs a second person."))
    before = waiting(now).filter(subject=subject, field=field, asked_by=by).first()
    if before is not None:
        return before
    wish = Opening(subject=subject, field=field, reason=reason.strip(), asked_by=by, asked_at=now)
    wish.save(force_insert=True)
    record("people.opening_asked", wish, by=by, path=home_of(subject), field=field)
    return wish


@transaction.atomic
def decide(wish: Opening, *, by: Person, agreed: bool, answer: str, now: datetime) -> None:
    """A second person agrees or refuses; a refusal says why."""
    home = home_of(wish.subject)
    require(rules.may_decide_opening(standing(by, on=local(now).date()), home, asked_by=wish.asked_by_id))
    if not agreed and len(answer.strip()) < rules.SHORTEST_REASON:
        raise Refused(_("Say in a sentence why not, so that whoever asked knows what to do instead."))
    decision = {"decided_by": by, "decided_at": now, "agreed": agreed, "answer": answer.strip()}
    if not waiting(now).filter(pk=wish.pk).update(**decision):
        raise Refused(_("This was decided already, or it waited for more than a day."))
    verb = "people.opening_agreed" if agreed else "people.opening_refused"
    record(verb, wish, by=by, path=home, field=wish.field)


def waiting(now: datetime) -> QuerySet[Opening]:
    return Opening.objects.filter(decided_at=None, asked_at__gt=now - WAITS)


def deciders_of(wish: Opening, *, on: date) -> QuerySet[Person]:
    """Who may be the second person: the colleagues at the child's desk and those above."""
    places = containing_paths(home_of(wish.subject))
    roles = Role.objects.filter(valid_on(on), kind__in=rules.DESK, area__path__in=places, revoked_at=None)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(pk=wish.asked_by_id)


def openings_seen_by(who: Standing) -> QuerySet[Opening]:
    """Her own wishes, and those about the children of the areas in which she may decide."""
    seen = Q(asked_by=who.pk)
    for path in who.paths(*rules.DESK):
        seen |= Q(subject__community__path__under=path)
    found = Opening.objects.filter(seen) if who.pk else Opening.objects.none()
    return found.select_related("subject__community", "asked_by", "decided_by").order_by("-id")
