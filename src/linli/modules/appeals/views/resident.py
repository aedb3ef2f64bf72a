"""Raise a matter: words or voice, photos, place, who may know; then at most two questions; then the receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.inbox.listening import ear_of_district
from linli.kernel.people import limits
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.kernel.places.queries import addresses
from linli.modules.appeals.actions import intake, raising
from linli.modules.appeals.forms.resident import RaiseForm
from linli.modules.appeals.models import Channel, Identity
from linli.modules.appeals.queries import resident, triaged
from linli.modules.appeals.queries.acting import givers_of
from linli.modules.appeals.queries.squares import community_around
from linli.modules.appeals.rules.raising import (
    MOST_PHOTOS,
    NO_MANDATE,
    SENT_ALREADY,
    VISITORS_FILES_AN_HOUR,
    may_sign,
)
from linli.modules.appeals.rules.words import category_name
from linli.modules.appeals.views.draft import (
    Draft,
    draft_of,
    drop_files,
    forget_draft,
    keep_draft,
    take_files,
)
from linli.modules.appeals.views.receipt import receipt_facts
from linli.modules.appeals.views.squares import scanned_place
from linli.web.community import community_of
from linli.web.decorators import page, post_page
from linli.web.reader import AREA_COOKIE
from linli.web.views.switches import remember

CALL, SAME = "call", "same"


@page("anyone", methods=("GET", "POST"))
def raise_(request: Any) -> HttpResponse:
    """The form; what was typed and handed in before stands in it again."""
    scanned = scanned_place(request)
    community = (community_around(scanned) if scanned else None) or community_of(request)
    if community is None:
        return redirect(reverse("web:where") + "?" + urlencode({"next": reverse("appeals:raise")}))
    request._community = community  # noqa: SLF001 -- the square says where she stands
    places = resident.places_of(community)
    if request.method == "POST":
        response = take_in(request, community, places, scanned)
    else:
        draft = draft_of(request)
        response = form_page(request, empty_form(request, places, draft, scanned), draft, scanned=scanned)
    return remember(response, AREA_COOKIE, community.code) if scanned else response


def empty_form(request: Any, places: list[Area], draft: Draft | None, scanned: Area | None) -> RaiseForm:
    """The place of the square she scanned goes before the one she chose earlier, and that before her home."""
    home = resident.home_place(request.person)
    known = {place.pk for place in places}
    begun = {"place": home if home in known else places[0].pk, "identity": Identity.NAMED.value}
    if draft is not None:
        begun = {"text": draft.text, "spot": draft.spot, "identity": draft.identity, "place": draft.place}
    if scanned is not None:
        begun["place"] = scanned.pk
    return RaiseForm(initial=begun, choices=resident.place_choices(places))


def form_page(
    request: Any, form: RaiseForm, draft: Draft | None, status: int = 200, **faults: Any
) -> HttpResponse:
    chosen = str(form["identity"].value() or Identity.NAMED)
    known = {
        "tab": "raise", "form": form, "draft": draft, "chosen": chosen, "most_photos": MOST_PHOTOS, "ear": ear_of_district(),
        "givers": givers_of(request.person), "behalf": draft.behalf if draft else request.GET.get("for", ""), **faults,
    }  # fmt: skip
    return render(request, "appeals/raise.html", known, status=status)


def take_in(request: Any, community: Area, places: list[Area], scanned: Area | None) -> HttpResponse:
    """Keep everything first, then look whether something is missing."""
    draft = draft_of(request) or Draft()
    typed = {name: request.POST.get(name, "") for name in ("text", "place", "spot", "identity")}
    draft.text, draft.place, draft.spot, draft.identity = typed.values()
    draft.behalf = request.POST.get("behalf", "")
    draft.passed, draft.same, draft.complete = [], [], False
    draft.machine = bool(request.POST.get("machine"))
    draft.scanned = draft.scanned or scanned is not None
    drop_files(draft, request.POST.getlist("drop"))
    refused = take_uploads(request, draft, community)
    keep_draft(request, draft)
    has_recording = bool(draft.recordings)
    form = RaiseForm(request.POST, choices=resident.place_choices(places), has_recording=has_recording)
    if not form.is_valid() or refused:
        return form_page(
            request, form, draft, status=422, faults=dict(refused), refused=refused, scanned=scanned
        )
    area = next(place for place in places if place.pk == form.cleaned_data["place"])
    weigh(draft, area, community)
    keep_draft(request, draft)
    return onward(request, draft)


def take_uploads(request: Any, draft: Draft, community: Area) -> list[tuple[str, str]]:
    """What visitors hand in is counted by community, never by device; too much is refused beside the field."""
    if not request.FILES:
        return []
    if request.person is None:
        allowed = limits.allow(f"raise:files:{community.pk}", VISITORS_FILES_AN_HOUR, limits.HOUR, now())
        if not allowed:
            return [("photos", str(allowed.reason))]
    return take_files(draft, photos=request.FILES.getlist("photos"), recording=request.FILES.get("recording"))


def weigh(draft: Draft, area: Area, community: Area) -> None:
    """What it seems to be about, and whether neighbours raised the same."""
    draft.suggestion = triaged.suggested(draft.text, area)
    draft.complete = True
    draft.same = triaged.same_as(draft.text, area, community, draft.suggestion, now=now())


def onward(request: Any, draft: Draft) -> HttpResponse:
    """The next question that is still open, or the receipt."""
    if triaged.is_emergency(draft.suggestion) and CALL not in draft.passed:
        return redirect("appeals:call_first")
    if draft.same and SAME not in draft.passed:
        return redirect("appeals:same")
    signed = may_sign(request.person, draft.identity)
    if not signed:
        messages.info(request, str(signed.reason))
        return redirect(reverse("web:sign_in") + "?" + urlencode({"next": reverse("appeals:raise")}))
    return finish(request, draft)


def finish(request: Any, draft: Draft) -> HttpResponse:
    """Raise it and show the receipt at once: the query code is told on this page and never again."""
    area = get_object_or_404(Area, pk=int(draft.place), valid_to=None)
    community = community_of(request)
    if community is None or not area.path.startswith(community.path):
        raise Refused(_("Choose where it is."))
    appeal, code = raising.raise_matter(
        words_of(draft, area), by=request.person, community=community, files=draft.checked, once=draft.once,
        behalf=meant(request, draft),
    )  # fmt: skip
    forget_draft(request)
    response = render(request, "appeals/raised.html", receipt_facts(request, appeal, code))
    add_never_cache_headers(response)
    return response


def meant(request: Any, draft: Draft) -> Person | None:
    """In whose name; a mandate that ended meanwhile stops it, and everything typed is kept."""
    if not draft.behalf:
        return None
    found = next((one for one in givers_of(request.person) if str(one.pk) == draft.behalf), None)
    if found is None and draft.identity != Identity.ANONYMOUS:
        raise Refused(NO_MANDATE)
    return found


def words_of(draft: Draft, area: Area) -> intake.Words:
    return intake.Words(
        text=draft.text, area=area, spot=draft.spot, identity=draft.identity, suggestion=suggestion_of(draft),
        channel=channel_of(draft),
        recorded=bool(draft.recordings),
    )  # fmt: skip


def suggestion_of(draft: Draft) -> dict[str, Any]:
    """The guess at what it is about, and whether she let a machine write her recording down."""
    agreed = {"machine_may_listen": True} if draft.machine and draft.recordings else {}
    return {**draft.suggestion, **agreed}


def channel_of(draft: Draft) -> Channel:
    """By which door it came: the square on the wall says more than how she then told it."""
    if draft.scanned:
        return Channel.QR
    return Channel.VOICE if draft.recordings and not draft.text.strip() else Channel.WEB


@post_page("anyone", back="appeals:raise")
def send(request: Any) -> HttpResponse:
    """Go on after a question: “I have called”, “it is not the same”."""
    draft = draft_of(request)
    if draft is None:
        messages.info(request, str(SENT_ALREADY))
        return redirect("appeals:raise")
    if not draft.complete:
        return redirect("appeals:raise")
    draft.passed = sorted({*draft.passed, *request.POST.getlist("passed")} & {CALL, SAME})
    keep_draft(request, draft)
    return onward(request, draft)


@post_page("anyone", back="appeals:raise")
def afresh(request: Any) -> HttpResponse:
    """Throw the draft away and begin again."""
    draft = draft_of(request)
    if draft is not None:
        drop_files(draft, [file.token for file in draft.checked])
    forget_draft(request)
    return redirect("appeals:raise")


@page("anyone")
def call_first(request: Any) -> HttpResponse:
    """Danger now: call before anything is written; the matter is taken all the same."""
    draft = draft_of(request)
    if draft is None:
        return redirect("appeals:raise")
    number = str(draft.suggestion.get("route", "")).removeprefix("emergency_")
    return render(request, "appeals/call_first.html", {"tab": "raise", "draft": draft, "number": number})


@page("anyone")
def same(request: Any) -> HttpResponse:
    """Neighbours may have raised it: its category, place, state and how many; never their words."""
    draft = draft_of(request)
    found = resident.joinable(draft.same) if draft else []
    if draft is None or not found:
        return redirect("appeals:raise")
    where = addresses([coarse(appeal.case.area) for appeal in found])
    hers = resident.parts_of(request.standing, draft.same)
    offers = [
        {"appeal": appeal, "case": appeal.case, "category": category_name(appeal.l2),
         "place": where[coarse(appeal.case.area).pk],
         "neighbours": appeal.joined + 1, "own": appeal.pk in hers}
        for appeal in found
    ]  # fmt: skip
    return render(request, "appeals/same.html", {"tab": "raise", "offers": offers})


def coarse(area: Area) -> Area:
    """A dwelling is told by its stair."""
    return area.parent if area.kind == Area.Kind.DWELLING and area.parent else area


@post_page("signed_in", back="appeals:raise")
def me_too(request: Any) -> HttpResponse:
    """我也是: only for a matter that was offered to her."""
    draft = draft_of(request)
    chosen = request.POST.get("matter", "")
    appeal = next(
        (one for one in resident.joinable(draft.same if draft else []) if str(one.pk) == chosen), None
    )
    if appeal is None:
        raise Refused(_("This matter is no longer open. Please send yours."))
    intake.me_too(appeal, by=request.person)
    told = _(
        "You said “me too” and will hear how it goes. What you wrote is kept for a day, in case you want to send it too."
    )
    messages.success(request, told)
    return redirect("appeals:matter", appeal.pk)
