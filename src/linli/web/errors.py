"""Errors in the product's own voice. The page for a broken house needs neither database nor session."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from linli.web import degraded
from linli.web.reader import language_of


def _show(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Reads no table; an error before the reader was known still speaks the right language."""
    with translation.override(getattr(request, "LANGUAGE_CODE", None) or language_of(request)):
        return render(request, f"web/errors/{name}.html", status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _show(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _show(request, "not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever broke may be what they ask. A session that could not be kept comes here too."""
    problem = sys.exception()
    if problem is not None and degraded.is_outage(problem):
        degraded.notice()
        return unavailable(request)
    language = request.COOKIES.get("lang") or getattr(request, "LANGUAGE_CODE", "zh-hans")
    with translation.override("en" if language == "en" else "zh-hans"):
        nonce = str(getattr(request, "csp_nonce", ""))
        return HttpResponse(render_to_string("web/errors/broken.html", {"nonce": nonce}), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database cannot write, or not answer, just now: the words are handed back, nothing is half done."""
    language = request.COOKIES.get("lang") or getattr(request, "LANGUAGE_CODE", "zh-hans")
    with translation.override("en" if language == "en" else "zh-hans"):
        known = {"nonce": str(getattr(request, "csp_nonce", "")), "kept_words": words_typed(request)}
        page = render_to_string("web/errors/unavailable.html", known)
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page lay open for too long, or cookies are off; what was typed is shown to be copied."""
    with translation.override(getattr(request, "LANGUAGE_CODE", None) or language_of(request)):
        known = {"kept_words": words_typed(request)}
        return render(request, "web/errors/stale_form.html", known, status=403)


def words_typed(request: HttpRequest) -> list[str]:
    """What somebody wrote, without secrets and ticks, so that she can copy it."""
    typed = ((name, str(text)) for name, text in request.POST.items())
    return [text for name, text in typed if name not in HIDDEN and len(text) >= LONG_ENOUGH]


HIDDEN = frozenset({"csrfmiddlewaretoken", "password", "old", "new", "code", "token", "slip", "next"})
LONG_ENOUGH = 8
