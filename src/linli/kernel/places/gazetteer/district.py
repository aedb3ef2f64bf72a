"""A district's file, or its part of the gazetteer, becomes the live tree and its standing bodies."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.places.gazetteer.country import COUNTRY, LEVELS, Place, below, open_text, places_in
from linli.kernel.places.gazetteer.founding import found_bodies
from linli.kernel.places.gazetteer.names import english_names, ground_name
from linli.kernel.places.models import Area, GazetteerEntry

LIVE = ("district", "street", "community")
COLUMNS = ("code", "name", "level", "parent_code")
BATCH = 500
LONGEST_CODE = 12


@dataclass(frozen=True, slots=True)
class DistrictReport:
    """What an import did to the tree. ``absent``: areas that stand but are not in the file; people decide."""

    district: Area
    added: int
    renamed: int
    kept: int
    absent: tuple[str, ...]


def import_district(path: Path, *, by: Any = None, on: date | None = None) -> DistrictReport:
    """Read a district's CSV (code, name, level, parent_code) into the live tree; running it again changes nothing."""
    return plant(read_district(path), by=by, on=on or today())


@transaction.atomic
def found_district(code: str, *, by: Any = None, on: date | None = None) -> DistrictReport:
    """Build the tree of any district of the country and found its standing bodies."""
    day = on or today()
    report = plant(district_places(code), by=by, on=day)
    found_bodies(report.district, by=by, on=day)
    return report


def read_district(path: Path) -> list[Place]:
    """The lines of a district's file, each checked against its own code."""
    with open_text(path) as text:
        rows = csv.DictReader(text)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise Refused(_("The first line must read: %(columns)s.") % {"columns": ",".join(COLUMNS)})
        return [checked_row(row, rows.line_num) for row in rows]


def checked_row(row: dict[str, str], line: int) -> Place:
    place = Place(row["code"] or "", (row["name"] or "").strip())
    fits = place.code.isdigit() and LEVELS.get(len(place.code)) == row["level"] and place.level in LIVE
    if not fits or place.parent != row["parent_code"] or not place.name:
        raise Refused(_("Line %(line)s: code, level and parent do not fit together.") % {"line": line})
    return place


def district_places(code: str) -> list[Place]:
    """From the gazetteer in the database where it holds the district, else from the shipped files."""
    last = code.ljust(LONGEST_CODE, "9")  # digits compare alike under every collation
    wanted = GazetteerEntry.objects.filter(code__gte=code, code__lte=last).values_list("code", "name")
    stored = [Place(*row) for row in wanted.order_by("code")]
    if any(place.level == "community" for place in stored) and stored[0].code == code:
        return stored
    head = [place for place in places_in(COUNTRY / "districts.csv") if place.code == code]
    if not head or head[0].level != "district":
        raise Refused(_("There is no district with the code %(code)s.") % {"code": code})
    return [*head, *below(code)]


@transaction.atomic
def plant(places: Iterable[Place], *, by: Any, on: date) -> DistrictReport:
    """Let the tree agree with the lines: add what is missing, rename what was renamed, close nothing."""
    lines = sorted(set(places), key=lambda place: (len(place.code), place.code))
    paths = paths_of(lines)
    root = lines[0].code
    standing = {
        area.path: area for area in Area.objects.filter(path__under=f"{root}/", kind__in=LIVE, valid_to=None)
    }
    old_names = rename(standing, paths)
    added, renamed = grow(standing, paths, on=on), len(old_names)
    absent = tuple(sorted(area.code for path, area in standing.items() if path not in paths))
    report = DistrictReport(standing[f"{root}/"], added, renamed, len(lines) - added - renamed, absent)
    if added or renamed:
        record(
            "places.district_imported", report.district, by=by, path=report.district.path,
            sensitivity=Sensitivity.PUBLIC, added=added, old_names=old_names, absent=list(absent),
        )  # fmt: skip
    return report


def paths_of(lines: list[Place]) -> dict[str, Place]:
    """The lines by the path they get; one district, every parent present, no code twice."""
    if not lines or [place.level for place in lines].count("district") != 1:
        raise Refused(_("The file must hold exactly one district."))
    path_of: dict[str, str] = {"": ""}
    for place in lines:
        parent = "" if place.level == "district" else place.parent
        if parent not in path_of:
            raise Refused(
                _("%(code)s lies in %(parent)s, which is missing.") % {"code": place.code, "parent": parent}
            )
        if place.code in path_of:
            raise Refused(_("The code %(code)s occurs twice with different names.") % {"code": place.code})
        path_of[place.code] = f"{path_of[parent]}{place.code}/"
    return {path_of[place.code]: place for place in lines}


def shown_name(place: Place) -> str:
    return ground_name(place.code, place.name) if place.level == "community" else place.name


def rename(standing: dict[str, Area], paths: dict[str, Place]) -> dict[str, str]:
    """A new name on the same ground keeps its row: everything that happened there stays attached.

    The old names by code, for the record.
    """
    changed = [
        area for path, area in standing.items() if path in paths and area.name != shown_name(paths[path])
    ]
    old_names = {area.code: area.name for area in changed}
    for area in changed:
        area.name = shown_name(paths[area.path])
        area.name_en = english_names().get(area.code, "")
    Area.objects.bulk_update(changed, ("name", "name_en"), batch_size=BATCH)
    return old_names


def grow(standing: dict[str, Area], paths: dict[str, Place], *, on: date) -> int:
    """Add the missing areas, the wider ones first."""
    new = []
    for path, place in paths.items():
        if path not in standing:
            parent = standing.get(path.removesuffix(f"{place.code}/"))
            standing[path] = area_of(place, parent, path, on=on)
            new.append(standing[path])
    Area.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def area_of(place: Place, parent: Area | None, path: str, *, on: date) -> Area:
    return Area(
        code=place.code, kind=place.level, name=shown_name(place), parent=parent, path=path, valid_from=on,
        name_en=english_names().get(place.code, ""),
    )  # fmt: skip
