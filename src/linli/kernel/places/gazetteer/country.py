"""Read the shipped gazetteer: districts from one small file, streets and communities one province at a time."""

import csv
import lzma
from collections.abc import Iterator
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused

COUNTRY = Path(__file__).parent.parent / "data" / "country"
LEVELS = {2: "province", 4: "city", 6: "district", 9: "street", 12: "community"}
WIDER = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Place(NamedTuple):
    """One line of the division codes."""

    code: str
    name: str

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]

    @property
    def parent(self) -> str:
        """The code one level up: the first digits of its own."""
        return self.code[: WIDER[len(self.code)]]


class District(NamedTuple):
    """A district with the city and province it lies in, as a person would look for it."""

    code: str
    name: str
    city: str
    province: str

    def __str__(self) -> str:
        return self.province + self.city + self.name


def open_text(path: Path) -> IO[str]:
    """A UTF-8 text file, plain or xz, with or without a byte-order mark."""
    raw = lzma.open(path) if path.suffix == ".xz" else path.open("rb")  # noqa: SIM115 -- the wrapper closes it
    return TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def places_in(path: Path) -> Iterator[Place]:
    """The lines of a file with the columns code and name; a line without both has an empty name."""
    with open_text(path) as text:
        lines = csv.reader(text)
        heading = next(lines, [])
        if not {"code", "name"} <= set(heading):
            raise Refused(_("The first line must read: %(columns)s.") % {"columns": "code,name"})
        code, name = heading.index("code"), heading.index("name")
        width = max(code, name) + 1
        for line in filter(None, lines):
            yield Place(line[code], line[name]) if len(line) >= width else Place(line[0], "")


def country_files() -> list[Path]:
    """All shipped files, the wider levels first."""
    return [COUNTRY / "districts.csv", *sorted(COUNTRY.glob("[0-9][0-9].csv.xz"))]


@lru_cache(maxsize=1)
def districts() -> tuple[District, ...]:
    """Every district and county of the country."""
    names = dict(places_in(COUNTRY / "districts.csv"))
    shown = {code: "" if name in PLACEHOLDERS else name for code, name in names.items()}
    return tuple(
        District(code, name, shown[code[:4]] if shown[code[:4]] != name else "", shown[code[:2]])
        for code, name in names.items()
        if len(code) == len("110107")
    )


def below(district: str) -> Iterator[Place]:
    """The streets and communities of a district, in the order of their codes."""
    path = COUNTRY / f"{district[:2]}.csv.xz"
    if path.exists():
        yield from (place for place in places_in(path) if place.code.startswith(district))


def streets_of(district: str) -> list[Place]:
    return [place for place in below(district) if place.level == "street"]


def communities_of_district(district: str) -> Iterator[Place]:
    """Streamed from the province's file; nothing else of it stays in memory."""
    return (place for place in below(district) if place.level == "community")
