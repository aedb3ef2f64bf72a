"""Put a dispatch catalogue and a duty list in force."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files

from django.db import transaction

from linli.kernel.journal.actions import record
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.modules.appeals.models import CatalogueRow, Duty

COMMUNITY = "社区居委会"


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
    duties = [Duty(area=area, l2=row.l2, part=part, valid_from=on) for row in made if (part := duty_of(row))]
    Duty.objects.bulk_create(duties, batch_size=200)
    record("appeals.catalogue_adopted", area, by=by, path=area.path, rows=len(made))
    return len(made)


def duty_of(row: CatalogueRow) -> str | None:
    """What a catalogue row makes of the community: it leads, assists, or has no part."""
    if row.unit_name == COMMUNITY:
        return Duty.Part.LEAD
    return Duty.Part.ASSIST if COMMUNITY in row.helpers.split(";") else None
