"""The rules of S5 and S6 as dated data: which count, out of which, on which axis, compared how, by which article."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from linli.engines.thresholds.shares import Compare

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: ``count`` on ``axis`` against a share of ``of``, against a number, or against being odd."""

    axis: str
    count: str
    compare: Compare
    of: str = ""
    share: Fraction | None = None
    number: int | None = None
    way: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one set, in force from a day. ``mark`` L: the law itself; W: seen on a secondary page."""

    id: str
    set: str
    valid_from: date
    name: Words
    law: Words
    article: int
    mark: str
    quote: str
    tests: tuple[Test, ...]

    @property
    def ways(self) -> tuple[str, ...]:
        """The electorates of which any one will do; one nameless way where the law names no choice."""
        return tuple(dict.fromkeys(test.way for test in self.tests if test.way)) or ("",)

    def tests_of(self, way: str) -> tuple[Test, ...]:
        return tuple(test for test in self.tests if test.way in {"", way})


@cache
def rules() -> Mapping[tuple[str, str], Rule]:
    """Every rule the package knows, by (set, id)."""
    found = files("linli.engines.thresholds") / "data"
    return {
        (rule.set, rule.id): rule
        for file in sorted(found.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
        for rule in parse(tomllib.loads(file.read_text(encoding="utf-8")))
    }


def rule(set_: str, id_: str) -> Rule:
    """The rule of a named set, so that a later law never changes a past result. KeyError when there is none."""
    return rules()[set_, id_]


def sets() -> Mapping[str, date]:
    """The sets by name, with the day from which each is in force."""
    return {rule.set: rule.valid_from for rule in rules().values()}


def set_on(family: str, day: date) -> str:
    """The newest set of a family (``owners``, ``residents``, ``beijing``) in force on ``day``; KeyError when none is."""
    dated = [(since, name) for name, since in sets().items() if name.rpartition("-")[0] == family]
    in_force = [found for found in dated if found[0] <= day]
    if not in_force:
        raise KeyError(f"No {family} rules in force on {day}.")
    return max(in_force)[1]


def parse(data: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of one file. ValueError for a rule that contradicts itself."""
    for id_, body in data.items():
        if not isinstance(body, Mapping) or "tests" not in body:
            continue
        yield Rule(
            id=id_, set=data["set"], valid_from=data["valid_from"], name=body["name"], law=data["law"],
            article=body.get("article", 0), mark=body.get("mark", data["mark"]), quote=body.get("quote", ""),
            tests=tuple(_test(row) for row in body["tests"]),
        )  # fmt: skip


def _test(row: Mapping[str, Any]) -> Test:
    share = Fraction(row["share"]) if "share" in row else None
    test = Test(
        row["axis"], row["count"], Compare(row["compare"]), row.get("of", ""), share, row.get("number"),
        row.get("way", ""),
    )  # fmt: skip
    asked = [test.share is not None, test.number is not None, test.compare is Compare.ODD]
    if sum(asked) != 1 or (test.share is not None) != bool(test.of):
        raise ValueError(f"A test asks for a share of something, for a number, or for an odd one: {row}")
    return test
