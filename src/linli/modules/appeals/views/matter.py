"""One matter at one address: those who handle it and those it concerns each get their own page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from linli.kernel.cases.queries import handles
from linli.modules.appeals.queries import appeal_seen_by
from linli.modules.appeals.views import resident_matter, staff
from linli.web.decorators import page


@page("signed_in")
def matter(request: Any, pk: int) -> HttpResponse:
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    own = appeal.case.raised_by_id == request.standing.pk
    show = staff.show if handles(request.standing, appeal.case) and not own else resident_matter.show
    return show(request, appeal)
