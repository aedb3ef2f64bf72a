"""One box that finds whatever this reader may see; two Chinese characters are enough."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from linli.kernel.search.queries import search as find
from linli.web import asked
from linli.web.decorators import page

SHOWN = 20


@page("signed_in")
def search(request: Any) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    after = asked.number(request, "after")
    hits = find(request.standing, words, limit=SHOWN + 1, after=after) if words else []
    context = {
        "q": words, "hits": hits[:SHOWN], "next": hits[SHOWN - 1].cursor if len(hits) > SHOWN else None, "tab": "search"
    }  # fmt: skip
    return render(request, "web/search.html", context)
