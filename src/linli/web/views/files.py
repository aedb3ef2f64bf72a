"""Handing out a file to those who may see its matter."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import parse_etags

from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import cases_seen_by, handles, widest_audience
from linli.kernel.clock import today
from linli.kernel.files.models import File
from linli.kernel.files.rules import may_open
from linli.kernel.files.serving import Served, open_for, part_of
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Mandate
from linli.kernel.people.queries import may_act_for
from linli.kernel.people.standing import Standing
from linli.web.decorators import page
from linli.web.followed import followed_of


def sees_and_handles(request: Any, file: File) -> tuple[bool, bool]:
    """Whether the reader sees the matter of a file, and whether she works on it."""
    case = (
        Case.objects.select_related("raised_by").filter(pk=file.group_id).first() if file.group_id else None
    )
    if case is None:
        return False, False
    reader = request.standing
    seen = cases_seen_by(reader).filter(pk=case.pk).exists()
    near = seen and widest_audience(reader, case) >= file.audience
    if not near and acts_for_reporter(request, case):
        reader, seen = Standing(case.raised_by), True
    public = case.sensitivity == Sensitivity.PUBLIC and file.audience == File.Audience.PUBLIC
    far_enough = widest_audience(reader, case) >= file.audience
    by_code = case.pk in followed_of(request) and file.audience <= File.Audience.PARTIES
    return (seen and far_enough) or public or by_code, seen and handles(reader, case)


def acts_for_reporter(request: Any, case: Case) -> bool:
    """Whether she holds the mandate of whoever raised the matter."""
    person = request.person
    return person is not None and may_act_for(person, case.raised_by, Mandate.Scope.MATTERS, today())


@page("anyone")
def file(request: Any, pk: int, size: str) -> HttpResponseBase:
    """404 for whoever may not have it: a stranger does not learn that it exists."""
    found = File.objects.filter(pk=pk).first()
    if found is None or size not in {"full", "small"}:
        raise Http404
    sees, works = sees_and_handles(request, found)
    if not may_open(found, reader_id=request.standing.pk, sees=sees, handles=works):
        raise Http404
    return _hand_out(request, open_for(found, "small" if size == "small" else "full"))


def _hand_out(request: Any, served: Served) -> HttpResponseBase:
    """A file whose bytes are not on the disk (a copy put back without its files) is not here."""
    if not served.path.is_file():
        raise Http404
    if served.headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": served.headers["ETag"]})
    part = part_of(request.headers.get("Range", ""), served.path.stat().st_size)
    response: HttpResponseBase = FileResponse(served.path.open("rb")) if part is None else _some(served, part)
    for name, value in served.headers.items():
        response.headers[name] = value
    return response


def _some(served: Served, part: tuple[int, int]) -> HttpResponse:
    first, end = part
    with served.path.open("rb") as source:
        source.seek(first)
        response = HttpResponse(source.read(end - first), status=206)
    response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{served.path.stat().st_size}"
    return response
