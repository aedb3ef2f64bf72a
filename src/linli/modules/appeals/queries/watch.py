"""What those above look at: what is late, what waits for their decision, what comes up again and again."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.engines.signals import now_and_before, unusual
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import in_areas
from linli.kernel.clock import local
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, Exclusion, Hanging, State, Whistle

SHOWN = 30
AT_WORK = (State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED)
WATCHERS = (Role.Kind.STREET, Role.Kind.DISTRICT, Role.Kind.REVIEWER, Role.Kind.AUDITOR)
SPAN, SPANS = 15, 5
GROUP = 5  # 信访工作条例 speaks of groups from five people on


def watched(who: Standing) -> QuerySet[Case]:
    """The appeals of the areas she supervises."""
    return Case.objects.filter(in_areas(who.paths(*WATCHERS)), kind="appeal")


def pressing(who: Standing, *, now: datetime) -> tuple[list[Case], list[Case]]:
    """What is late and what a unit objects to, the nearest limit first; one query."""
    wanted = Q(state__in=AT_WORK, due_at__lt=now) | Q(state=State.OBJECTED)
    rows = (
        watched(who)
        .filter(wanted)
        .select_related("area", "community", "unit", "handler")
        .order_by("due_at", "id")
    )
    found = list(rows[: 2 * SHOWN])
    late = [case for case in found if case.due_at and case.due_at < now]
    return late[:SHOWN], [case for case in found if case.state == State.OBJECTED][:SHOWN]


def by_unit(who: Standing, *, now: datetime) -> list[dict[str, Any]]:
    """Each unit's open matters in figures; their sums stand above the page."""
    units = (
        watched(who).filter(state__in=(*AT_WORK, State.HUNG)).values("unit__name", "unit__name_en").annotate(
            late=Count("pk", filter=Q(state__in=AT_WORK, due_at__lt=now)),
            objected=Count("pk", filter=Q(state=State.OBJECTED)), hung=Count("pk", filter=Q(state=State.HUNG)),
            hand=Count("pk", filter=Q(state__in=AT_WORK)),
        ).order_by("-late")
    )  # fmt: skip
    return [dict(unit) for unit in units]


def counts(units: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(unit[name] for unit in units) for name in ("late", "objected", "hung", "hand")}


def hangings(who: Standing) -> list[Hanging]:
    rows = Hanging.objects.filter(case__in=watched(who), ended_at=None).select_related(
        "case__area", "case__unit"
    )
    return list(rows.order_by("review_on")[:SHOWN])


def whistles(who: Standing) -> list[Whistle]:
    rows = Whistle.objects.filter(case__in=watched(who)).select_related("case__area", "called", "caller")
    return list(rows.order_by("-at")[:SHOWN])


def exclusions(who: Standing) -> list[Exclusion]:
    rows = Exclusion.objects.filter(case__in=watched(who), decided_at=None)
    return list(rows.select_related("case__area", "case__unit", "proposed_by").order_by("at")[:SHOWN])


def groups(who: Standing) -> list[Case]:
    """Matters that five and more neighbours share."""
    rows = watched(who).filter(state__in=AT_WORK, appeal__joined__gte=GROUP - 1)
    return list(
        rows.select_related("area", "community", "unit", "appeal").order_by("-appeal__joined")[:SHOWN]
    )


def repeats(who: Standing, *, today: date) -> list[dict[str, Any]]:
    """Categories that came up unusually often in a community this fortnight, against the five before."""
    start = today - timedelta(days=SPAN * (SPANS + 1))
    rows = Appeal.objects.filter(case__in=watched(who), case__raised_at__date__gt=start).exclude(l2="")
    told = rows.values_list("l2", "case__community__name", "case__community__name_en", "case__raised_at")
    days: defaultdict[tuple[str, str, str], list[date]] = defaultdict(list)
    for l2, name, name_en, raised in told.iterator():
        days[l2, name or "", name_en or ""].append(local(raised).date())
    found: list[dict[str, Any]] = []
    for (l2, name, name_en), when in days.items():
        signal = unusual(*now_and_before(when, until=today, length=SPAN, spans=SPANS))
        if signal.is_unusual:
            found.append({"l2": l2, "name": name, "name_en": name_en, "signal": signal})
    return sorted(found, key=lambda row: -row["signal"].count)[:10]
