"""Who may act for whom: given and taken back on one's own page, or written down at the counter from a paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import now, today
from linli.kernel.people import actions, limits, looks
from linli.kernel.people.contacts import masked_phone_of, person_by_phone
from linli.kernel.people.models import Person
from linli.kernel.people.queries import mandates_around, persons_seen_by
from linli.web import asked
from linli.web.decorators import page, post_page
from linli.web.mandate_forms import MandateForm, PaperForm

TRIES_A_DAY = 10  # who answers to a number is not to be found out by trying


@page("signed_in")
def mandates(request: Any) -> HttpResponse:
    """Those who act for me or were asked to, and those for whom I act."""
    around = mandates_around(request.person, today())
    given = [one for one in around if one.giver_id == request.person.pk]
    for one in given:
        one.shown = str(one.holder) if one.accepted_at else masked_phone_of(one.holder)  # type: ignore[attr-defined]
    known = {
        "tab": "me", "given": given, "held": [one for one in around if one.holder_id == request.person.pk],
        "form": MandateForm(initial=request.typed),
    }  # fmt: skip
    return render(request, "web/me/mandates.html", known)


@post_page("signed_in", back="web:mandates")
def give_mandate(request: Any) -> HttpResponse:
    """Ask somebody by her number; it counts once she agrees."""
    told = cleaned(MandateForm(request.POST))
    require(limits.allow(f"mandate:{request.person.pk}", TRIES_A_DAY, limits.DAY, now()))
    holder = person_by_phone(told["phone"])
    if holder is None:
        raise Refused(
            _(
                "Nobody here signs in with this number. Check it, or ask them to sign in once; the desk can also write it down."
            )
        )
    actions.give_mandate(
        request.person, holder, told["scope"], by=request.person, now=now(), until=told["until"]
    )
    messages.success(request, _("Asked. It counts as soon as the other agrees."))
    return redirect("web:mandates")


@post_page("signed_in", back="web:mandates")
def agree_to_mandate(request: Any, mandate: int) -> HttpResponse:
    found = get_object_or_404(mandates_around(request.person, today()), pk=mandate)
    actions.accept_mandate(found, by=request.person, now=now())
    messages.success(request, _("From now on you may act for %(name)s.") % {"name": found.giver})
    return redirect("web:mandates")


@post_page("signed_in", back="web:mandates")
def end_mandate(request: Any, mandate: int) -> HttpResponse:
    """Taken back or laid down, without a reason and at once (民法典 第一百七十三条)."""
    found = get_object_or_404(mandates_around(request.person, today()), pk=mandate)
    actions.revoke_mandate(found, by=request.person, now=now())
    messages.success(request, _("It has ended."))
    return redirect("web:mandates")


@page("clerk", methods=("GET", "POST"))
def paper(request: Any, pk: int) -> HttpResponse:
    """At the counter: a paper both have signed is written down, and counts at once."""
    giver = get_object_or_404(persons_seen_by(request.standing), pk=pk)
    looks.note(request.person, [looks.Seen(giver.pk)], now=now())
    form = PaperForm(request.POST or None, initial=request.typed)
    if request.method == "POST" and form.is_valid():
        return written_down(request, giver, form.cleaned_data)
    alive = [one for one in mandates_around(giver, today()) if one.giver_id == giver.pk and one.accepted_at]
    known = {"giver": giver, "form": form, "alive": alive}
    return render(request, "web/mandate_paper.html", known, status=422 if form.errors else 200)


def written_down(request: Any, giver: Person, told: dict[str, Any]) -> HttpResponse:
    holder = person_by_phone(told["phone"])
    if holder is None:
        raise Refused(_("Nobody is known by this number. Enter the neighbour first, with name and phone."))
    basis = told["basis"]
    actions.give_mandate(
        giver, holder, told["scope"], by=request.person, now=now(), until=told["until"], basis=basis
    )
    messages.success(
        request,
        _("Written down. %(holder)s may act for %(giver)s from now on.") % {"holder": holder, "giver": giver},
    )
    return redirect("web:mandate_paper", giver.pk)


@post_page("clerk", back="web:mandate_paper")
def end_on_paper(request: Any, pk: int) -> HttpResponse:
    """She says at the counter that it shall end."""
    giver = get_object_or_404(persons_seen_by(request.standing), pk=pk)
    key = asked.number(request, "mandate", request.POST) or 0
    found = get_object_or_404(mandates_around(giver, today()), pk=key, giver=giver)
    actions.revoke_mandate(found, by=request.person, now=now())
    messages.success(request, _("It has ended."))
    return redirect("web:mandate_paper", pk)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What was typed, or the first fault as a refusal on the page it came from."""
    if form.is_valid():
        return dict(form.cleaned_data)
    raise Refused(next(iter(form.errors.values()))[0])
