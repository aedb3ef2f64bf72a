"""The floor we measure against: the plainest Django list (R0), the plainest write (W0), and bare WSGI."""

from functools import cache
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from linli.kernel.cases.models import Case
from linli.kernel.journal.models import Entry

ROW = """<!doctype html><title>R0</title><ul>{% for case in cases %}<li><a href="/x/{{ case.pk }}/">{{ case.title }}</a>
{{ case.number }} {{ case.unit.name }} {{ case.raised_at|date:"Y-m-d H:i" }} {{ case.state }}</li>{% endfor %}</ul>"""
community: int = 0


@cache
def template() -> Any:
    """Compiled once, as a template from a file would be."""
    return engines["django"].from_string(ROW)


def r0(_request: HttpRequest) -> HttpResponse:
    """20 rows, one tenant, by date and key descending, one join, model objects, a Django template."""
    rows = (
        Case.objects.filter(community=community, state="closed")
        .select_related("unit")
        .order_by("-due_at", "-id")[:20]
    )
    return HttpResponse(template().render({"cases": rows}))


def w0(like: Case) -> None:
    """One row and its journal row in one transaction."""
    from linli.kernel.keys import new_id

    with transaction.atomic():
        key = new_id()
        values: dict[str, Any] = {f.attname: getattr(like, f.attname) for f in Case._meta.concrete_fields}
        Case(**{**values, "id": key, "number": f"w{key}", "query_code_hash": ""}).save(force_insert=True)
        Entry(
            verb="bench.written", object_kind="cases.case", object_id=key, payload="{}", salt=b"0" * 16,
            commitment=b"0" * 32,
        ).save(force_insert=True)  # fmt: skip


def bare(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]


urlpatterns = [path("r0/", r0)]
