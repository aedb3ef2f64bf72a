"""Who may open a page. Every address declares it; a test walks the resolver and demands it (``.allow``)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import Refused
from linli.kernel.people.models import Role

View = Callable[..., HttpResponseBase]
Allow = str | tuple[str, ...]

OPEN = "anyone"
SIGNED_IN = "signed_in"
STAFF = "staff"
ROLES = tuple(Role.Kind.values)

WHO_MAY = {
    SIGNED_IN: _("Anybody who has signed in may open this page."),
    STAFF: _("This page is for the people who work here."),
}


def as_tuple(allow: Allow) -> tuple[str, ...]:
    """The declared groups; an unknown word is a mistake of the programmer and stops the start."""
    groups = (allow,) if isinstance(allow, str) else tuple(allow)
    strays = set(groups) - {OPEN, SIGNED_IN, STAFF, *ROLES}
    if strays or not groups:
        raise ValueError(f"Nobody is called {sorted(strays)}; say one of {(OPEN, SIGNED_IN, STAFF, *ROLES)}.")
    return groups


def may_open(groups: tuple[str, ...], request: Any) -> bool:
    """Whether one of the groups is this reader's."""
    if OPEN in groups:
        return True
    if request.person is None:
        return False
    if SIGNED_IN in groups or (STAFF in groups and request.standing.is_staff):
        return True
    return any(kind in groups for kind, _path, _body in request.standing.held)


def page(allow: Allow, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page. A ``Refused`` raised by a POST is shown on the same page, with what was typed kept."""
    groups = as_tuple(allow)

    def declare(view: View) -> View:
        def again(request: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, **kwargs)

        return _guarded(view, groups, methods, show_refused=again)

    return declare


def post_page(allow: Allow, *, back: str) -> Callable[[View], View]:
    """An address that only acts. ``back`` names the page with the form; its address takes the same arguments.

    A refusal is shown there, with what was typed in ``request.typed``; opening the address goes there too.
    """
    groups = as_tuple(allow)

    def declare(view: View) -> View:
        def page_with_the_form(request: Any, **kwargs: Any) -> HttpResponseBase:
            address = address_back(back, kwargs)
            request.path = request.path_info = address
            match = resolve(address)
            response: HttpResponseBase = match.func(request, **match.kwargs)
            return response

        guarded = _guarded(view, groups, ("POST",), show_refused=page_with_the_form)
        guarded.back = back  # type: ignore[attr-defined]
        return guarded

    return declare


def address_back(back: str, kwargs: dict[str, Any]) -> str:
    """The page with the form: with the same arguments, or with the object's key alone."""
    try:
        return reverse(back, kwargs=kwargs)
    except NoReverseMatch:
        return reverse(back, kwargs={name: value for name, value in kwargs.items() if name == "pk"})


def _guarded(view: View, groups: tuple[str, ...], methods: tuple[str, ...], *, show_refused: View) -> View:
    accepted = (*methods, "HEAD") if "GET" in methods else methods

    @wraps(view)
    def guard(request: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in accepted:
            return _wrong_method(request, guard, accepted, kwargs)
        if not may_open(groups, request):
            return turn_away(request, groups, is_object=bool(kwargs))
        try:
            return view(request, **kwargs)
        except Refused as refusal:
            return _refused(request, str(refusal), show_refused, kwargs)

    guard.allow = groups  # type: ignore[attr-defined]
    guard.methods = methods  # type: ignore[attr-defined]
    return guard


def _wrong_method(
    request: HttpRequest, guard: Any, accepted: tuple[str, ...], kwargs: Any
) -> HttpResponseBase:
    back = getattr(guard, "back", None)
    if back and request.method in {"GET", "HEAD"}:
        return redirect(address_back(back, kwargs))
    return HttpResponseNotAllowed(accepted)


def turn_away(request: Any, groups: tuple[str, ...], *, is_object: bool) -> HttpResponseBase:
    """A visitor is asked to sign in; a stranger to an object learns nothing; others read who may."""
    if request.person is None:
        return _to_sign_in(request)
    if is_object:
        raise Http404
    return render(request, "web/forbidden.html", {"who_may": who_may(groups)}, status=403)


def _to_sign_in(request: Any) -> HttpResponseBase:
    target = reverse("web:sign_in")
    if request.method in {"GET", "HEAD"}:
        target += "?" + urlencode({"next": request.get_full_path()})
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    response = redirect(target)
    add_never_cache_headers(response)
    return response


def who_may(groups: tuple[str, ...]) -> list[str]:
    """The groups in words."""
    roles = dict(Role.Kind.choices)
    return [str(WHO_MAY.get(group) or roles[group]) for group in groups]


def _refused(request: Any, reason: str, show: View, kwargs: Any) -> HttpResponseBase:
    """The reason, where the reader was, with her words kept."""
    if getattr(request, "htmx", False):
        moved = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"}
        return HttpResponse(render_to_string("web/refused.html", {"reason": reason}, request), headers=moved)
    if request.method in {"GET", "HEAD"}:
        return render(request, "web/refused_page.html", {"reason": reason}, status=409)
    _turn_into_a_look(request)
    request.refused = reason
    messages.error(request, reason)
    try:
        response = show(request, **kwargs)
    except Refused as again:
        return render(request, "web/refused_page.html", {"reason": str(again)}, status=409)
    if response.status_code == HTTPStatus.OK:
        response.status_code = HTTPStatus.CONFLICT
    return response


def _turn_into_a_look(request: Any) -> None:
    """Make the same request a GET that remembers what was typed."""
    request.typed = typed_in(request.POST)
    request.method = "GET"
    request.META["REQUEST_METHOD"] = "GET"
    request.POST = QueryDict()
    request._files = MultiValueDict()  # noqa: SLF001 -- an upload cannot be typed again


def typed_in(posted: QueryDict) -> dict[str, Any]:
    """What a form may begin with again: one value as itself, several as a list; never secrets."""
    secret = {"csrfmiddlewaretoken", "password", "code", "token"}
    lists = ((name, values) for name, values in posted.lists() if name not in secret)
    return {name: values[0] if len(values) == 1 else values for name, values in lists}
