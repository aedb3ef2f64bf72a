"""What a line of the dispatch catalogue must say, and who may change one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import YES, Answer, Refused, no
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import CatalogueRow, Duty, Urgency
from linli.modules.appeals.rules.words import categories

COMMUNITY = "社区居委会"
COLUMNS = ("l2", "first_unit", "co_units", "urgency", "grid_direct", "note")
LONGEST = {"first_unit": 80, "co_units": 200, "note": 300}
YES_WORDS, NO_WORDS = frozenset({"yes", "是"}), frozenset({"no", "否", ""})

MARKS = re.compile(r"((?:\[[LWSKD]\])+)")
SOURCES = {
    "L": _("Statute"),
    "W": _("Published source"),
    "S": _("Press report"),
    "K": _("Working default"),
    "D": _("Working default"),
}
"""What a note rests on. Only a statute may be told as what the law says; a default is the district's to change."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the catalogue and the duty list say about one category."""

    l2: str
    unit_name: str
    helpers: str = ""
    urgency: str = Urgency.ORDINARY
    to_grid: bool = False
    note: str = ""
    part: str = Duty.Part.NONE

    def same_dispatch(self, other: "Line | None") -> bool:
        """Whether both send the category the same way, whatever the duty list says."""
        return other is not None and replace(self, part=other.part) == other


def line_of(row: CatalogueRow, part: str) -> Line:
    name = row.unit.name if row.unit else row.unit_name
    return Line(row.l2, name, row.helpers, row.urgency, row.to_grid, row.note, part)


def told_with_source(note: str) -> list[tuple[str, str]]:
    """The parts of a note, each with the kind of source its mark stands for, in words."""
    first, *rest = MARKS.split(note)
    parts = [("", first)] if first.strip() else []
    for marks, text in zip(rest[::2], rest[1::2], strict=True):
        words = dict.fromkeys(str(SOURCES[mark]) for mark in marks[1:-1].split("]["))
        parts.append((", ".join(words), text.strip()))
    return parts


def duty_of(unit_name: str, helpers: str) -> str:
    """What a catalogue line makes of the community: it leads, assists, or has no part."""
    if unit_name == COMMUNITY:
        return Duty.Part.LEAD
    return Duty.Part.ASSIST if COMMUNITY in helpers.split(";") else Duty.Part.NONE


def may_change(who: Standing, path: str) -> Answer:
    if who.holds(Role.Kind.ADMIN, path):
        return YES
    return no(_("Only an administrator of this area may change its catalogue."))


def may_begin(on: date, *, today: date) -> Answer:
    """A dispatch of yesterday keeps the catalogue of yesterday."""
    if on >= today:
        return YES
    return no(_("A catalogue never reaches back. Choose today or a later day."))


def read_line(cells: Mapping[str, str]) -> Line:
    """The line that a row of a table means; ``Refused`` says what to correct."""
    l2, unit = cells["l2"], cells["first_unit"]
    if l2 not in dict(categories(2)):
        raise Refused(_("There is no category “%s”.") % l2)
    if not unit:
        raise Refused(_("No unit is named."))
    check_lengths(cells)
    helpers = joined(cells["co_units"])
    return Line(
        l2,
        unit,
        helpers,
        urgency_of(cells["urgency"]),
        to_grid(cells["grid_direct"]),
        cells["note"],
        duty_of(unit, helpers),
    )


def check_lengths(cells: Mapping[str, str]) -> None:
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest:
            raise Refused(
                _("“%(column)s” is longer than %(longest)s characters.")
                % {"column": column, "longest": longest}
            )


def joined(helpers: str) -> str:
    """Names of helping units in one way, however somebody parted them."""
    for mark in ("；", "、", "，", ","):
        helpers = helpers.replace(mark, ";")
    return ";".join(name.strip() for name in helpers.split(";") if name.strip())


def urgency_of(word: str) -> str:
    """The code, or the words of either page language for it."""
    known = {str(label): code for code, label in Urgency.choices}
    code = known.get(word, word)
    if code not in Urgency.values:
        raise Refused(
            _("“%(word)s” is no urgency. Write one of: %(known)s.")
            % {"word": word, "known": ", ".join(Urgency.values)}
        )
    return code


def to_grid(word: str) -> bool:
    if word not in YES_WORDS | NO_WORDS:
        raise Refused(_("Write yes or no under “grid_direct”, not “%s”.") % word)
    return word in YES_WORDS
