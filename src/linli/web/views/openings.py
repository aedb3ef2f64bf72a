"""A child's private fields: one asks, a second person decides here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.kernel.clock import now
from linli.kernel.people import looks, openings
from linli.kernel.people.rules import may_decide_opening
from linli.web.decorators import page, post_page

DECIDERS = ("clerk", "street", "district")
SHOWN = 50


@page("staff")
def wishes(request: Any) -> HttpResponse:
    """What waits for a second person, and what became of the last ones; a handler reads of her own wishes."""
    moment = now()
    found = list(openings.openings_seen_by(request.standing)[:SHOWN])
    looks.note(request.person, [looks.Seen(wish.subject_id) for wish in found], now=moment)
    since = moment - openings.WAITS
    rows = [
        (wish, answer_of(request, wish), wish.decided_at is None and wish.asked_at > since) for wish in found
    ]
    known = {
        "waiting": [(wish, may) for wish, may, waits in rows if waits],
        "decided": [wish for wish, _may, waits in rows if not waits],
        "minutes": int(openings.LASTS.total_seconds()) // 60,
    }
    return render(request, "web/openings.html", known)


def answer_of(request: Any, wish: Any) -> Any:
    return may_decide_opening(request.standing, openings.home_of(wish.subject), asked_by=wish.asked_by_id)


@post_page(DECIDERS, back="web:openings")
def decide(request: Any, wish: int) -> HttpResponse:
    found = get_object_or_404(openings.openings_seen_by(request.standing), pk=wish)
    agreed = request.POST.get("agreed") == "yes"
    openings.decide(
        found, by=request.person, agreed=agreed, answer=request.POST.get("answer", "")[:200], now=now()
    )
    messages.success(request, _("Agreed: it may be opened for half an hour.") if agreed else _("Refused."))
    return redirect("web:openings")
