"""The whole country into the database: batches of one transaction each, so that a stop loses one batch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from linli.kernel.answers import Refused
from linli.kernel.places.gazetteer.country import LEVELS, Place, country_files, places_in
from linli.kernel.places.models import GazetteerEntry

BATCH = 5_000


@dataclass(slots=True)
class GazetteerReport:
    """What became of the lines: ``added`` + ``renamed`` + ``kept`` are all of them."""

    added: int = 0
    renamed: int = 0
    kept: int = 0

    @property
    def lines(self) -> int:
        return self.added + self.renamed + self.kept


def import_gazetteer(path: Path | None = None, *, progress: bool = False) -> GazetteerReport:
    """Read a file of codes (by default the shipped country) into the gazetteer.

    It can be stopped and run again: what is there already is read past, not written again.
    """
    files = [path] if path else country_files()
    report = GazetteerReport()
    lines = tqdm(checked(chain.from_iterable(map(places_in, files))), unit=" lines", disable=not progress)
    for batch in batches(lines, BATCH):
        store(batch, report)
    return report


def checked(places: Iterable[Place]) -> Iterator[Place]:
    for number, place in enumerate(places, start=1):
        if not place.code.isdigit() or len(place.code) not in LEVELS or not place.name:
            raise Refused(_("Entry %(number)s is not a division code with a name.") % {"number": number})
        yield place


def batches(places: Iterable[Place], size: int) -> Iterator[list[Place]]:
    rest = iter(places)
    while batch := list(islice(rest, size)):
        yield batch


def store(batch: list[Place], report: GazetteerReport) -> None:
    """Write what is new or has a new name, and count."""
    codes = {place.code: place for place in batch}
    known = dict(GazetteerEntry.objects.filter(pk__in=codes).values_list("code", "name"))
    changed = [place for place in codes.values() if known.get(place.code) != place.name]
    if changed:
        with transaction.atomic():
            GazetteerEntry.objects.bulk_create(
                [entry(place) for place in changed],
                update_conflicts=True,
                unique_fields=("code",),
                update_fields=("name", "parent_code", "level"),
            )
    renamed = sum(place.code in known for place in changed)
    report.renamed += renamed
    report.added += len(changed) - renamed
    report.kept += len(batch) - len(changed)


def entry(place: Place) -> GazetteerEntry:
    return GazetteerEntry(code=place.code, name=place.name, parent_code=place.parent, level=place.level)
