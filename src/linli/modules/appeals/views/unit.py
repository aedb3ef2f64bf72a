"""The worklist of a unit: what to sign for, what is in hand, and who waits where."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from linli.kernel.clock import now
from linli.modules.appeals.queries import unit as queries
from linli.web import asked
from linli.web.decorators import page


@page("handler")
def unit(request: Any) -> HttpResponse:
    part = request.GET.get("part", "hand")
    start = asked.number(request, "from") or 0
    found = queries.worklist(request.standing, part, start=start)
    counts = queries.counts(request.standing, now=now())
    context = {
        "part": part if part in queries.PARTS else "all", "counts": counts,
        "cases": found[: queries.PAGE], "next": start + queries.PAGE if len(found) > queries.PAGE else None,
        "whistles": queries.calls_waiting(request.standing), "to_sign": to_sign(request, part) if counts["sign"] else [],
    }  # fmt: skip
    return render(request, "appeals/staff/unit.html", context)


def to_sign(request: Any, part: str) -> list[Any]:
    """What waits for a signature stands on top of every part."""
    return [] if part == "sign" else queries.worklist(request.standing, "sign", size=queries.ON_TOP)
