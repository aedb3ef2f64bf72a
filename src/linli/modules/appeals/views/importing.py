"""Old matters from a table: choose, check, read what would happen, import in the background."""

import csv
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from linli.kernel.clock import now
from linli.modules.appeals.forms.importing import ImportForm
from linli.modules.appeals.importing import background
from linli.modules.appeals.importing.maps import SHIPPED
from linli.modules.appeals.models import ImportJob
from linli.modules.appeals.queries.imports import imports_seen_by
from linli.modules.appeals.rules import importing as rules
from linli.web.decorators import page, post_page
from linli.web.views.settings import ADMIN, checked, rule_areas, top

NAMES = {
    "standard": gettext_lazy("A community's own table: 编号, 时间, 内容, 地址, 状态 …"),
    "baltimore": gettext_lazy("The open 311 data of Baltimore"),
}
SHOWN = 20


def charts() -> list[tuple[str, Any]]:
    found = {path.stem for path in SHIPPED.glob("*.toml")}
    return [
        (name, NAMES.get(name, name)) for name in sorted(found, key=lambda name: (name != "standard", name))
    ]


def form_for(request: Any, *given: Any) -> ImportForm:
    initial = {"chart": "standard", "area": top(request).code, **request.typed}
    return ImportForm(*given, initial=initial, areas=rule_areas(request), charts=charts())


@page(ADMIN, methods=("GET", "POST"))
def imports(request: Any) -> HttpResponse:
    """Choose a file; below it the imports there were."""
    if request.method == "POST":
        form = checked(form_for(request, request.POST, request.FILES))
        job = background.take_in(
            form["file"], chart=form["chart"], chart_file=form["chart_file"], area=form["area"],
            by=request.standing, language=get_language() or "zh-hans",
        )  # fmt: skip
        return redirect("appeals:import", job.pk)
    context = {"form": form_for(request), "jobs": imports_seen_by(request.standing)[:SHOWN]}
    return render(request, "appeals/settings/imports.html", context)


def own(request: Any, pk: int) -> ImportJob:
    return get_object_or_404(imports_seen_by(request.standing), pk=pk)


@page(ADMIN)
def one(request: Any, pk: int) -> HttpResponse:
    """How far it is, what became of every row, and what can be done now."""
    job = own(request, pk)
    who = request.standing
    headings, wrong_rows = wrong_lines(job)
    context = {
        "job": job, "under_way": job.state in rules.UNDER_WAY, "report": job.report, "chart": dict(charts()).get(job.chart, job.chart),
        "may_begin": rules.may_begin(who, job), "may_stop": rules.may_stop(who, job), "may_resume": rules.may_resume(who, job, now=now()),
        "headings": headings, "wrong_rows": wrong_rows, "shown": SHOWN,
    }  # fmt: skip
    if request.htmx and not context["under_way"]:
        return HttpResponseClientRefresh()
    return render(
        request, f"appeals/settings/{'import_progress' if request.htmx else 'import'}.html", context
    )


def wrong_lines(job: ImportJob) -> tuple[list[str], list[list[str]]]:
    """The first refused rows: number, reason, and what they say."""
    path = background.wrong_of(job)
    if job.state in rules.UNDER_WAY or not path.exists():
        return [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(islice(csv.reader(file), SHOWN + 1))
    return (lines[0], lines[1:]) if lines else ([], [])


@post_page(ADMIN, back="appeals:import")
def begin(request: Any, pk: int) -> HttpResponse:
    background.begin(own(request, pk), by=request.standing)
    return redirect("appeals:import", pk)


@post_page(ADMIN, back="appeals:import")
def stop(request: Any, pk: int) -> HttpResponse:
    background.stop(own(request, pk), by=request.standing)
    messages.success(request, _("Stopped. What was loaded stays; you can let it go on later."))
    return redirect("appeals:import", pk)


@post_page(ADMIN, back="appeals:import")
def resume(request: Any, pk: int) -> HttpResponse:
    background.resume(own(request, pk), by=request.standing)
    return redirect("appeals:import", pk)


@page(ADMIN)
def wrong(request: Any, pk: int) -> Any:
    """The refused rows with their reasons, to correct and import again."""
    path = background.wrong_of(own(request, pk))
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"linli-import-{pk}-wrong.csv",
        content_type="text/csv; charset=utf-8",
    )
