"""What every request knows before a view runs: the reader, the language, the size of type."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from linli.kernel.clock import now, today
from linli.kernel.people.models import Person
from linli.kernel.people.standing import NOBODY, standing
from linli.web import degraded, staff_session
from linli.web.errors import unavailable
from linli.web.reader import account_of, language_of, mode_of

logger = logging.getLogger(__name__)

PERMISSIONS = "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()"


def person_of(request: HttpRequest) -> Person | None:
    """The person behind the account; a visitor costs no query."""
    account = account_of(request)
    return account.person if account else None


class ReaderMiddleware:
    """Sets ``person``, ``standing``, ``mode``, ``typed`` and speaks the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = now()
        self.end_old_staff_session(request, moment)
        self.read(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        return self.finish(request, response, moment)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A database that is read-only, busy or away is not a broken page."""
        if not degraded.is_outage(exception):
            return None
        degraded.notice()
        logger.error("The database did not answer %s %s: %s", request.method, request.path, exception)
        return unavailable(request)

    def end_old_staff_session(self, request: HttpRequest, moment: datetime) -> None:
        account = account_of(request)
        if account and account.is_staff_account and staff_session.has_ended(request, now=moment):
            request.user = AnonymousUser()

    def read(self, request: Any) -> None:
        request.person = person_of(request)
        request.standing = standing(request.person, on=today()) if request.person else NOBODY
        request.mode = mode_of(request)
        request.typed = {}
        request.refused = ""
        request.LANGUAGE_CODE = language_of(request)

    def finish(self, request: HttpRequest, response: HttpResponse, moment: datetime) -> HttpResponse:
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        account = account_of(request)
        if account and account.is_staff_account:
            staff_session.touch(request, response, now=moment)
        if account:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
