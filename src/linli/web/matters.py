"""A person's matters of every kind, and what a community achieved last month."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from linli.kernel.cases.kinds import all_kinds
from linli.kernel.cases.models import Case, Evaluation, Party
from linli.kernel.clock import local
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area

PAGE = 20


def matters_of(who: Standing) -> QuerySet[Case]:
    """What she raised or joined, newest first; never what she only sees as staff."""
    joined = Party.objects.filter(person=who.pk).values("case")
    mine = Case.objects.filter(Q(raised_by=who.pk) | Q(pk__in=joined))
    return mine.select_related("area__parent", "unit", "handler").order_by("-id")


def final_states() -> Q:
    """The states of every kind in which nothing is waited for any more."""
    ended = Q(pk__in=())
    for kind in all_kinds():
        ended |= Q(kind=kind.name, state__in=tuple(kind.final))
    return ended


def open_matters(who: Standing, *, limit: int) -> list[Case]:
    """What is still waited for, the nearest limit first."""
    nearest = F("due_at").asc(nulls_last=True)
    return list(matters_of(who).exclude(final_states()).order_by(nearest, "-id")[:limit])


def matters_before(
    who: Standing, before: int | None, *, raised: bool = False
) -> tuple[list[Case], int | None]:
    """One page of her matters and the key at which the next page begins (keyset paging).

    ``raised``: only those she raised; whoever acts for her follows these and not what she joined.
    """
    mine = Case.objects.filter(raised_by=who.pk).order_by("-id") if raised else matters_of(who)
    rows = mine.select_related(None).select_related("area__parent")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], (found[PAGE - 1].pk if len(found) > PAGE else None)


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
    """The calendar month before this one, by the clock in China: two queries."""
    this = local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = (this - timedelta(days=1)).replace(day=1)
    raised = Case.objects.filter(community=community, raised_at__gte=begins, raised_at__lt=this)
    counts = raised.aggregate(raised=Count("pk"), finished=Count("pk", filter=Q(closed_at__lt=now)))
    hers = Evaluation.objects.filter(case=OuterRef("pk"), by=OuterRef("raised_by"))
    newest = hers.order_by("-id").values("satisfied")[:1]
    judged = raised.annotate(said=Subquery(newest)).aggregate(
        asked=Count("pk", filter=Q(said__isnull=False)), satisfied=Count("pk", filter=Q(said=True))
    )
    return Month(**counts, **judged, begins=begins)
