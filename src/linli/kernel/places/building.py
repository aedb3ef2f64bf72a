"""Buildings, stairs and dwellings of a community, entered together."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from linli.kernel.answers import require
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.places import rules
from linli.kernel.places.models import Area

BATCH = 500
HOMES = (Area.Kind.BUILDING, Area.Kind.STAIR, Area.Kind.DWELLING)


class Plan(NamedTuple):
    """A building as a desk describes it: its number, how many stairs, floors, and dwellings per floor and stair."""

    no: str
    stairs: int
    floors: int
    per_floor: int


@transaction.atomic
def build(
    community: Area, buildings: Iterable[tuple[str | int, int, int, int]], *, by: Any, on: date | None = None
) -> int:
    """Enter whole buildings; what stands already is left alone. How many areas were added.

    Floor 5, third door of a stair is dwelling 503; its path ends in ``b3/u2/503/``.
    """
    plans = [Plan(str(no), *shape) for no, *shape in buildings]
    inside = Area.objects.filter(path__under=community.path, kind__in=HOMES, valid_to=None)
    standing = {area.path: area for area in inside}
    new: list[Area] = []
    for plan in plans:
        require(rules.may_bear(f"b{plan.no}", parent=community))
        new.extend(area for area in areas_of(plan, community, on or today()) if area.path not in standing)
    attach(new, standing)
    Area.objects.bulk_create(new, batch_size=BATCH)
    if new:
        record(
            "places.built", community, by=by, path=community.path, sensitivity=Sensitivity.PUBLIC,
            buildings=[plan.no for plan in plans], added=len(new),
        )  # fmt: skip
    return len(new)


def attach(new: list[Area], standing: dict[str, Area]) -> None:
    """Let each new area point at the parent that stands, where one of the same plan stands already."""
    for area in new:
        if area.parent is not None:
            area.parent = standing.get(area.parent.path, area.parent)


def areas_of(plan: Plan, community: Area, on: date) -> Iterator[Area]:
    """The building, then each stair followed by its dwellings."""
    building = part(
        community,
        Area.Kind.BUILDING,
        f"b{plan.no}",
        name=f"{plan.no}号楼",
        name_en=f"Building {plan.no}",
        on=on,
    )
    yield building
    for number in range(1, plan.stairs + 1):
        stair = part(
            building, Area.Kind.STAIR, f"u{number}", name=f"{number}单元", name_en=f"Stair {number}", on=on
        )
        yield stair
        for door in doors(plan):
            yield part(stair, Area.Kind.DWELLING, door, name=f"{door}室", name_en=f"Room {door}", on=on)


def doors(plan: Plan) -> Iterator[str]:
    for floor in range(1, plan.floors + 1):
        yield from (f"{floor}{door:02d}" for door in range(1, plan.per_floor + 1))


def part(parent: Area, kind: str, code: str, *, name: str, name_en: str, on: date) -> Area:
    return Area(
        parent=parent, kind=kind, code=code, name=name, name_en=name_en, valid_from=on,
        path=rules.path_of(parent, code),
    )  # fmt: skip
