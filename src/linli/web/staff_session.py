"""How long a staff sign-in lasts: 12 hours in all, 3 hours without a page. Nothing is written on a GET."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

ABSOLUTE = 12 * 60 * 60
IDLE = 3 * 60 * 60
REFRESH = 5 * 60
COOKIE = "seen"
SALT = "linli.web.seen"
SIGNED_IN_AT = "signed_in_at"


def begin(request: HttpRequest, *, now: datetime) -> None:
    """Called at sign-in: the absolute limit counts from here."""
    request.session[SIGNED_IN_AT] = int(now.timestamp())


def _mark(request: HttpRequest) -> str:
    return sha256(f"seen {request.session.session_key}".encode()).hexdigest()[:32]


def last_seen(request: HttpRequest) -> int | None:
    """When this very session last saw a page, from a signed cookie."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    if not isinstance(kept, dict) or kept.get("of") != _mark(request):
        return None
    return int(kept["at"])


def has_ended(request: HttpRequest, *, now: datetime) -> bool:
    """Whether a staff session is too old, or nobody has used it for too long."""
    moment = int(now.timestamp())
    began = request.session.get(SIGNED_IN_AT, 0)
    seen = last_seen(request)
    if moment - began >= ABSOLUTE:
        return True
    return moment - (seen if seen is not None else began) >= IDLE


def touch(request: HttpRequest, response: HttpResponse, *, now: datetime) -> None:
    """Remember the page just seen, at most once in five minutes."""
    moment = int(now.timestamp())
    seen = last_seen(request)
    if seen is not None and moment - seen < REFRESH:
        return
    kept: dict[str, Any] = {"of": _mark(request), "at": moment}
    response.set_cookie(
        COOKIE, signing.dumps(kept, salt=SALT), max_age=ABSOLUTE, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
