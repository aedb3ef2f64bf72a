"""My matters and what waits for me."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linli.kernel.asking import Question
from linli.kernel.clock import today
from linli.kernel.inbox.actions import mark_read
from linli.kernel.inbox.queries import inbox_of
from linli.kernel.people.models import Mandate
from linli.kernel.people.queries import may_act_in
from linli.kernel.people.standing import Standing
from linli.web import asked
from linli.web.decorators import page, post_page
from linli.web.matters import PAGE, matters_before

ACTING = Question(lambda holder, on: may_act_in(holder, Mandate.Scope.MATTERS, on))


@page("signed_in")
def mine(request: Any) -> HttpResponse:
    """All of them, of every kind, newest first: her own, or those of somebody for whom she acts."""
    held = ACTING(request.person.pk, today())
    wanted = asked.number(request, "for")
    giver = next((one.giver for one in held if one.giver_id == wanted), None)
    if wanted is not None and giver is None and wanted != request.person.pk:
        raise Http404
    reader = Standing(giver) if giver else request.standing
    matters, following = matters_before(reader, asked.number(request, "before"), raised=bool(giver))
    known = {
        "tab": "mine", "matters": matters, "following": following, "givers": [one.giver for one in held],
        "in_name_of": giver,
    }  # fmt: skip
    return render(request, "web/mine.html", known)


@page("signed_in")
def inbox(request: Any) -> HttpResponse:
    """What a person was told, newest first; what waits for her says so."""
    told = list(inbox_of(request.person, limit=PAGE + 1, before=asked.number(request, "before")))
    following = told[PAGE - 1].pk if len(told) > PAGE else None
    return render(request, "web/inbox.html", {"tab": "inbox", "told": told[:PAGE], "following": following})


@post_page("signed_in", back="web:inbox")
def inbox_read(request: Any) -> HttpResponse:
    mark_read(request.person)
    return redirect("web:inbox")
