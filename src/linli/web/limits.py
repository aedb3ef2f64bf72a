"""A flood is told to wait: so many requests a minute for an account, and for the address of a visitor.

When the count cannot be kept, the ways in are closed and everything else is open: a guess must never be free, and
a page must not fail because a counter did. Limits of 0 count nothing.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from linli.kernel.clock import now
from linli.kernel.people.limits import address
from linli.web.context import type_of
from linli.web.counts import Counts
from linli.web.errors import unavailable, words_typed
from linli.web.going_back import ip_of
from linli.web.middleware import PERMISSIONS
from linli.web.reader import account_of, language_of, mode_of

logger = logging.getLogger(__name__)

EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
TYPED_AT_MOST = 100_000  # bytes of a form whose words are worth handing back
TOLD_EVERY = 60.0
ALWAYS = {"Cache-Control": "no-store", "Permissions-Policy": PERMISSIONS, "X-Frame-Options": "DENY"}
_told: dict[str, float] = {}


class VisitorLimit:
    """Before pages kept for visitors, after static files, which do not count: whoever comes without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_counted_here(request) or request.path == address_of_health():
            return self.get_response(request)
        return counted(request, self.get_response)

    def is_counted_here(self, request: HttpRequest) -> bool:
        return settings.SESSION_COOKIE_NAME not in request.COOKIES


class ReaderLimit(VisitorLimit):
    """After the reader is known: whoever comes with a session, be it old or invented."""

    def is_counted_here(self, request: HttpRequest) -> bool:
        return not super().is_counted_here(request)


def counted(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The answer, or the word to wait."""
    try:
        wait = wait_for(request, now())
    except OSError as problem:
        tell("Requests cannot be counted, so nobody can sign in: %s", problem)
        return unavailable(request) if is_way_in(request) else answer(request)
    return too_many(request, wait) if wait else answer(request)


@cache
def address_of_health() -> str:
    return reverse("web:health")


def is_way_in(request: HttpRequest) -> bool:
    """Signing in and asking for a code: everything sent to an address below that of signing in."""
    return request.method not in LOOKS and request.path.startswith(reverse("web:sign_in"))


def wait_for(request: HttpRequest, moment: datetime) -> int:
    """Count the request; the seconds to wait when there were too many, else 0."""
    key, limit = counted_as(request)
    if not limit:
        return 0
    wait = counts().use(key, limit, (moment - EPOCH) // MILLISECOND)
    return -(-wait // 1000)


def counted_as(request: HttpRequest) -> tuple[str, int]:
    """Whose request it is: the account's, wherever it comes from, or the visitor's address."""
    account = account_of(request)
    if account:
        return f"account {account.pk}", settings.REQUESTS_AN_ACCOUNT
    return f"address {address(ip_of(request))}", settings.REQUESTS_AN_ADDRESS


def counts() -> Counts:
    """The file of this data folder; its name says how long a ring is, so a new limit begins a new file."""
    length = max(settings.REQUESTS_AN_ACCOUNT, settings.REQUESTS_AN_ADDRESS)
    return counts_in(settings.LINLI_DATA, length, settings.SECRET_KEY)


@cache
def counts_in(folder: Path, length: int, secret: str) -> Counts:
    return Counts(folder / "limits" / f"requests-{length}", length, secret.encode()[:64])


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """429 in the reader's language. Asks no table and is cheap, since a flood asks for many."""
    warn_of_proxy(request)
    language = language_of(request)
    with translation.override(language):
        response = told(request, wait)
    for name, value in {"Retry-After": str(wait), "Content-Language": language, **ALWAYS}.items():
        response.headers[name] = value
    return response


def told(request: HttpRequest, wait: int) -> HttpResponse:
    """For a program, for a part of a page, or for a reader."""
    if request.get_preferred_type(("text/html", "application/json")) == "application/json":
        return JsonResponse({"detail": sentence(wait), "retry_after": wait}, status=429)
    if "HX-Request" in request.headers:
        moved = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"}
        part = render_to_string("web/refused.html", {"reason": sentence(wait)})
        return HttpResponse(part, status=429, headers=moved)
    return HttpResponse(render_to_string("web/errors/too_many.html", known(request, wait)), status=429)


def sentence(wait: int) -> str:
    return (
        ngettext(
            "Too many pages in one minute. Please try again in %d second.",
            "Too many pages in one minute. Please try again in %d seconds.",
            wait,
        )
        % wait
    )


def known(request: HttpRequest, wait: int) -> dict[str, Any]:
    """What the page shows, without asking the database."""
    kept = words_typed(request) if is_short_form(request) else []
    shown = {"reason": sentence(wait), "is_visitor": account_of(request) is None, "kept_words": kept}
    return {"request": request, **type_of(mode_of(request)), **shown}


def is_short_form(request: HttpRequest) -> bool:
    """Nobody types more; a flood of uploads is not read to be handed back."""
    size = str(request.META.get("CONTENT_LENGTH") or "0")
    return request.method == "POST" and size.isdecimal() and int(size) <= TYPED_AT_MOST


def warn_of_proxy(request: HttpRequest) -> None:
    """All visitors look like one when a proxy stands in front that nobody declared."""
    try:
        is_own = ip_address(ip_of(request)).is_loopback
    except ValueError:
        return
    if is_own and "HTTP_X_FORWARDED_FOR" in request.META:
        tell("All visitors seem to come from this machine: set LINLI_PROXIES (docs/proxy.md).%s", "")


def tell(words: str, *more: object) -> None:
    """At most once a minute, so that a flood does not fill the log."""
    moment = time.monotonic()
    if moment - _told.get(words, -TOLD_EVERY) >= TOLD_EVERY:
        _told[words] = moment
        logger.error(words, *more)
