"""Freeze a list of people, so that what is decided over it can be recounted later."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person, Roster, RosterLine
from linli.kernel.places.models import Area


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """Who, for which dwelling, with which area in 0.01 m² and which share of it."""

    dwelling_path: str
    person_id: int
    floor_area: int = 0
    share: Fraction = Fraction(1)

    def __str__(self) -> str:
        share = f"{self.share.numerator}/{self.share.denominator}"
        return f"{self.dwelling_path} {self.person_id} {self.floor_area} {share}"


@transaction.atomic
def freeze(purpose: str, area: Area, lines: Iterable[Line], *, by: Person | None, now: datetime) -> Roster:
    """Keep the lines in a fixed order under one hash; the same list always has the same hash."""
    ordered = sorted(set(lines))
    roster = Roster(
        purpose=purpose,
        area=area,
        frozen_at=now,
        frozen_by=by,
        lines_count=len(ordered),
        hash=hash_of(ordered),
    )
    roster.save(force_insert=True)
    RosterLine.objects.bulk_create(
        [_row(roster, position, line) for position, line in enumerate(ordered)], batch_size=200
    )
    seen = {"path": area.path, "sensitivity": Sensitivity.AREA}
    record("people.roster_frozen", roster, by=by, **seen, hash=roster.hash, lines=len(ordered))
    return roster


def is_unchanged(roster: Roster) -> bool:
    """Whether the lines are still those that were frozen."""
    rows = roster.lines.order_by("position")
    kept = [
        Line(row.dwelling_path, row.person_id, row.floor_area, Fraction(row.share_num, row.share_den))
        for row in rows
    ]
    return len(kept) == roster.lines_count and hash_of(kept) == roster.hash


def hash_of(lines: list[Line]) -> str:
    return hashlib.sha256("\n".join(["linli roster 1", *map(str, lines)]).encode()).hexdigest()


def _row(roster: Roster, position: int, line: Line) -> RosterLine:
    return RosterLine(
        roster=roster, position=position, person_id=line.person_id, dwelling_path=line.dwelling_path,
        floor_area=line.floor_area, share_num=line.share.numerator, share_den=line.share.denominator,
    )  # fmt: skip
