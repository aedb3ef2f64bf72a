"""Enter a matter for somebody who called, came or was visited; hand out the receipt."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.cases.actions import new_query_code
from linli.kernel.clock import now
from linli.kernel.people import looks
from linli.kernel.people.actions import find_or_register_by_phone, pseudonym, register
from linli.kernel.people.models import Person
from linli.kernel.people.queries import persons_seen_by
from linli.modules.appeals.actions import intake
from linli.modules.appeals.forms.entry import Entry
from linli.modules.appeals.models import Appeal, Identity
from linli.modules.appeals.queries.desk import communities_of_desk
from linli.modules.appeals.queries.triaged import suggested
from linli.modules.appeals.views.receipt import receipt_facts
from linli.web import asked
from linli.web.decorators import page


@page("clerk", methods=("GET", "POST"))
def new(request: Any) -> HttpResponse:
    communities = communities_of_desk(request.standing)
    known = persons_seen_by(request.standing)
    chosen = known.filter(pk=asked.number(request, "for") or 0).first()
    looks.note(request.person, [looks.Seen(chosen.pk)] if chosen else [], now=now())
    first = {
        "once": f"desk:{secrets.token_urlsafe(12)}",
        "person": chosen,
        "area": communities[0] if communities else None,
        **request.typed,
    }
    form = Entry(request.POST or None, communities=communities, people=known, initial=first)
    if request.method == "POST" and form.is_valid():
        return entered(request, form.cleaned_data)
    context = {"form": form, "chosen": chosen, "many": len(communities) > 1}
    return render(request, "appeals/desk/new.html", context, status=422 if form.errors else 200)


def entered(request: Any, data: dict[str, Any]) -> HttpResponse:
    """The receipt with the query code, told this once; a page sent twice leads to the same matter."""
    before = Appeal.objects.filter(source_ref=data["once"]).first()
    if before is not None:
        return redirect("appeals:matter", before.pk)
    appeal, code = enter(data, by=request.person)
    messages.success(request, _("Entered as %(number)s.") % {"number": appeal.case.number})
    facts = receipt_facts(request, appeal, code)
    hers = appeal.case.raised_by if appeal.identity != Identity.ANONYMOUS else None
    more = {"back_url": reverse("appeals:desk"), "slip_for": hers}
    return render(request, "appeals/receipt.html", {**facts, **more})


@transaction.atomic
def enter(data: dict[str, Any], *, by: Person) -> tuple[Appeal, str]:
    """The matter of whoever stands at the desk, with the clerk recorded as the one who typed."""
    area = data.get("place") or data["area"]
    code = new_query_code()
    words = intake.Words(
        text=data["text"], area=area, spot=data["spot"], channel=data["channel"], identity=data["identity"],
        suggestion=suggested(data["text"], area),
    )  # fmt: skip
    appeal = intake.receive(words, by=reporter(data, by), operator=by, query_code=code)
    appeal.source_ref = data["once"]
    appeal.save(update_fields=["source_ref"])
    return appeal, code


def reporter(data: dict[str, Any], by: Person) -> Person:
    """The person meant: nobody's name, one already known, the holder of the phone, or somebody new."""
    community = data["area"]
    if data["identity"] == Identity.ANONYMOUS:
        return pseudonym(community=community)
    if data.get("person"):
        found: Person = data["person"]
        return found
    if data["phone"]:
        return find_or_register_by_phone(data["phone"], called=data["called"], community=community, by=by)[0]
    return register(called=data["called"], community=community, by=by)
