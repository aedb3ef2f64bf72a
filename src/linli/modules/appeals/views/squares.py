"""Squares to scan: on the notice board of a stair they open the form, on a slip the door to her own account."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.people.queries import persons_seen_by
from linli.kernel.people.signin import slip_for
from linli.kernel.places.models import Area
from linli.kernel.places.queries import address
from linli.modules.appeals.forms.squares import SIZES, SheetForm
from linli.modules.appeals.queries import resident
from linli.modules.appeals.queries.desk import communities_of_desk
from linli.modules.appeals.queries.squares import open_place
from linli.web import asked
from linli.web.community import desk_of
from linli.web.decorators import page, post_page


def full_address(request: Any, path: str) -> str:
    """What a phone anywhere can open: by the district's own address, never by one that a visitor claims."""
    if settings.LINLI_ADDRESS:
        return f"{settings.LINLI_ADDRESS}{path}"
    return str(request.build_absolute_uri(path))


def square(text: str) -> SafeString:
    """A QR code as inline SVG, drawn with attributes alone."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 -- drawn here from our own address


def scanned_place(request: Any) -> Area | None:
    """The place whose square was scanned: as the address says, or as the form it opened says again."""
    key = asked.number(request, "at", request.POST) or asked.number(request, "at")
    return open_place(key) if key else None


@page("clerk")
def squares(request: Any) -> HttpResponse:
    """Choose a place, then print its sheet; without a choice the list of places alone."""
    communities = communities_of_desk(request.standing)
    places = {place.pk: place for community in communities for place in resident.places_of(community)}
    choices = [row for community in communities for row in resident.place_choices(of(community, places))]
    chosen = places.get(asked.number(request, "place") or 0)
    if chosen is None:
        return render(request, "appeals/desk/squares.html", {"form": SheetForm(choices=choices)})
    return sheet(request, chosen, next(one for one in communities if chosen.path.startswith(one.path)))


def of(community: Area, places: dict[int, Area]) -> list[Area]:
    return [place for place in places.values() if place.path.startswith(community.path)]


def sheet(request: Any, place: Area, community: Area) -> HttpResponse:
    """The paper to hang up: what to do, the square, and the way without a phone."""
    size = dict(SIZES).get(request.GET.get("size", ""), SIZES[0][0])
    link = full_address(request, reverse("appeals:raise") + "?" + urlencode({"at": place.pk}))
    known = {
        "place": address(place), "qr": square(link), "link": link, "size": size,
        "desk": desk_of(community), "back_url": reverse("appeals:squares"),
    }  # fmt: skip
    return render(request, "appeals/desk/square_sheet.html", known)


@post_page("clerk", back="appeals:find")
def way_in(request: Any) -> HttpResponse:
    """A one-time slip for a neighbour at the counter: the code, and a square that brings it to her phone."""
    key = asked.number(request, "person", request.POST)
    if key is None:
        raise Refused(_("Choose first whom the slip is for."))
    person = get_object_or_404(persons_seen_by(request.standing), pk=key)
    code = slip_for(person, request.person)
    door = reverse("web:sign_in_slip")
    link = full_address(request, door + "?" + urlencode({"slip": code}))
    known = {
        "code": code, "qr": square(link), "whom": person, "door": full_address(request, door),
        "back_url": reverse("appeals:desk"),
    }  # fmt: skip
    response = render(request, "appeals/desk/way_in.html", known)
    add_never_cache_headers(response)
    return response
