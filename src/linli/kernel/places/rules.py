"""What may lie in what, and when a piece of ground may be closed."""

import re

from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, first_no, no
from linli.kernel.places.models import Area

Kind = Area.Kind
LONGEST_PATH = 120
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")

LIES_IN: dict[str, frozenset[str | None]] = {
    Kind.DISTRICT: frozenset({None}),
    Kind.STREET: frozenset({Kind.DISTRICT}),
    Kind.COMMUNITY: frozenset({Kind.STREET, Kind.DISTRICT}),
    Kind.GRID: frozenset({Kind.STREET, Kind.COMMUNITY}),
    Kind.ESTATE: frozenset({Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY}),
    Kind.BUILDING: frozenset({Kind.COMMUNITY, Kind.GRID}),
    Kind.STAIR: frozenset({Kind.BUILDING}),
    Kind.DWELLING: frozenset({Kind.BUILDING, Kind.STAIR}),
    Kind.SPOT: frozenset({Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY, Kind.GRID, Kind.ESTATE, Kind.BUILDING}),
}


def may_lie_in(parent: Area | None, kind: str) -> Answer:
    """Each kind of area has its place in the tree; a property area may lie in any level that contains it."""
    if (parent.kind if parent else None) not in LIES_IN[kind]:
        return no(_("An area of this kind cannot lie there. Choose the area that contains it."))
    if parent and parent.valid_to is not None:
        return no(_("%(area)s is closed. Choose an area that is open.") % {"area": parent})
    return YES


def may_bear(code: str, *, parent: Area | None) -> Answer:
    """A code is part of the path: plain letters, digits, dots and dashes."""
    if not CODE.fullmatch(code):
        return no(_("A code consists of letters, digits, dots and dashes only."))
    if len(path_of(parent, code)) > LONGEST_PATH:
        return no(_("This code is too long. Choose a shorter one."))
    return YES


def may_add(parent: Area | None, kind: str, code: str, *, taken: bool) -> Answer:
    if taken:
        return no(_("There is an area with this code already. Choose another code."))
    return first_no(may_lie_in(parent, kind), may_bear(code, parent=parent))


def may_close(area: Area, *, parts: int, bodies: int) -> Answer:
    """Nothing may be left standing on ground that is no more."""
    if area.valid_to is not None:
        return no(_("%(area)s is closed already.") % {"area": area})
    if parts or bodies:
        return no(_("Close the areas and bodies inside it first."))
    return YES


def may_span(estate: Area, building: Area) -> Answer:
    """A property area takes in buildings of the ground it lies in, of one community or of several."""
    if estate.kind != Kind.ESTATE or building.kind != Kind.BUILDING:
        return no(_("Only buildings can be part of a property area."))
    if estate.parent is None or not building.path.startswith(estate.parent.path):
        return no(_("This building lies outside. Place the property area in a wider area first."))
    return YES


def path_of(parent: Area | None, code: str) -> str:
    return f"{parent.path if parent else ''}{code}/"
