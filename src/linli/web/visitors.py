"""Whole pages kept for visitors: drawn once, handed out to each with a nonce and a form token of her own.

A visitor is whoever comes without a session. Somebody with a session, even an old one, neither gets a kept page nor
leaves one. A page is kept for at most a minute, and no longer than the verbs that change it stay unsaid: a page whose
answer was taken off the board is gone with the same transaction, in every worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.crypto import salted_hmac

from linli.kernel.journal.queries import newest_of
from linli.web.degraded import noticed_lately
from linli.web.reader import AREA_COOKIE, language_of, mode_of

View = Callable[..., HttpResponseBase]

SHELF = "visitors"
SECONDS = 60
LONGEST_ADDRESS = 200
LONGEST_AREA = 40
MOST_BYTES = 200_000
MESSAGES_COOKIE = "messages"
THE_HOUSE = ("web.set_up", "places.body_founded", "places.body_closed", "places.area_closed")


def kept_for_visitors(*, asked: tuple[str, ...] = (), verbs: tuple[str, ...] = ()) -> Callable[[View], View]:
    """A page that may be kept. ``asked``: what its query string may hold; ``verbs``: what makes it old at once.

    Other words in the query string, such as those of a search, keep nothing: the shelf holds no visitor's words.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def keeping(request: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "may_keep", False) and set(request.GET) <= set(asked):
                request.keeps = _begun((*THE_HOUSE, *verbs))
                request.csp_nonce = _mark("nonce")
            return view(request, **kwargs)

        return keeping

    return declare


@dataclass(frozen=True, slots=True)
class Edition:
    """Which verbs make a page old, and the newest of them when it was begun."""

    verbs: tuple[str, ...]
    newest: tuple[int, ...]

    def is_current(self) -> bool:
        return newest_of(self.verbs) == self.newest


def _begun(verbs: tuple[str, ...]) -> Edition:
    """Asked before anything is read, so that what changes meanwhile makes the page old."""
    return Edition(verbs, newest_of(verbs))


@dataclass(frozen=True, slots=True)
class Kept:
    """A page with a mark where the nonce and the token go, and its headers without any cookie."""

    content: bytes
    headers: dict[str, str]
    edition: Edition


@cache
def _mark(what: str) -> str:
    """What stands in a kept page until it is handed out; nobody can guess it, all workers know it."""
    return salted_hmac("linli.web.visitors", what).hexdigest()


def token_of(request: Any) -> dict[str, str]:
    """For templates: the mark instead of a form token while a page is drawn that may be kept."""
    return {"csrf_token": _mark("token")} if getattr(request, "keeps", None) else {}


def is_visitor(request: HttpRequest) -> bool:
    """Nobody who has signed in, followed a code or is about to read a message."""
    cookies = request.COOKIES
    return settings.SESSION_COOKIE_NAME not in cookies and MESSAGES_COOKIE not in cookies


def _address(request: HttpRequest) -> str:
    """Where this page stands on the shelf: all it varies by; nothing for a page that is not looked for there."""
    path, area = request.get_full_path(), request.COOKIES.get(AREA_COOKIE, "")
    if request.method not in {"GET", "HEAD"} or "HX-Request" in request.headers or not is_visitor(request):
        return ""
    if len(path) > LONGEST_ADDRESS or len(area) > LONGEST_AREA:
        return ""
    varies = (path, language_of(request), mode_of(request), area, noticed_lately())
    return sha256(repr(varies).encode()).hexdigest()


class VisitorPages:
    """Stands before the session: a kept page costs neither session, account nor view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.forms = CsrfViewMiddleware(get_response)

    def __call__(self, request: Any) -> HttpResponseBase:
        address = _address(request)
        kept = _found(address) if address else None
        if kept is not None:
            return self._hand_out(request, HttpResponse(kept.content, headers=kept.headers))
        request.may_keep, own_nonce = bool(address), request.csp_nonce
        response = self.get_response(request)
        if not getattr(request, "keeps", None):
            return response
        request.csp_nonce = own_nonce
        if _is_fit(response):
            page = Kept(response.content, dict(response.headers), request.keeps)
            caches[SHELF].set(address, page, SECONDS)
        return self._hand_out(request, response)

    def _hand_out(self, request: Any, response: HttpResponse) -> HttpResponseBase:
        """Her own nonce, told to her browser by the policy's header, and a token that fits her own cookie."""
        self.forms.process_request(request)
        content, place = response.content, _mark("token").encode()
        if place in content:
            content = content.replace(place, get_token(request).encode())
        response.content = content.replace(_mark("nonce").encode(), str(request.csp_nonce).encode())
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        return self.forms.process_response(request, response)


def _found(address: str) -> Kept | None:
    """A page that is still true; a database that does not answer is the view's to tell."""
    kept: Kept | None = caches[SHELF].get(address)
    try:
        return kept if kept is not None and kept.edition.is_current() else None
    except DatabaseError:
        return None


def _is_fit(response: HttpResponse) -> bool:
    """A whole page, and nothing that was meant for one visitor."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    whole = response.status_code == HTTPStatus.OK and not response.streaming
    return whole and is_page and not response.cookies and len(response.content) <= MOST_BYTES
