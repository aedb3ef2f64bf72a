"""The three rates for everybody to read, and their rows for those who check them."""

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from linli.engines.signals import Rates
from linli.kernel.clock import now, today
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.queries import rates as queries
from linli.modules.appeals.rules.small_cells import SMALLEST, hidden_among, is_small
from linli.web.decorators import page

CARDS = (
    ("response", gettext_lazy("Response"), gettext_lazy("contacted within the limit")),
    ("solved", gettext_lazy("Solved"), gettext_lazy("the neighbour says it is solved")),
    ("satisfied", gettext_lazy("Satisfied"), gettext_lazy("the neighbour is satisfied")),
    ("on_time", gettext_lazy("On time"), gettext_lazy("replied within the legal limit")),
)
MONTHS = 6
EARLIEST = date(1949, 10, 1)
GROUPS = {
    "unit": gettext_lazy("Unit"),
    "community": gettext_lazy("Community"),
    "street": gettext_lazy("Subdistrict"),
}


@page("anyone")
def rates(request: Any) -> HttpResponse:
    """A month at a glance; units and small figures are shown to staff, communities to everybody."""
    whole = request.standing.is_staff
    first, last = period(request)
    by = group_of(request)
    found = queries.rates(first, last, by=by, now=now())
    trend = queries.rates(months_back(first, MONTHS - 1), last, by="month", now=now())
    context = {
        "first": first, "last": last, "by": by, "groups": GROUPS if request.standing.is_staff else {},
        "cards": [card(key, title, line, found[""], trend, whole=whole) for key, title, line in CARDS],
        "rows": rows_of(found, by) if whole else without_small(rows_of(found, by)), "smallest": SMALLEST, "before": months_back(first, 1), "after": last + timedelta(days=1),
        "is_now": last >= today(), "tab": "rates",
    }  # fmt: skip
    return render(request, "appeals/rates/page.html", context)


def period(request: Any) -> tuple[date, date]:
    """The month asked for, if it has begun; else the one before this."""
    asked = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return queries.month_before(today())
    if not EARLIEST <= first <= today():
        return queries.month_before(today())
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, following - timedelta(days=1)


def months_back(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 - count
    return date(month // 12, month % 12 + 1, 1)


def group_of(request: Any) -> str:
    asked = request.GET.get("by", "")
    return asked if request.standing.is_staff and asked in GROUPS else "community"


def card(
    key: str, title: Any, line: Any, of_all: Rates, trend: dict[str, Rates], *, whole: bool
) -> dict[str, Any]:
    """One rate: its value, its sample, its interval and the months before."""
    rate = getattr(of_all, key)
    if not whole:
        trend = {
            month: rates for month, rates in trend.items() if not is_small(getattr(rates, key).denominator)
        }
    months = sorted(month for month in trend if month)
    points = [value for month in months if (value := getattr(trend[month], key).value) is not None]
    low, high = rate.interval()
    return {
        "title": title, "line": line, "rate": rate, "points": points if len(points) > 1 else [],
        "first": months[0] if months else "", "last": months[-1] if months else "",
        "low": f"{low * 100:.1f}", "high": f"{high * 100:.1f}", "excluded": sum(rate.excluded.values()),
        "small": not whole and is_small(rate.denominator),
    }  # fmt: skip


def rows_of(found: dict[str, Rates], by: str) -> list[dict[str, Any]]:
    names = queries.names_of(found, by)
    rows = [
        {"name": names.get(key, ""), "rates": [getattr(group, name) for name, _title, _line in CARDS]}
        for key, group in found.items()
        if names.get(key)
    ]
    return sorted(rows, key=lambda row: -row["rates"][3].denominator)


def without_small(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nothing in the place of a figure that is too small to be told."""
    for column in range(len(CARDS)):
        for place in hidden_among([row["rates"][column].denominator for row in rows]):
            rows[place]["rates"][column] = None
    return rows


EVERY_ROW = (Role.Kind.DISTRICT, Role.Kind.AUDITOR, Role.Kind.REVIEWER)
OF_THE_AREA = (Role.Kind.STREET, Role.Kind.CLERK, Role.Kind.ADMIN)


def rows_for(who: Standing) -> Q | None:
    """What she may check: everything, or the matters of every area and every unit she works for."""
    if who.paths(*EVERY_ROW):
        return None
    return queries.inside(who.paths(*OF_THE_AREA), who.bodies(Role.Kind.HANDLER))


@page("staff")
def table(request: Any) -> HttpResponse:
    """The rows behind the figures, of all her areas and units; only keys, numbers and yes or no."""
    first, last = period(request)
    rows = queries.rows(first, last, now=now(), within=rows_for(request.standing))
    text = queries.table(rows)
    name = f"linli-rates-{first:%Y-%m}.csv"
    return HttpResponse(
        "\ufeff" + text, content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page("anyone")
def recompute(request: Any) -> HttpResponse:
    """The script with which anybody counts again."""
    del request
    text = (files("linli.modules.appeals") / "data" / "recompute.py").read_text(encoding="utf-8")
    return HttpResponse(
        text, content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recompute.py"'},
    )  # fmt: skip
