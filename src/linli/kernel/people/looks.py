"""Looks noted while a page is read.

A page that is only read takes no write lock, so a look is left as a small file in the data folder, safe on the
disk before the name is shown; every two seconds the worker writes what lies there into the person's own list.
The files hold keys and numbers, never a name.
"""

import json
import logging
import os
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import local
from linli.kernel.people.models import Look, Person

FIELDS = "name,phone"
BATCH = 500
log = logging.getLogger("linli.looks")


class Seen(NamedTuple):
    """Whose name stands on a page, and of which matter the page is; ``Look.LIST`` where it is of none."""

    subject: int
    case: int = Look.LIST
    number: str = ""


class NotNoted(Refused):
    """Nobody reads who a neighbour is without a trace."""


def folder() -> Path:
    return Path(settings.LINLI_DATA) / "looks"


def note(viewer: Person, seen: Iterable[Seen], *, now: datetime) -> int:
    """Call this before showing names: once for each viewer, matter and day a look is left for the worker."""
    others = {one for one in seen if one.subject != viewer.pk}
    new = others - _written(viewer, others, local(now).date()) if others else others
    if new:
        rows = [{"viewer": viewer.pk, "at": now.isoformat(), **one._asdict()} for one in sorted(new)]
        _leave(json.dumps(rows))
    return len(new)


def _written(viewer: Person, seen: set[Seen], day: date) -> set[Seen]:
    rows = Look.objects.filter(viewer=viewer, day=day, subject__in={one.subject for one in seen})
    known = set(rows.values_list("subject_id", "case_id"))
    return {one for one in seen if (one.subject, one.case) in known}


def _leave(text: str) -> None:
    """Make the bytes last, then give them their name in one step: the worker never finds half a file."""
    place = folder() / f"{secrets.token_hex(12)}.json"
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.with_suffix(".part").open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        place.with_suffix(".part").rename(place)
    except OSError as problem:
        log.exception("A look at a person could not be noted.")
        raise NotNoted(
            _(
                "The name is not shown, because the look at it could not be written down. Tell the administrator."
            )
        ) from problem


def write_noted() -> int:
    """The worker's turn; an idle one reads a folder and nothing else. A file met twice adds nothing."""
    files = sorted(folder().glob("*.json"))[:BATCH]
    if not files:
        return 0
    rows = [row for file in files for row in _read(file)]
    people = {row[key] for row in rows for key in ("viewer", "subject")}
    known = set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    looks = [_look(row) for row in rows if {row["viewer"], row["subject"]} <= known]
    with transaction.atomic():
        Look.objects.bulk_create(looks, ignore_conflicts=True, batch_size=BATCH)
    for file in files:
        file.unlink(missing_ok=True)
    return len(looks)


def _read(file: Path) -> list[dict[str, Any]]:
    """What was noted; a file that makes no sense is put aside for whoever looks after the house."""
    try:
        rows: list[dict[str, Any]] = json.loads(file.read_text())
    except ValueError:
        log.exception("The note of a look %s cannot be read and was put aside.", file.name)
        file.rename(file.with_suffix(".broken"))
        return []
    return rows


def _look(row: dict[str, Any]) -> Look:
    at = datetime.fromisoformat(row["at"])
    return Look(
        viewer_id=row["viewer"], subject_id=row["subject"], fields=FIELDS, reason=row["number"], at=at,
        case_id=row["case"], day=local(at).date(),
    )  # fmt: skip
