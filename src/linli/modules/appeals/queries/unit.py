"""The worklist of a unit."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from linli.kernel.cases.models import Case
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import State, Whistle
from linli.modules.appeals.queries.desk import CARD

PAGE = 20
ON_TOP = 5
OPEN = (State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED, State.HUNG, State.REPLIED)
PARTS: dict[str, tuple[str, ...]] = {
    "sign": (State.DISPATCHED,),
    "hand": (State.HANDLING, State.SUSPENDED),
    "other": (State.OBJECTED, State.HUNG, State.REPLIED),
}


def of_her_bodies(who: Standing) -> QuerySet[Case]:
    return Case.objects.filter(unit__in=who.bodies(Role.Kind.HANDLER), kind="appeal", state__in=OPEN)


def counts(who: Standing, *, now: datetime) -> dict[str, int]:
    """How many wait in each part, and how many are late; one query."""
    tallies = {name: Count("pk", filter=Q(state__in=states)) for name, states in PARTS.items()}
    return of_her_bodies(who).aggregate(late=Count("pk", filter=Q(due_at__lt=now)), **tallies)


def worklist(who: Standing, part: str, *, start: int = 0, size: int = PAGE + 1) -> list[Case]:
    """One page of a part, the nearest limit first; matters without a running limit come last."""
    rows = (
        of_her_bodies(who)
        .filter(state__in=PARTS.get(part, OPEN))
        .select_related("area__parent__parent", "appeal")
        .only(*CARD)
    )
    ordered = rows.order_by("due_at", "id") if part != "other" else rows.order_by("-id")
    return list(ordered[start : start + size])


def calls_waiting(who: Standing) -> list[Whistle]:
    """Whistles that called her bodies to a spot where nobody has arrived yet."""
    called = Whistle.objects.filter(called__in=who.bodies(Role.Kind.HANDLER), arrived_at=None)
    return list(called.select_related("case", "caller", "case__area__parent").order_by("at")[:10])
