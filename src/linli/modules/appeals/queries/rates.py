"""The rows behind the three rates (条例 第三十二条), one for each matter whose limit fell into a period."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from linli.engines.signals import Rates, Row, rates_of, three_rates
from linli.kernel.cases.models import Clock, Evaluation
from linli.kernel.clock import SHANGHAI, local
from linli.kernel.places.models import Area, Body

HUNG = "hung"
A_SECOND = timedelta(seconds=1)
COLUMNS = (
    "number", "unit", "community", "street", "month", "contacted_in_time", "closed_on_time", "effective", "solved",
    "satisfied", "excluded",
)  # fmt: skip


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first instant of the first day to the first instant after the last, by the clock in China."""
    start = datetime.combine(first, time(), SHANGHAI)
    return start, datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


def month_before(day: date) -> tuple[date, date]:
    """The calendar month before the month of ``day``."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _newest(field: str) -> Subquery:
    """What whoever raised it said last; neighbours who joined judge beside it."""
    hers = Evaluation.objects.filter(case=OuterRef("case"), by=OuterRef("case__raised_by"))
    told = hers.filter(reached=True).order_by("-id")
    return Subquery(told.values(field)[:1])


def _contact(field: str) -> Subquery:
    clocks = Clock.objects.filter(case=OuterRef("case"), name="contact", dropped_at=None).order_by("-id")
    return Subquery(clocks.values(field)[:1])


def limits_ending(first: date, last: date) -> QuerySet[Clock]:
    """Of each matter the newest limit to finish it, where that ends in the period.

    A matter opened again (唐山条例 第三十八条) has a limit for each turn. It counts once, in the month of the
    newest one: she is called back when the limit ends (条例 第二十三条), so before that day nobody can say how
    the matter went. A limit that was missed in an earlier turn stays missed.
    """
    start, end = span(first, last)
    running = Q(dropped_at=None) | Q(case__state=HUNG)
    limits = Clock.objects.filter(running, name="finish", case__kind="appeal")
    same = Clock.objects.filter(running, case=OuterRef("case"), name="finish")
    too_late = Clock.objects.filter(
        case=OuterRef("case"), name="finish", dropped_at=None, pk__lt=OuterRef("pk"),
        met_at__gte=F("due_at") + A_SECOND,
    )  # fmt: skip
    newest = limits.filter(~Exists(same.filter(pk__gt=OuterRef("pk"))), due_at__gte=start, due_at__lt=end)
    return newest.annotate(missed_before=Exists(too_late))


def facts(first: date, last: date, within: Q | None = None) -> Iterator[dict[str, Any]]:
    """One plain row a matter, without a word of what was said or by whom; one query, streamed."""
    rows = limits_ending(first, last).filter(within or Q()).annotate(
        told_solved=_newest("solved"), told_satisfied=_newest("satisfied"), told=_newest("id"),
        contact_due=_contact("due_at"), contact_met=_contact("met_at"),
    )  # fmt: skip
    names = (
        "case__number", "case__unit", "case__community", "case__street", "case__state", "case__appeal__excluded",
        "due_at", "met_at", "dropped_at", "missed_before", "told", "told_solved", "told_satisfied", "contact_due",
        "contact_met",
    )  # fmt: skip
    yield from rows.order_by("case").values(*names).iterator(chunk_size=2000)


def inside(paths: Iterable[str], units: Iterable[int] = ()) -> Q:
    """The matters of all these areas, and those that these units answer for; of nothing, none."""
    found = Q(case__unit__in=list(units))
    for path in paths:
        found |= Q(case__path__under=path)
    return found


def kept(due: datetime | None, met: datetime | None, *, now: datetime) -> bool | None:
    """In time, too late, or not known yet."""
    if due is None:
        return None
    if met is not None:
        return met < due + A_SECOND
    return False if now > due else None


def row_of(fact: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """A fact as the export shows it; anybody can recompute the rates from these columns."""
    hung = fact["case__state"] == HUNG or fact["dropped_at"] is not None
    return {
        "number": fact["case__number"], "unit": fact["case__unit"], "community": fact["case__community"],
        "street": fact["case__street"], "month": f"{local(fact['due_at']):%Y-%m}",
        "contacted_in_time": kept(fact["contact_due"], fact["contact_met"], now=now),
        "closed_on_time": False if fact["missed_before"] else kept(fact["due_at"], fact["met_at"], now=now),
        "effective": fact["told"] is not None,
        "solved": fact["told_solved"], "satisfied": fact["told_satisfied"],
        "excluded": fact["case__appeal__excluded"] or (HUNG if hung else ""),
    }  # fmt: skip


def rows(first: date, last: date, *, now: datetime, within: Q | None = None) -> Iterator[dict[str, Any]]:
    """Each matter once, in the month of its newest limit; ``within`` as made by ``inside``."""
    return (row_of(fact, now=now) for fact in facts(first, last, within))


def engine_row(row: dict[str, Any], by: str) -> Row:
    return Row(
        unit=str(row[by]), area=str(row["community"]), contacted_in_time=row["contacted_in_time"],
        solved=row["solved"], satisfied=row["satisfied"], effective=row["effective"],
        excluded=row["excluded"] or None, closed_on_time=row["closed_on_time"], month=row["month"],
    )  # fmt: skip


def rates(first: date, last: date, *, by: str, now: datetime, within: Q | None = None) -> dict[str, Rates]:
    """The rates by ``unit``, ``community``, ``street`` or ``month``; the whole under ``""``."""
    found = list(rows(first, last, now=now, within=within))
    told = [engine_row(row, by) for row in found]
    return {**three_rates(told), "": rates_of(told)}


def names_of(keys: Iterable[str], by: str) -> dict[str, str]:
    """What a group is called: a body, an area, or a month by itself."""
    numbers = [int(key) for key in keys if key.isdigit()]
    if by == "month":
        return {key: key for key in keys}
    model = Body if by == "unit" else Area
    return {str(thing.pk): str(thing) for thing in model._default_manager.filter(pk__in=numbers)}


def table(found: Iterable[dict[str, Any]]) -> str:
    """The rows as CSV: only keys, numbers and yes or no, so that nothing personal leaves the house."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in found:
        writer.writerow({name: "" if row[name] is None else row[name] for name in COLUMNS})
    return out.getvalue()
