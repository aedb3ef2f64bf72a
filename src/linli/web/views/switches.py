"""Language, size of type, community, single keys: remembered in a cookie and on the account."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.people.models import Account
from linli.web.community import communities
from linli.web.decorators import page, post_page
from linli.web.going_back import safe_next
from linli.web.reader import AREA_COOKIE, LANGUAGE_COOKIE, MODE_COOKIE, MODES, YEAR, known_language


def remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _keep_on_account(request: Any, **chosen: str) -> None:
    if request.person is not None:
        Account.objects.filter(pk=request.user.pk).update(**chosen)


@post_page("anyone", back="web:home")
def language(request: Any) -> HttpResponse:
    chosen = known_language(request.POST.get("language"))
    if chosen is None:
        raise Refused(_("This language is not spoken here yet."))
    _keep_on_account(request, language=chosen)
    return remember(redirect(safe_next(request)), LANGUAGE_COOKIE, chosen)


@post_page("anyone", back="web:home")
def mode(request: Any) -> HttpResponse:
    chosen = request.POST.get("mode", "")
    if chosen not in MODES:
        raise Refused(_("There are three sizes: usual, large and very large."))
    _keep_on_account(request, mode=chosen)
    return remember(redirect(safe_next(request)), MODE_COOKIE, chosen)


@page("anyone", methods=("GET", "POST"))
def where(request: Any) -> HttpResponse:
    """Which community the pages speak for."""
    if request.method == "POST":
        chosen = communities().filter(code=request.POST.get("area", "")).first()
        if chosen is None:
            raise Refused(_("Choose one of the communities in the list."))
        return remember(redirect(safe_next(request)), AREA_COOKIE, chosen.code)
    return render(
        request,
        "web/where.html",
        {"communities": communities().select_related("parent"), "next": safe_next(request)},
    )


@post_page("signed_in", back="web:me")
def keys(request: Any) -> HttpResponse:
    """Single-letter keys at the desk, on or off."""
    chosen = "off" if request.POST.get("keys") == "off" else "on"
    return remember(redirect("web:me"), "keys", chosen)
