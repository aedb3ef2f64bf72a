"""Which days are worked in China: weekends, the year's holidays, the weekend days worked in exchange."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The State Council notice that arranges one year's holidays."""

    year: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The arrangements of the years it covers; outside them only weekends are known."""

    version: str
    notices: tuple[Notice, ...]
    off: Mapping[int, Holiday] = field(repr=False)  # by proleptic ordinal, as date.toordinal() gives
    made_up: Mapping[int, Holiday] = field(repr=False)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(notice.year for notice in self.notices)

    @property
    def first(self) -> date:
        return date(self.years[0], 1, 1)

    @property
    def last(self) -> date:
        return date(self.years[-1], 12, 31)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def is_workday(self, day: date) -> bool:
        return self.works(day.toordinal())

    def works(self, ordinal: int) -> bool:
        if (ordinal - 1) % 7 >= SATURDAY:
            return ordinal in self.made_up
        return ordinal not in self.off

    def holiday(self, day: date) -> Holiday | None:
        """The holiday a day off belongs to; None on a workday and on an ordinary weekend."""
        return self.off.get(day.toordinal())

    @classmethod
    def read(cls, text: Mapping[str, Any]) -> "HolidayTable":
        """A table from its JSON form, as the files in `data/` have it: years in order and without a gap."""
        names = {key: Holiday(key, **words) for key, words in text["names"].items()}
        notices = tuple(Notice(year["year"], year["notice"], year["address"]) for year in text["years"])
        years = [notice.year for notice in notices]
        if not years or years != list(range(years[0], years[0] + len(years))):
            raise ValueError(f"A holiday table covers years in a row, not {years}.")
        off: dict[int, Holiday] = {}
        made_up: dict[int, Holiday] = {}
        for name, first, last, worked in _arrangements(text):
            off |= dict.fromkeys(range(first.toordinal(), last.toordinal() + 1), names[name])
            made_up |= {day.toordinal(): names[name] for day in worked}
        return cls(text["version"], notices, off, made_up)


def _arrangements(text: Mapping[str, Any]) -> Iterator[tuple[str, date, date, list[date]]]:
    for year in text["years"]:
        for row in year["holidays"]:
            worked = [date.fromisoformat(day) for day in row["work"]]
            if any(day.weekday() < SATURDAY for day in worked):
                raise ValueError(f"Only a weekend day can be worked in exchange: {row}.")
            yield row["name"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]), worked


@cache
def published(version: str | None = None) -> HolidayTable:
    """The newest table this package ships, or the very one a date was reckoned with."""
    if version is None:
        return _shipped()[-1]
    found = [table for table in _shipped() if table.version == version]
    if not found:
        raise LookupError(f"This package ships no holiday table {version!r}.")
    return found[0]


@cache
def _shipped() -> tuple[HolidayTable, ...]:
    """Every table, oldest first: a later one repeats the years before it and adds the newly announced."""
    folder = files("linli.engines.deadlines").joinpath("data")
    texts = [json.loads(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".json")]
    return tuple(sorted(map(HolidayTable.read, texts), key=lambda table: (table.years, table.version)))
