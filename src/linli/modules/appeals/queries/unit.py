"""The worklist of a unit."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet, Value

from linli.kernel.asking import Question
from linli.kernel.cases.models import Case
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import State, Whistle
from linli.modules.appeals.queries.desk import CARD

PAGE = 20
ON_TOP = 5
BESIDE = ("area__parent__parent", "appeal")
OPEN = (State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED, State.HUNG, State.REPLIED)
PARTS: dict[str, tuple[str, ...]] = {
    "sign": (State.DISPATCHED,),
    "hand": (State.HANDLING, State.SUSPENDED),
    "other": (State.OBJECTED, State.HUNG, State.REPLIED),
}


def _of(bodies: tuple[int, ...]) -> QuerySet[Case]:
    return Case.objects.filter(unit__in=bodies, kind="appeal", state__in=OPEN)


def _counts(bodies: tuple[int, ...], now: datetime) -> QuerySet[Case, tuple[int, ...]]:
    tallies = {name: Count("pk", filter=Q(state__in=states)) for name, states in PARTS.items()}
    late = Count("pk", filter=Q(due_at__lt=now))
    return _of(bodies).annotate(one=Value(1)).values_list("one").annotate(late=late, **tallies)


def _part(bodies: tuple[int, ...], *, part: str, start: int, size: int) -> QuerySet[Case]:
    rows = _of(bodies).filter(state__in=PARTS.get(part, OPEN)).select_related(*BESIDE).only(*CARD)
    ordered = rows.order_by("due_at", "id") if part != "other" else rows.order_by("-id")
    return ordered[start : start + size]


def _calls(bodies: tuple[int, ...]) -> QuerySet[Whistle]:
    called = Whistle.objects.filter(called__in=bodies, arrived_at=None)
    return called.select_related("case", "caller", "case__area__parent").order_by("at")[:10]


COUNTS, PART, CALLS = Question(_counts), Question(_part), Question(_calls)


def counts(who: Standing, *, now: datetime) -> dict[str, int]:
    """How many wait in each part, and how many are late; one query."""
    names = ("late", *PARTS)
    found = COUNTS.one(who.bodies(Role.Kind.HANDLER), now)
    return dict(zip(names, found[1:] if found else (0,) * len(names), strict=True))


def worklist(who: Standing, part: str, *, start: int = 0, size: int = PAGE + 1) -> list[Case]:
    """One page of a part, the nearest limit first; matters without a running limit come last."""
    shown = part if part in PARTS else ""
    return PART(who.bodies(Role.Kind.HANDLER), part=shown, start=start, size=size)


def calls_waiting(who: Standing) -> list[Whistle]:
    """Whistles that called her bodies to a spot where nobody has arrived yet."""
    return CALLS(who.bodies(Role.Kind.HANDLER))
