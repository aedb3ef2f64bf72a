"""派单目录 and 职责清单: which unit a category goes to, changed a day at a time."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import today
from linli.kernel.places.models import Area
from linli.modules.appeals.actions import catalogue as actions
from linli.modules.appeals.forms.catalogue import LineForm, TableForm, line_from
from linli.modules.appeals.importing.catalogue import read_table, table
from linli.modules.appeals.models import Duty
from linli.modules.appeals.queries import catalogue as queries
from linli.modules.appeals.rules.catalogue import Line, line_of, told_with_source
from linli.modules.appeals.rules.words import categories, category_name, parent_of
from linli.web.decorators import page, post_page
from linli.web.views.settings import ADMIN, checked, rule_areas, top

SALT = "appeals.catalogue"
HOUR = 3600
LARGEST = 2_000_000


def area_of(request: Any) -> Area:
    """The area asked for by its code or name, else the whole that she administers."""
    asked = request.GET.get("area", "").strip()
    if not asked:
        return top(request)
    found: Area | None = (
        rule_areas(request).filter(code=asked.split()[-1]).first()
        or rule_areas(request).filter(name=asked).first()
    )
    if found is None:
        raise Http404
    return found


def back_to(area: Area) -> str:
    return f"{reverse('appeals:catalogue')}?area={area.code}"


@page(ADMIN)
def catalogue(request: Any) -> HttpResponse:
    """Every category with what is in force today."""
    area = area_of(request)
    l1, words = request.GET.get("l1", ""), request.GET.get("q", "").strip()
    rows = [
        row for row in rows_of(area) if (not l1 or row["l1"] == l1) and (not words or words in row["all"])
    ]
    context = {
        "area": area,
        "rows": rows,
        "groups": categories(1),
        "l1": l1,
        "q": words,
        "own": area != top(request),
    }
    return render(request, "appeals/settings/catalogue.html", context)


def rows_of(area: Area) -> list[dict[str, Any]]:
    found, parts = queries.rows_in_force(area.path, today()), queries.parts_in_force(area.path, today())
    return [
        row_of(code, name, found.get(code), parts.get(code, Duty.Part.NONE)) for code, name in categories(2)
    ]


def row_of(code: str, name: str, row: Any, part: str) -> dict[str, Any]:
    line = line_of(row, part) if row else None
    told = " ".join((code, name, line.unit_name, line.helpers)) if line else f"{code} {name}"
    return {
        "code": code,
        "name": name,
        "l1": parent_of(code),
        "row": row,
        "line": line,
        "note": told_with_source(line.note) if line else [],
        "part": Duty.Part(part),
        "all": told,
    }


@page(ADMIN)
def line(request: Any, l2: str) -> HttpResponse:
    """One category: what is in force, what was, and a form for what shall be."""
    if not parent_of(l2):
        raise Http404
    area = area_of(request)
    now = queries.lines_in_force(area.path, today()).get(l2)
    context = {
        "area": area, "l2": l2, "name": category_name(l2), "group": category_name(parent_of(l2)),
        "form": LineForm(initial=request.typed or (typed_from(now) if now else {})), "history": queries.history(l2, area.path),
        "today": today(), "names": queries.names_to_suggest(area.path, today()), "back": back_to(area),
    }  # fmt: skip
    return render(request, "appeals/settings/line.html", context)


def typed_from(now: Line) -> dict[str, Any]:
    return {
        name: getattr(now, name) for name in ("unit_name", "helpers", "urgency", "part", "to_grid", "note")
    }


@post_page(ADMIN, back="appeals:catalogue_line")
def change(request: Any, l2: str) -> HttpResponse:
    if not parent_of(l2):
        raise Http404
    area = area_of(request)
    form = checked(LineForm(request.POST))
    actions.change(area, line_from(form, l2), on=form["on"], by=request.standing)
    messages.success(request, _("Changed. What was sent before stays where it is."))
    return redirect(back_to(area))


@page(ADMIN)
def export(request: Any) -> HttpResponse:
    """The catalogue in force as a table for a spreadsheet."""
    area = area_of(request)
    rows = queries.rows_in_force(area.path, today())
    text = "\ufeff" + table(rows[code] for code in sorted(rows))
    name = f"linli-catalogue-{area.code}-{today()}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page(ADMIN, methods=("GET", "POST"))
def check(request: Any) -> HttpResponse:
    """Look at a table before it counts: what would change, and which rows are wrong."""
    form = TableForm(initial={"area": top(request).code, **request.typed}, areas=rule_areas(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES, areas=rule_areas(request))
        cleaned = checked(form)
        context = {"form": form, **looked_at(cleaned["area"], *read(cleaned["file"]), on=cleaned["on"])}
    return render(request, "appeals/settings/table.html", context)


def read(upload: Any) -> Any:
    if upload.size > LARGEST:
        raise Refused(_("The table is larger than 2 MB."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(upload.name).suffix.lower()}"
        path.write_bytes(upload.read())
        return read_table(path)


def looked_at(area: Area, lines: list[Line], faults: list[Any], *, on: Any) -> dict[str, Any]:
    """What the table would change, and the whole of it sealed for the button that says yes."""
    now = queries.lines_in_force(area.path, on)
    changes = [
        {"name": category_name(new.l2), "code": new.l2, "old": now.get(new.l2), "new": new}
        for new in lines if not new.same_dispatch(now.get(new.l2))
    ]  # fmt: skip
    rows = [[x.l2, x.unit_name, x.helpers, x.urgency, x.to_grid, x.note, x.part] for x in lines]
    sealed = signing.dumps({"area": area.pk, "on": on.isoformat(), "rows": rows}, salt=SALT, compress=True)
    return {
        "looked": True,
        "area": area,
        "on": on,
        "changes": changes,
        "faults": faults,
        "same": len(lines) - len(changes),
        "sealed": sealed,
    }


@post_page(ADMIN, back="appeals:catalogue_table")
def adopt(request: Any) -> HttpResponse:
    """Put the table in force that was just looked at."""
    told = opened(request.POST.get("sealed", ""))
    area = rule_areas(request).filter(pk=told["area"]).first()
    if area is None:
        raise Http404
    on = max(today(), today().fromisoformat(told["on"]))
    changed = actions.replace_lines(area, [Line(*row) for row in told["rows"]], on=on, by=request.standing)
    messages.success(request, _("%(n)d categories changed.") % {"n": changed})
    return redirect(back_to(area))


def opened(sealed: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        raise Refused(_("This check is older than an hour. Choose the table once more.")) from None
    return told
