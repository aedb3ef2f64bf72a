"""What was asked and what was done, for everybody to read."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from linli.kernel.cases.in_public import public_thread
from linli.modules.appeals.queries import board as queries
from linli.modules.appeals.rules.words import category_name
from linli.web.asked import number
from linli.web.community import community_of
from linli.web.decorators import page
from linli.web.visitors import kept_for_visitors

NUMBER = re.compile(r"[0-9]{1,5}")


@page("anyone")
@kept_for_visitors(asked=("page", "all"), verbs=queries.CHANGING)
def board(request: Any) -> HttpResponse:
    """One page of answers; rows are read only when the kept page is older than the newest answer."""
    words = request.GET.get("q", "").strip()[:40]
    everywhere = request.GET.get("all") == "1"
    community = None if everywhere else community_of(request)
    number = page_number(request.GET.get("page", ""))
    rows = queries.published(community, words)
    edition = queries.edition(rows, community, words)
    start = (number - 1) * queries.PAGE
    known = {
        "tab": "board", "q": words, "too_short": 0 < len(words) < queries.SHORTEST_SEARCH, "everywhere": everywhere,
        "scope": community, "edition": edition, "number": number, "rows": Rows(rows, start),
        "next": number + 1 if edition.count > start + queries.PAGE else None,
    }  # fmt: skip
    return render(request, "appeals/board.html", known)


def page_number(given: str) -> int:
    """The page asked for; the first for whatever is no number of at most five digits."""
    return max(int(given), 1) if NUMBER.fullmatch(given) else 1


class Rows:
    """The rows of one page, read when a template begins to walk them."""

    def __init__(self, rows: Any, start: int) -> None:
        self.rows = rows[start : start + queries.PAGE]

    def __iter__(self) -> Any:
        return ({"appeal": row, "category": category_name(row.l2)} for row in self.rows)


@page("anyone")
@kept_for_visitors(verbs=queries.CHANGING)
def board_item(request: Any, pk: int) -> HttpResponse:
    """An answer, and the public part of the thread around it."""
    appeal = get_object_or_404(queries.published(), pk=pk)
    chain, thread, neighbours = public_thread(
        pk, before=number(request, "before"), after=number(request, "after")
    )
    known = {
        "tab": "board", "appeal": appeal, "category": category_name(appeal.l2), "thread": thread,
        "is_many": len(chain.cases) > 1, "neighbours": neighbours,
    }  # fmt: skip
    return render(request, "appeals/board_item.html", known)
