"""A person's matters of every kind, and what a community achieved last month."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import cast

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from linli.kernel.asking import Question
from linli.kernel.cases.kinds import all_kinds
from linli.kernel.cases.models import Case, Evaluation, Party
from linli.kernel.clock import local
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.web.asked import GREATEST

PAGE = 20
KEPT = 60  # seconds


def final_states() -> Q:
    """The states of every kind in which nothing is waited for any more."""
    ended = Q(pk__in=())
    for kind in all_kinds():
        ended |= Q(kind=kind.name, state__in=tuple(kind.final))
    return ended


def open_matters(who: Standing, *, limit: int) -> list[Case]:
    """What is still waited for of what she raised or joined, the nearest limit first."""
    found = {case.pk: case for ask in (RAISED_OPEN, JOINED_OPEN) for case in ask(who.pk or 0, limit=limit)}
    nearest = sorted(found.values(), key=lambda case: (case.due_at is None, case.due_at, -case.pk))
    return nearest[:limit]


def _nearest(rows: QuerySet[Case], limit: int) -> QuerySet[Case]:
    shown = rows.exclude(final_states()).select_related("area__parent", "unit", "handler")
    return shown.order_by(F("due_at").asc(nulls_last=True), "-id")[:limit]


def _beside(person: int) -> QuerySet[Party]:
    """Her parts in matters that somebody else raised."""
    return Party.objects.filter(person=person, part__in=(Party.Part.JOINED, Party.Part.HELPER))


RAISED_OPEN = Question(lambda person, *, limit: _nearest(Case.objects.filter(raised_by=person), limit))
JOINED_OPEN = Question(
    lambda person, *, limit: _nearest(Case.objects.filter(pk__in=_beside(person).values("case")), limit)
)


def matters_before(
    who: Standing, before: int | None, *, raised: bool = False
) -> tuple[list[Case], int | None]:
    """One page of what she raised or joined, newest first, and the key at which the next begins (keyset paging).

    Two questions, each along an index of its own; never what she only sees as staff.

    ``raised``: only those she raised; whoever acts for her follows these and not what she joined.
    """
    asked = (who.pk or 0, GREATEST if before is None else before)
    joined = [] if raised else [part.case for part in JOINED(*asked)]
    every = {case.pk: case for case in (*RAISED(*asked), *joined)}
    found = sorted(every.values(), key=lambda case: -case.pk)[: PAGE + 1]
    return found[:PAGE], (found[PAGE - 1].pk if len(found) > PAGE else None)


RAISED = Question(
    lambda person, before: (
        Case.objects.filter(raised_by=person, pk__lt=before)
        .select_related("area__parent")
        .order_by("-id")[: PAGE + 1]
    )
)
JOINED = Question(
    lambda person, before: (
        _beside(person)
        .filter(case__lt=before)
        .select_related("case__area__parent")
        .order_by("-case_id")[: PAGE + 1]
    )
)


@dataclass(frozen=True, slots=True)
class Month:
    """Raised, finished and judged in one calendar month; a rate of nothing is None."""

    raised: int = 0
    finished: int = 0
    asked: int = 0
    satisfied: int = 0
    begins: datetime | None = None

    @property
    def still_open(self) -> int:
        return self.raised - self.finished

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.satisfied, self.asked) if self.asked else None


def last_month(community: Area, *, now: datetime) -> Month:
    """The calendar month before this one, by the clock in China; kept for a minute, since every first page asks."""
    this = local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    key = f"web.month:{community.pk}:{this:%Y-%m}"
    return cast("Month", cache.get_or_set(key, lambda: _month_before(this, community, now), KEPT))


def _month_before(this: datetime, community: Area, now: datetime) -> Month:
    """Two queries."""
    begins = (this - timedelta(days=1)).replace(day=1)
    raised = Case.objects.filter(community=community, raised_at__gte=begins, raised_at__lt=this)
    counts = raised.aggregate(raised=Count("pk"), finished=Count("pk", filter=Q(closed_at__lt=now)))
    hers = Evaluation.objects.filter(case=OuterRef("pk"), by=OuterRef("raised_by"))
    newest = hers.order_by("-id").values("satisfied")[:1]
    judged = raised.annotate(said=Subquery(newest)).aggregate(
        asked=Count("pk", filter=Q(said__isnull=False)), satisfied=Count("pk", filter=Q(said=True))
    )
    return Month(**counts, **judged, begins=begins)
