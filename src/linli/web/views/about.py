"""Pages that explain the house."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from linli.kernel.inbox.listening import ear_of_district
from linli.web.decorators import page
from linli.web.visitors import kept_for_visitors


@page("anyone")
@kept_for_visitors()
def help_page(request: Any) -> HttpResponse:
    return render(request, "web/help.html")


@page("anyone")
@kept_for_visitors()
def privacy(request: Any) -> HttpResponse:
    return render(request, "web/privacy.html", {"ear": ear_of_district()})


@page("anyone")
@kept_for_visitors()
def accessibility(request: Any) -> HttpResponse:
    return render(request, "web/accessibility.html")
