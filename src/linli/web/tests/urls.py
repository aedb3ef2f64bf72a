"""The shell alone, and a few rooms to try the doors with."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import include, path

from linli.kernel.answers import Refused
from linli.web.decorators import page, post_page
from linli.web.visitors import kept_for_visitors


@page("anyone")
def matter(_request: Any, pk: int) -> HttpResponse:
    return HttpResponse(f"matter {pk}")


@page(("clerk", "district"))
def room(_request: Any) -> HttpResponse:
    return HttpResponse("room")


@page("clerk")
def thing(_request: Any, pk: int) -> HttpResponse:
    return HttpResponse(f"thing {pk}")


FORM = """{% extends "web/page.html" %}{% block main %}<form method="post" action="{% url 'tried:say' %}">
<textarea name="text">{{ typed.text }}</textarea></form>{% endblock main %}"""


@page("anyone")
def words(request: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(FORM).render({}, request))


@post_page("anyone", back="tried:words")
def say(_request: Any) -> HttpResponse:
    raise Refused("Not today.")


@page("anyone")
def broken(_request: Any) -> HttpResponse:
    raise RuntimeError("planted")


@page("anyone")
@kept_for_visitors()
def kept(_request: Any, pk: int) -> HttpResponse:
    """Not there for the number 9; for any other it gives a cookie."""
    if pk == 9:
        raise Http404
    answer = HttpResponse("kept")
    answer.set_cookie("given", str(pk))
    return answer


tried = [
    path("tried/kept/<int:pk>/", kept, name="kept"),
    path("tried/matter/<int:pk>/", matter, name="matter"),
    path("tried/room/", room, name="room"),
    path("tried/thing/<int:pk>/", thing, name="thing"),
    path("tried/words/", words, name="words"),
    path("tried/say/", say, name="say"),
    path("tried/broken/", broken, name="broken"),
]
urlpatterns = [
    path("", include("linli.web.urls")),
    path("", include((tried, "tried"))),
]
handler400 = "linli.web.errors.bad_request"
handler403 = "linli.web.errors.forbidden"
handler404 = "linli.web.errors.not_found"
handler500 = "linli.web.errors.server_error"
