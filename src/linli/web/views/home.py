"""The first page: services, my matters, honest numbers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from linli.kernel.clock import now, today
from linli.web import telling
from linli.web.community import community_of
from linli.web.decorators import page
from linli.web.matters import Month, last_month, open_matters
from linli.web.visitors import kept_for_visitors


@page("anyone")
@kept_for_visitors()
def home(request: Any) -> HttpResponse:
    community = community_of(request)
    known = {
        "tab": "home",
        "greeting": telling.greeting(now()),
        "today": today(),
        "weekday": telling.weekday(today()),
        "matters": open_matters(request.standing, limit=2 if request.mode else 4) if request.person else [],
        "month": last_month(community, now=now()) if community else Month(),
    }
    return render(request, "web/home_care.html" if request.mode else "web/home.html", known)
