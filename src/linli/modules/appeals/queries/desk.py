"""What waits at the desk of a community."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from linli.kernel.asking import Question
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import in_areas
from linli.kernel.clock import local
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.modules.appeals.models import State

COLUMN = 20
PLACE = tuple(  # a stair is told with its building, a dwelling with both
    f"{place}__{field}"
    for place in ("area", "area__parent", "area__parent__parent")
    for field in ("kind", "name", "name_en", "parent")
)
CARD = (
    "number", "kind", "state", "title", "path", "due_at", "closed_at", *PLACE,
    "appeal__joined", "appeal__needs_words", "appeal__l2", "appeal__identity", "appeal__times_reopened",
    "appeal__suggestion",
)  # fmt: skip
UNIT = ("unit__name", "unit__name_en")
COLUMNS: dict[str, Q] = {
    "new": Q(state=State.RECEIVED, appeal__l2=""),
    "send": Q(state=State.RECEIVED) & ~Q(appeal__l2=""),
    "hand": Q(state__in=(State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED, State.HUNG)),
    "call": Q(state=State.REPLIED),
}
FILTERS: dict[str, Q] = {
    "all": Q(),
    "urgent": Q(appeal__urgency__in=("emergency_2h", "urgent_24h")),
    "voice": Q(appeal__needs_words=True),
    "group": Q(appeal__joined__gte=2),
    "back": Q(appeal__times_reopened__gte=1),
}
OPEN = (
    State.RECEIVED,
    State.DISPATCHED,
    State.OBJECTED,
    State.HANDLING,
    State.SUSPENDED,
    State.HUNG,
    State.REPLIED,
)


@dataclass
class Board:
    """Four columns of cases, how many each holds, and the figures above them."""

    columns: dict[str, list[Case]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def more(self, name: str) -> int:
        """How many of a column are not shown."""
        return max(self.counts[name] - len(self.columns[name]), 0)


def communities_of_desk(who: Standing) -> list[Area]:
    """The communities whose desk she works at."""
    paths = who.paths(Role.Kind.CLERK)
    return list(Area.objects.filter(path__in=paths, valid_to=None).order_by("path"))


def at_desk(who: Standing) -> QuerySet[Case]:
    """Open matters of her communities; by the community's key, so that the desk's own index serves them."""
    communities, wide = _areas(who)
    return _open_in(communities, wide)


def _open_in(communities: tuple[str, ...], wide: tuple[str, ...]) -> QuerySet[Case]:
    here = in_areas(wide) if wide else Q(community__path__in=communities)
    return Case.objects.filter(here, kind="appeal", state__in=OPEN)


def _areas(who: Standing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Communities alone, or whatever areas her desk serves."""
    paths = who.paths(Role.Kind.CLERK)
    return (paths, ()) if all(_is_community(path) for path in paths) else ((), paths)


def _is_community(path: str) -> bool:
    return path.count("/") == 3  # noqa: PLR2004 -- district, street, community


def board(who: Standing, chosen: str, *, now: datetime) -> Board:
    """The whole desk in at most five queries, whatever it holds; an empty column is not asked for."""
    shown = chosen if chosen in FILTERS else "all"
    found = Board(counts=counts(who, shown, now=now))
    for name in COLUMNS:
        found.columns[name] = _page(who, name, shown, 0, COLUMN) if found.counts[name] else []
    return found


def in_order(rows: QuerySet[Case], column: str) -> QuerySet[Case]:
    """Recordings nobody has listened to stand on top; then the nearest limit."""
    shown = rows.select_related("area__parent__parent", "unit", "appeal").only(*CARD, *UNIT)
    first = ("-appeal__needs_words",) if column == "new" else ()
    return shown.order_by(*first, F("due_at").asc(nulls_last=True), "id")


def _tallies(now: datetime, tonight: datetime, chosen: str) -> dict[str, Any]:
    """Each column, each filter, what is late and what is due today."""
    columns = {name: Count("pk", filter=wanted & FILTERS[chosen]) for name, wanted in COLUMNS.items()}
    filters = {
        f"only_{name}": Count("pk", filter=wanted) for name, wanted in FILTERS.items() if name != "all"
    }
    due = {"late": Q(due_at__lt=now), "today": Q(due_at__gte=now, due_at__lt=tonight)}
    return {
        "only_all": Count("pk"), **{name: Count("pk", filter=wanted) for name, wanted in due.items()},
        **columns, **filters,
    }  # fmt: skip


COUNTS = Question(
    lambda communities, now, tonight, *, chosen, wide: (
        _open_in(communities, wide)
        .annotate(one=Value(1))
        .values_list("one")
        .annotate(**_tallies(now, tonight, chosen))
    )
)
PAGE = Question(
    lambda communities, *, name, chosen, wide, start, size: in_order(
        _open_in(communities, wide).filter(COLUMNS.get(name, Q()), FILTERS[chosen]), name
    )[start : start + size]
)


def counts(who: Standing, chosen: str, *, now: datetime) -> dict[str, int]:
    """One query, however much there is to count."""
    tonight = local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    communities, wide = _areas(who)
    names = list(_tallies(now, tonight, chosen))
    found = COUNTS.one(communities, now, tonight, chosen=chosen, wide=wide)
    return dict(zip(names, found[1:] if found else (0,) * len(names), strict=True))


def _page(who: Standing, name: str, chosen: str, start: int, size: int) -> list[Case]:
    communities, wide = _areas(who)
    return PAGE(communities, name=name, chosen=chosen, wide=wide, start=start, size=size)


def column(who: Standing, name: str, chosen: str, *, start: int, size: int = 50) -> list[Case]:
    """One page of a column."""
    return _page(
        who, name if name in COLUMNS else "", chosen if chosen in FILTERS else "all", start, size + 1
    )


def picked(who: Standing, keys: Sequence[int]) -> list[Case]:
    """The cards she ticked, as far as they are hers."""
    return list(
        at_desk(who).filter(pk__in=keys[:100]).select_related("area__parent__parent", "appeal", "unit")
    )


def calls(who: Standing, *, start: int = 0, size: int = 50) -> list[Case]:
    """Who is to be called back, the oldest limit first."""
    rows = (
        at_desk(who)
        .filter(state=State.REPLIED)
        .select_related("area__parent__parent", "unit", "appeal", "raised_by")
    )
    return list(rows.order_by("due_at", "id")[start : start + size + 1])


def by_number(who: Standing, text: str) -> Case | None:
    """A case of her area by the number people read out."""
    return Case.objects.filter(in_areas(who.paths(Role.Kind.CLERK)), number=text.strip()).first()


def of_people(who: Standing, people: Iterable[int]) -> list[Case]:
    """Matters of these people at her desk, the newest first."""
    mine = Case.objects.filter(
        in_areas(who.paths(Role.Kind.CLERK)), raised_by__in=list(people), kind="appeal"
    )
    return list(mine.select_related("area__parent__parent", "unit", "appeal").order_by("-id")[:50])


def publishable(who: Standing) -> list[Case]:
    """Closed matters whose answers are not on the board yet, the newest first."""
    closed = Case.objects.filter(
        in_areas(who.paths(Role.Kind.CLERK)), kind="appeal", state__in=(State.CLOSED, State.ANSWERED),
        appeal__published_at=None, appeal__identity__in=("named", "hidden", "anonymous"),
    )  # fmt: skip
    return list(closed.select_related("area__parent__parent", "unit", "appeal").order_by("-closed_at")[:30])
