"""What the pages of residents ask for: places to choose, matters to join."""

import re
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel.cases.kinds import kind_of
from linli.kernel.cases.models import Case, Party
from linli.kernel.people.models import Person, Residence
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.kernel.places.queries import address, joined
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.seen import NEEDED

CHOSEN_FROM = (Area.Kind.BUILDING, Area.Kind.STAIR, Area.Kind.SPOT)


def places_of(community: Area) -> list[Area]:
    """The community, its buildings, stairs and named spots; No. 2 comes before No. 10."""
    inside = Area.objects.filter(path__under=community.path, kind__in=CHOSEN_FROM, valid_to=None)
    return [community, *sorted(inside, key=lambda place: _as_counted(place.path))]


def _as_counted(path: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path)]


def place_choices(places: list[Area]) -> list[tuple[Any, Any]]:
    """Building by building, each with its stairs, so that one list does without script."""
    community, *inside = places
    stairs: dict[int | None, list[Area]] = {}
    for place in inside:
        if place.kind == Area.Kind.STAIR:
            stairs.setdefault(place.parent_id, []).append(place)
    groups = [(str(a), _of_building(a, stairs.get(a.pk, []))) for a in inside if a.kind == Area.Kind.BUILDING]
    spots = [(a.pk, str(a)) for a in inside if a.kind == Area.Kind.SPOT]
    return [(community.pk, _("%(community)s, elsewhere") % {"community": community}), *groups, *spots]


def _of_building(building: Area, stairs: list[Area]) -> list[tuple[int, str]]:
    whole = _("%(building)s, the whole building") % {"building": building}
    return [*((stair.pk, f"{building} {stair}") for stair in stairs), (building.pk, whole)]


def home_place(person: Person | None) -> int | None:
    """The stair of the dwelling in which she says she lives."""
    if person is None:
        return None
    homes = Residence.objects.filter(person=person, valid_to=None).order_by("-level", "-id")
    return homes.values_list("dwelling__parent", flat=True).first()


def place_of(case: Case) -> str:
    """The address of a case, from what was fetched with it; only a dwelling needs to look further up."""
    area = case.area
    if area.kind == Area.Kind.DWELLING or case.community is None:
        return address(area)
    chain = {place.pk: place for place in (case.community, area.parent, area) if place is not None}
    inside = [place for place in chain.values() if place.path.startswith(case.community.path)]
    return joined(inside)


def joinable(keys: list[int]) -> list[Appeal]:
    """Those of the offered matters that are still open, in the order in which they were offered."""
    rows = Appeal.objects.filter(pk__in=keys, case__state__in=kind_of("appeal").open_states)
    found = {row.pk: row for row in rows.select_related(*NEEDED, "case__area__parent")}
    return [found[key] for key in keys if key in found]


def parts_of(who: Standing, keys: list[int]) -> set[int]:
    """Those of the matters in which she has a part already."""
    if who.pk is None:
        return set()
    return set(Party.objects.filter(person=who.pk, case__in=keys).values_list("case_id", flat=True))
