"""The desk of a community: the board, the bulk bar, the search box."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.people import looks
from linli.kernel.people.queries import find_by_last_four
from linli.kernel.search.queries import search
from linli.modules.appeals.actions.dispatching import dispatch_by_catalogue
from linli.modules.appeals.models import Identity
from linli.modules.appeals.queries import appeals_seen_by
from linli.modules.appeals.queries import desk as queries
from linli.modules.appeals.queries.suggested import units_for
from linli.web import asked
from linli.web.decorators import page, post_page

FILTERS = (
    ("all", gettext_lazy("All"), ""), ("urgent", gettext_lazy("Urgent"), "siren"), ("voice", gettext_lazy("Recordings"), "mic"),
    ("group", gettext_lazy("Several neighbours"), "users"), ("back", gettext_lazy("Sent back"), "undo-2"),
)  # fmt: skip
TITLES = (
    ("new", gettext_lazy("To look at"), "inbox"), ("send", gettext_lazy("To send"), "send"),
    ("hand", gettext_lazy("In hand"), "wrench"), ("call", gettext_lazy("To call back"), "phone"),
)  # fmt: skip


@page("clerk")
def desk(request: Any) -> HttpResponse:
    chosen = request.GET.get("show", "all")
    board = queries.board(request.standing, chosen, now=now())
    units = units_for(board.columns["send"])
    columns = [
        {"key": key, "title": title, "icon": icon, "count": board.counts[key], "more": board.more(key),
         "cards": cards(board.columns[key], units)}
        for key, title, icon in TITLES
    ]  # fmt: skip
    chips = [(key, title, icon, board.counts[f"only_{key}"]) for key, title, icon in FILTERS]
    context = {"columns": columns, "chips": chips, "chosen": chosen, "counts": board.counts}
    return render(request, "appeals/desk/board.html", context)


def cards(cases: list[Any], units: dict[int, Any]) -> list[dict[str, Any]]:
    return [{"case": case, "unit": units.get(case.pk)} for case in cases]


@page("clerk")
def column(request: Any) -> HttpResponse:
    """All of one column, in pages."""
    name, chosen = request.GET.get("column", "new"), request.GET.get("show", "all")
    start = asked.number(request, "from") or 0
    found = queries.column(request.standing, name, chosen, start=start)
    context = {
        "name": name, "title": {key: title for key, title, _icon in TITLES}.get(name, ""), "chosen": chosen,
        "cards": cards(found[:50], units_for(found[:50])), "next": start + 50 if len(found) > 50 else None,  # noqa: PLR2004
    }  # fmt: skip
    return render(request, "appeals/desk/column.html", context)


def ticked(given: QueryDict) -> list[int]:
    """The keys of the cards she ticked; whatever is no key is passed over."""
    return [key for key in map(asked.whole, given.getlist("pick")) if key is not None]


@post_page("clerk", back="appeals:desk")
def bulk(request: Any) -> HttpResponse:
    """What is done with the ticked cards together."""
    found = queries.picked(request.standing, ticked(request.POST))
    if not found:
        raise Refused(_("Tick the matters first."))
    if request.POST.get("do") == "print":
        return redirect(reverse("appeals:slips") + "?" + urlencode([("pick", case.pk) for case in found]))
    appeals = list(appeals_seen_by(request.standing).filter(pk__in=[case.pk for case in found]))
    left = dispatch_by_catalogue(appeals, by=request.standing)
    sent = len(appeals) - len(left)
    if sent:
        messages.success(request, _("%(n)d sent to the units the catalogue names.") % {"n": sent})
    for appeal, reason in left:
        messages.error(request, f"{appeal.case.number}: {reason}")
    return redirect("appeals:desk")


@page("clerk")
def slips(request: Any) -> HttpResponse:
    """The ticked tickets on paper, one a page."""
    found = queries.picked(request.standing, ticked(request.GET))
    return render(request, "appeals/desk/slips.html", {"cases": found})


@page("clerk")
def find(request: Any) -> HttpResponse:
    """One box for a number, the last four digits of a phone, or words."""
    text = request.GET.get("q", "").strip()
    case = queries.by_number(request.standing, text) if text else None
    if case is not None:
        return redirect("appeals:matter", case.pk)
    people, matters, hits = [], [], []
    if len(text) == 4 and text.isdigit():  # noqa: PLR2004 -- last four digits
        people = list(find_by_last_four(text, request.standing))
        looks.note(request.person, [looks.Seen(person.pk) for person in people], now=now())
        matters = queries.of_people(request.standing, [person.pk for person in people])
    elif text:
        hits = list(search(request.standing, text, limit=30))
    context = {"q": text, "people": people, "cards": cards(matters, {}), "hits": hits}
    return render(request, "appeals/desk/find.html", context)


@page("clerk")
def calls(request: Any) -> HttpResponse:
    """The call-back list: who, about what, since when."""
    start = asked.number(request, "from") or 0
    found = queries.calls(request.standing, start=start)
    named = [case for case in found[:50] if case.appeal.identity != Identity.ANONYMOUS]
    looks.note(
        request.person, [looks.Seen(case.raised_by_id, case.pk, case.number) for case in named], now=now()
    )
    context = {"cases": found[:50], "next": start + 50 if len(found) > 50 else None}  # noqa: PLR2004
    return render(request, "appeals/desk/calls.html", context)


@page("clerk")
def publish(request: Any) -> HttpResponse:
    """Answers that could go on the public board."""
    return render(request, "appeals/desk/publish.html", {"cases": queries.publishable(request.standing)})
