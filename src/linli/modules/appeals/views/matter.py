"""One matter at one address: those who handle it and those it concerns each get their own page."""

from typing import Any

from django.http import Http404, HttpResponse

from linli.kernel.cases.queries import handles
from linli.modules.appeals.queries.acting import as_reader
from linli.modules.appeals.queries.seen import appeal_or_none
from linli.modules.appeals.views import resident_matter, staff
from linli.web.decorators import page


@page("signed_in")
def matter(request: Any, pk: int) -> HttpResponse:
    found = appeal_or_none(request.standing, pk)
    own = found is not None and found.case.raised_by_id == request.standing.pk
    if found is not None and not own and handles(request.standing, found.case):
        return staff.show(request, found)
    appeal, reader = as_reader(found, request.person, pk)
    if appeal is None:
        raise Http404
    return resident_matter.show_to(request, appeal, reader)
