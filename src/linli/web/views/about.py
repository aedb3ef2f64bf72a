"""Pages that explain the house."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from linli.web.decorators import page


@page("anyone")
def help_page(request: Any) -> HttpResponse:
    return render(request, "web/help.html")


@page("anyone")
def privacy(request: Any) -> HttpResponse:
    return render(request, "web/privacy.html")


@page("anyone")
def accessibility(request: Any) -> HttpResponse:
    return render(request, "web/accessibility.html")
