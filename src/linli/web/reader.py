"""Who reads, in which language, in which size: asked once a request."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing

MODES = ("", "care", "care-xl")
LANGUAGE_COOKIE = "lang"
MODE_COOKIE = "mode"
AREA_COOKIE = "area"
YEAR = 365 * 24 * 60 * 60


class ReaderRequest(HttpRequest):
    """What ReaderMiddleware adds to every request."""

    if TYPE_CHECKING:
        person: Person | None
        standing: Standing
        typed: dict[str, Any]
        refused: str
        mode: str
        htmx: Any
        user: Any
        csp_nonce: str


def known_language(code: str | None) -> str | None:
    """Our own code for a language somebody asked for, or nothing."""
    try:
        found = get_supported_language_variant(code or "")
    except LookupError:
        return None
    return found if found in dict(settings.LANGUAGES) else None


def accepted_language(header: str) -> str | None:
    """The first language of an Accept-Language header that the product speaks."""
    for code, _quality in parse_accept_lang_header(header):
        found = known_language(code)
        if found:
            return found
    return None


def account_of(request: HttpRequest) -> Any:
    """The account that is signed in; a visitor without a session costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def language_of(request: HttpRequest) -> str:
    """The cookie, else the account, else the browser, else Chinese."""
    chosen = known_language(request.COOKIES.get(LANGUAGE_COOKIE))
    if chosen:
        return chosen
    account = account_of(request)
    kept = known_language(account.language) if account else None
    asked = accepted_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return kept or asked or settings.LANGUAGE_CODE


def mode_of(request: HttpRequest) -> str:
    """The size of type: the cookie, else the account, else the usual one."""
    chosen = request.COOKIES.get(MODE_COOKIE)
    if chosen in MODES:
        return chosen
    account = account_of(request)
    return account.mode if account and account.mode in MODES else ""
