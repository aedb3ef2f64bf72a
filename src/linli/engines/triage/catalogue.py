"""The shipped category tree, the dispatch catalogue and the texts to learn from."""

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: str
    everyday_words: tuple[str, ...]

    @property
    def parent(self) -> str:
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Dispatch:
    first_unit: str
    co_units: tuple[str, ...]
    urgency: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text whose answers are known."""

    id: str
    text: str
    place: str | None
    channel: str | None
    season_month: int | None
    type: str
    l2: str
    unit: str
    urgency: str
    special_route: str = "none"
    group: str | None = None
    hard_negative_of: str | None = None

    @property
    def l1(self) -> str:
        return self.l2[:2]


@lru_cache(maxsize=1)
def categories() -> tuple[Category, ...]:
    """The second level; the first is the first two digits."""
    with (DATA / "categories.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Category(row["code"], row["name_zh"], tuple(row["everyday_words"].split()))
            for row in csv.DictReader(lines)
            if row["level"] == "2"
        )


@lru_cache(maxsize=1)
def dispatch() -> dict[str, Dispatch]:
    with (DATA / "dispatch.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {
            row["l2"]: Dispatch(row["first_unit"], tuple(row["co_units"].split(";")), row["urgency"])
            for row in rows
        }


@lru_cache(maxsize=1)
def labelled() -> tuple[Labelled, ...]:
    names = Labelled.__dataclass_fields__
    with (DATA / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(Labelled(**{name: row[name] for name in names}) for row in rows)
