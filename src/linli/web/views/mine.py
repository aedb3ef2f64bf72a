"""My matters and what waits for me."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from linli.kernel.inbox.actions import mark_read
from linli.kernel.inbox.queries import inbox_of
from linli.web.decorators import page, post_page
from linli.web.matters import PAGE, matters_before


@page("signed_in")
def mine(request: Any) -> HttpResponse:
    """All of them, of every kind, newest first."""
    given = request.GET.get("before", "")
    matters, following = matters_before(request.standing, int(given) if given.isdigit() else None)
    return render(request, "web/mine.html", {"tab": "mine", "matters": matters, "following": following})


@page("signed_in")
def inbox(request: Any) -> HttpResponse:
    """What a person was told, newest first; what waits for her says so."""
    given = request.GET.get("before", "")
    told = list(inbox_of(request.person, limit=PAGE + 1, before=int(given) if given.isdigit() else None))
    following = told[PAGE - 1].pk if len(told) > PAGE else None
    return render(request, "web/inbox.html", {"tab": "inbox", "told": told[:PAGE], "following": following})


@post_page("signed_in", back="web:inbox")
def inbox_read(request: Any) -> HttpResponse:
    mark_read(request.person)
    return redirect("web:inbox")
