"""The board of those who supervise: the subdistrict, the district, the reviewer of exclusions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from linli.kernel.clock import now, today
from linli.modules.appeals.queries import watch as queries
from linli.modules.appeals.rules.words import category_name
from linli.web.decorators import page


@page(("street", "district", "reviewer", "auditor"))
def watch(request: Any) -> HttpResponse:
    who, moment = request.standing, now()
    units = queries.by_unit(who, now=moment)
    late, objected = queries.pressing(who, now=moment)
    context = {
        "counts": queries.counts(units), "late": late, "objected": objected,
        "units": [unit(row) for row in units[:10] if row["late"]],
        "hangings": queries.hangings(who), "whistles": queries.whistles(who),
        "exclusions": queries.exclusions(who), "groups": queries.groups(who),
        "repeats": [repeat(row) for row in queries.repeats(who, today=today())], "today": today(),
    }  # fmt: skip
    return render(request, "appeals/watch/page.html", context)


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def unit(row: dict[str, Any]) -> dict[str, Any]:
    english = row["unit__name_en"] if in_english() else ""
    return {"name": english or row["unit__name"], "n": row["late"]}


def repeat(row: dict[str, Any]) -> dict[str, Any]:
    place = row["name_en"] if in_english() and row["name_en"] else row["name"]
    signal = row["signal"]
    return {
        "category": category_name(row["l2"]),
        "place": place,
        "count": signal.count,
        "usual": round(signal.expected),
    }
