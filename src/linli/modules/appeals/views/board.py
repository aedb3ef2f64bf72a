"""What was asked and what was done, for everybody to read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from linli.modules.appeals.queries import board as queries
from linli.modules.appeals.rules.words import category_name
from linli.web.community import community_of
from linli.web.decorators import page


@page("anyone")
def board(request: Any) -> HttpResponse:
    """One page of answers; rows are read only when the kept page is older than the newest answer."""
    words = request.GET.get("q", "").strip()[:40]
    everywhere = request.GET.get("all") == "1"
    community = None if everywhere else community_of(request)
    given = request.GET.get("page", "1")
    number = max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1
    rows = queries.published(community, words)
    edition = queries.edition(rows)
    start = (number - 1) * queries.PAGE
    known = {
        "tab": "board", "q": words, "too_short": 0 < len(words) < queries.SHORTEST_SEARCH, "everywhere": everywhere,
        "scope": community, "edition": edition, "number": number, "rows": Rows(rows, start),
        "next": number + 1 if edition.count > start + queries.PAGE else None,
    }  # fmt: skip
    return render(request, "appeals/board.html", known)


class Rows:
    """The rows of one page, read when a template begins to walk them."""

    def __init__(self, rows: Any, start: int) -> None:
        self.rows = rows[start : start + queries.PAGE]

    def __iter__(self) -> Any:
        return ({"appeal": row, "category": category_name(row.l2)} for row in self.rows)


@page("anyone")
def board_item(request: Any, pk: int) -> HttpResponse:
    appeal = get_object_or_404(queries.published(), pk=pk)
    known = {"tab": "board", "appeal": appeal, "category": category_name(appeal.l2)}
    return render(request, "appeals/board_item.html", known)
