"""Put a dispatch catalogue and a duty list in force; every change is a new dated row, nothing is overwritten."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.resources import files

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.models import CatalogueRow, Duty
from linli.modules.appeals.queries.catalogue import bodies_above, lines_in_force
from linli.modules.appeals.rules import catalogue as rules
from linli.modules.appeals.rules.catalogue import Line


def shipped_rows() -> list[dict[str, str]]:
    """The catalogue this product ships: invented starting values that a street replaces by its own."""
    text = (files("linli.engines.triage") / "data" / "dispatch.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@transaction.atomic
def adopt(area: Area, rows: Iterable[Mapping[str, str]], *, on: date, by: Person | None) -> int:
    """Rows of ``l2, first_unit, co_units, urgency, grid_direct, note`` in force in an area from a day on."""
    made = [
        CatalogueRow(
            l2=row["l2"], area=area, unit_name=row["first_unit"], helpers=row["co_units"],
            urgency=row["urgency"], to_grid=row["grid_direct"] == "yes", note=row["note"][:300], valid_from=on,
        )
        for row in rows
    ]  # fmt: skip
    CatalogueRow.objects.bulk_create(made, batch_size=200)
    parts = ((row.l2, rules.duty_of(row.unit_name, row.helpers)) for row in made)
    duties = [
        Duty(area=area, l2=l2, part=part, valid_from=on) for l2, part in parts if part != Duty.Part.NONE
    ]
    Duty.objects.bulk_create(duties, batch_size=200)
    record("appeals.catalogue_adopted", area, by=by, path=area.path, rows=len(made))
    return len(made)


@transaction.atomic
def change(area: Area, line: Line, *, on: date, by: Standing) -> None:
    """One category goes another way from a day on; the row before it ends the day before."""
    _require(area, on, by)
    before = lines_in_force(area.path, on).get(line.l2)
    if line == before:
        raise Refused(_("Nothing has changed."))
    _write(area, line, before, on=on, bodies=bodies_above(area.path, on))
    record("appeals.catalogue_changed", area, by=by, path=area.path, l2=line.l2, unit=line.unit_name, on=on)


@transaction.atomic
def replace_lines(area: Area, lines: Iterable[Line], *, on: date, by: Standing) -> int:
    """A whole table: the categories that differ from those in force change, the others stay. How many changed."""
    _require(area, on, by)
    now = lines_in_force(area.path, on)
    changed = [line for line in lines if not line.same_dispatch(now.get(line.l2))]
    bodies = bodies_above(area.path, on)
    for line in changed:
        _write(area, line, now.get(line.l2), on=on, bodies=bodies)
    record("appeals.catalogue_adopted", area, by=by, path=area.path, rows=len(changed), on=on)
    return len(changed)


def _require(area: Area, on: date, by: Standing) -> None:
    require(rules.may_change(by, area.path))
    require(rules.may_begin(on, today=today()))
    Area.objects.select_for_update().get(pk=area.pk)


def _write(area: Area, line: Line, before: Line | None, *, on: date, bodies: list[Body]) -> None:
    if not line.same_dispatch(before):
        unit = next((body for body in bodies if body.name == line.unit_name), None)
        CatalogueRow.objects.create(
            l2=line.l2, area=area, unit=unit, unit_name=line.unit_name, helpers=line.helpers, urgency=line.urgency,
            to_grid=line.to_grid, note=line.note, valid_from=on, valid_to=_make_room(CatalogueRow, area, line.l2, on),
        )  # fmt: skip
    if line.part != (before.part if before else Duty.Part.NONE):
        ends = _make_room(Duty, area, line.l2, on)
        Duty.objects.create(area=area, l2=line.l2, part=line.part, valid_from=on, valid_to=ends)


def _make_room(model: type[CatalogueRow] | type[Duty], area: Area, l2: str, on: date) -> date | None:
    """End what is in force the day before; the day before the next planned row ends the new one.

    A row replaced on its own first day ends before it began: it stays on record and was never in force.
    """
    rows = model.objects.filter(area=area, l2=l2)
    eve = on - timedelta(days=1)
    rows.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).update(valid_to=eve)
    ever = Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
    following = rows.filter(ever, valid_from__gt=on).order_by("valid_from").first()
    return following.valid_from - timedelta(days=1) if following else None
