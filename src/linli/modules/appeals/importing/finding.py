"""Where a record lies, who answers for it and who raised it, among what is known here already."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.cases.actions import parents_of
from linli.kernel.clock import today
from linli.kernel.people.actions.register import find_or_register_by_phone, pseudonym
from linli.kernel.people.models import Person
from linli.kernel.places import actions as places
from linli.kernel.places import queries
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.importing.check import Record
from linli.modules.appeals.importing.maps import Chart, Root
from linli.modules.appeals.models import State
from linli.modules.appeals.rules.words import categories

LONGEST_NAME = 80
NAMELESS = "—"


@dataclass(frozen=True, slots=True)
class Spot:
    """An area with the community and street it lies in."""

    area: Area
    community: Area | None
    street: Area | None


@dataclass(slots=True)
class Finder:
    """Looks names up once each; founds areas and units only where the map says so, and never in a rehearsal."""

    chart: Chart
    root: Area
    by: Person | None
    rehearsal: bool
    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[tuple[str, int], Body | None] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    nameless: Person | None = None

    def __post_init__(self) -> None:
        self.areas = {} if self.root._state.adding else {a.name: a for a in queries.communities_of(self.root)}

    def spot(self, record: Record) -> Spot:
        area = self.area_named(record.area) if record.area else self.area_in(record.spot)
        if area.pk not in self.spots:
            parents = {} if area._state.adding else parents_of(area)
            self.spots[area.pk] = Spot(area, parents.get("community"), parents.get("street"))
        return self.spots[area.pk]

    def area_named(self, name: str) -> Area:
        if name not in self.areas:
            self.areas[name] = self.found_area(name) if self.chart.found_areas else self.meant_area(name)
        return self.areas[name]

    def meant_area(self, name: str) -> Area:
        """A desk writes 老山东里北 or 老山东里北社区居委会 and means 老山东里北社区."""
        bare = name.removesuffix("居民委员会").removesuffix("居委会").removesuffix("社区")
        for meant in (f"{bare}社区", bare):
            if meant in self.areas:
                return self.areas[meant]
        raise Refused(_("There is no community “%(name)s” here.") % {"name": name})

    def area_in(self, address: str) -> Area:
        """The community whose name the address contains, the longest first; else the whole ground."""
        named = [name for name in self.areas if name in address]
        return self.areas[max(named, key=len)] if named else self.root

    def found_area(self, name: str) -> Area:
        kind, code = Area.Kind.COMMUNITY, code_of(name)
        if len(name) > LONGEST_NAME:
            raise Refused(_("The name of the area is too long."))
        if self.rehearsal:
            return Area(code=code, kind=kind, name=name, path=f"{self.root.path}{code}/")
        return places.add_area(parent=self.root, kind=kind, code=code, name=name, by=self.by)

    def unit(self, record: Record, spot: Spot) -> Body | None:
        """The body of that name which serves the place; where the row names none, the map's default."""
        if not record.unit and not record.needs_unit and record.state != State.CLOSED:
            return None
        ground = self.root if self.chart.found_units else spot.area
        key = (record.unit, ground.pk)
        if key not in self.units:
            self.units[key] = self.unit_named(record.unit, ground)
        return self.units[key]

    def unit_named(self, name: str, ground: Area) -> Body | None:
        if not name:
            return self.serving(ground, kind=self.chart.unit_default) if self.chart.unit_default else None
        body = self.serving(ground, name=name)
        if body is None and self.chart.found_units:
            return self.found_unit(name)
        if body is None:
            raise Refused(_("No unit called “%(name)s” serves this place.") % {"name": name})
        return body

    def serving(self, ground: Area, **wanted: str) -> Body | None:
        return None if ground._state.adding else queries.bodies_serving(ground).filter(**wanted).first()

    def found_unit(self, name: str) -> Body:
        if len(name) > LONGEST_NAME:
            raise Refused(_("The name of the unit is too long."))
        if self.rehearsal:
            return Body(kind=self.chart.found_units, name=name, area=self.root)
        return places.found_body(kind=self.chart.found_units, name=name, area=self.root, by=self.by)

    def person(self, record: Record, spot: Spot) -> Person:
        """Whoever has the phone; without a phone one nameless reporter stands for all of an import."""
        if self.rehearsal:
            return Person()
        if record.phone:
            community = spot.community or (spot.area if spot.area.kind == Area.Kind.COMMUNITY else None)
            person, _new = find_or_register_by_phone(
                record.phone, name=record.name, community=community, by=self.by
            )
            return person
        if self.nameless is None:
            self.nameless = nameless_of(self.root)
        return self.nameless


def nameless_of(root: Area) -> Person:
    """The one reporter of an area's imports whose names nobody kept."""
    known = Person.objects.filter(kind=Person.Kind.PSEUDONYM, community=root, called=NAMELESS).first()
    if known is None:
        known = pseudonym(community=root)
        Person.objects.filter(pk=known.pk).update(called=NAMELESS)
    return known


def code_of(name: str) -> str:
    """A path segment for a name of a foreign source: readable where it can be, unique by its digest."""
    readable = re.sub(r"[^0-9A-Za-z]+", "-", name).strip("-")[:24]
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{readable}-{digest}" if readable else f"a-{digest}"


def root_of(chart: Chart, area: Area | None, *, by: Person | None, rehearsal: bool) -> Area:
    """The ground of an import: the area it was asked for, or the foreign ground that the map names."""
    if area is not None:
        return area
    if chart.root is None:
        raise Refused(_("Say for which area this file is, for example --area 110107002011."))
    return queries.area_by_code(chart.root.code) or found_root(chart.root, by=by, rehearsal=rehearsal)


def found_root(root: Root, *, by: Person | None, rehearsal: bool) -> Area:
    kind = Area.Kind.DISTRICT
    if rehearsal:
        return Area(code=root.code, kind=kind, name=root.name, path=f"{root.code}/", valid_from=today())
    return places.add_area(
        parent=None, kind=kind, code=root.code, name=root.name, name_en=root.name_en, by=by
    )


@lru_cache(maxsize=1)
def category_codes() -> dict[str, str]:
    """Codes of the second level by the names people write."""
    return {name: code for code, name in categories(2)}
