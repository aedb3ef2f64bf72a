"""Which limits apply here: versioned rule sets, each limit with its article or the honest word that it has none."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from linli.engines.deadlines import Limit, Unit
from linli.engines.numerals import chinese_number
from linli.kernel.clock.dates import limit_told
from linli.kernel.clock.moment import today
from linli.kernel.clock.phrases import DUTIES
from linli.kernel.clock.words import NO_WORDS, Words


class Mark(StrEnum):
    """Where a rule comes from. Only LAW may be told as what the law says."""

    LAW = "L"
    SEEN = "W"  # a secondary page or a draft
    KNOWN = "K"  # practice, not confirmed
    DESIGN = "D"  # this product's default, a district may choose another


class StartsAt(StrEnum):
    """The event that starts a limit; its day is the one that does not count."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    STUDIED = "studied"
    DISPATCHED = "dispatched"
    EXPIRED = "expired"
    ANSWERED = "answered"
    REVIEW_REQUESTED = "review_requested"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on. `quote` is the passage of the article, word for word."""

    mark: Mark
    law: Words = NO_WORDS
    number: int = 0
    quote: str = ""
    source: Words = NO_WORDS  # for a rule that was only seen: where

    @property
    def article(self) -> Words:
        """《…条例》第二十四条; empty unless it is law."""
        if self.mark is not Mark.LAW:
            return NO_WORDS
        return Words(
            f"《{self.law.zh}》第{chinese_number(self.number)}条", f"{self.law.en}, Article {self.number}"
        )

    @property
    def told(self) -> str:
        """The article, or the honest word that it is none."""
        return str(self.article or self.source or _("set by this district, not by law"))


ON_THE_TICKET = Basis(
    Mark.DESIGN, source=Words("派单时写在工单上的时限", "the limit written on the ticket at dispatch")
)


@dataclass(frozen=True, slots=True)
class RuledLimit:
    key: str
    limit: Limit
    starts_at: StartsAt
    basis: Basis
    rule_set: str
    version: str
    absolute: bool = True  # False: the text itself says 一般, 原则上 or 推动实行
    note: Words = NO_WORDS

    @property
    def mark(self) -> Mark:
        return self.basis.mark

    @property
    def article(self) -> Words:
        return self.basis.article

    @property
    def duty(self) -> str:
        """What must be done, in the language spoken: 5 个工作日内办结并答复您."""
        phrase = DUTIES.get(self.key) or DUTIES[self.key.partition(".")[0]]
        return str(phrase).format(limit=limit_told(self.limit))

    def as_stated_on_the_ticket(self, limit: Limit) -> "RuledLimit":
        """The same duty with the limit that the dispatcher set for this one matter (唐山 §24, 北京 §13)."""
        return replace(self, limit=limit, basis=ON_THE_TICKET, note=NO_WORDS)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty without a clock: at once, around the clock, a share of calls."""

    key: str
    told: Words
    basis: Basis


@dataclass(frozen=True, slots=True)
class Extending:
    """An extension is asked for with reasons before the end and told to the resident; `approver` may be "none"."""

    approver: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Suspending:
    allowed: bool
    approver: str = "none"
    causes: Mapping[str, Words] = field(default_factory=dict)
    basis: Basis = Basis(Mark.DESIGN)
    only: tuple[str, ...] = ()  # the limits a pause may touch; empty: every one

    def touches(self, key: str) -> bool:
        return self.allowed and (not self.only or key in self.only)


@dataclass(frozen=True, slots=True)
class RuleSet:
    id: str
    version: str
    valid_from: date
    valid_to: date | None  # the last day it holds; None while nothing has replaced it
    name: Words
    law: Words
    push_down: str  # "all": no own work to a committee; "outside_list_and_lead"; "lawful_and_paid"
    push_down_basis: Basis
    extending: Extending
    suspending: Suspending
    limits: Mapping[str, RuledLimit]
    duties: tuple[Duty, ...]
    routes: Mapping[str, Basis]
    by_type: Mapping[str, str]
    by_urgency: Mapping[str, str]
    representatives: int | None = None

    @property
    def suspends(self) -> bool:
        return self.suspending.allowed

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def find(self, key: str) -> RuledLimit | None:
        """The limit of that name, or None where this rule set has none: then no clock runs."""
        return self.limits.get(key)

    def limit(self, key: str) -> RuledLimit:
        if key not in self.limits:
            raise LookupError(f"The rule set {self.id} {self.version} has no limit {key!r}.")
        return self.limits[key]

    def finish(self, *, type: str, urgency: str) -> RuledLimit:  # noqa: A002 -- the field's word for it
        """The limit to finish a matter: by its type where the rule set looks at it, else by its urgency."""
        tiers = self.by_urgency
        key = self.by_type.get(type) or tiers.get(urgency) or tiers.get("*")
        if key is None:
            raise LookupError(
                f"The rule set {self.id} {self.version} has no tier for the urgency {urgency!r}."
            )
        return self.limit(key)


@dataclass(frozen=True, slots=True)
class Route:
    """A matter that is not dispatched but answered another way."""

    key: str
    name: Words
    act: Words


def rule_set(id: str, on: date | None = None) -> RuleSet:  # noqa: A002 -- the field's word for it
    """The version in force on a day, today by default; past decisions keep the version of their own day."""
    day = on or today()
    found = [rules for rules in all_rule_sets() if rules.id == id and rules.holds_on(day)]
    if not found:
        raise LookupError(f"No rule set {id!r} is in force on {day}.")
    return found[-1]


@cache
def all_rule_sets() -> tuple[RuleSet, ...]:
    """Every version this package ships, by name and date."""
    return tuple(sorted(map(read, _shipped("data/rulesets")), key=lambda rules: (rules.id, rules.valid_from)))


@cache
def special_routes() -> tuple[Route, ...]:
    """The six cases that are told another way instead of being dispatched."""
    text = tomllib.loads(files("linli.kernel.clock").joinpath("data/routes.toml").read_text("utf-8"))
    return tuple(Route(key, Words(**row["name"]), Words(**row["act"])) for key, row in text.items())


def _shipped(folder: str) -> list[dict[str, Any]]:
    found = sorted(files("linli.kernel.clock").joinpath(folder).iterdir(), key=lambda file: file.name)
    return [tomllib.loads(file.read_text("utf-8")) for file in found if file.name.endswith(".toml")]


def read(text: Mapping[str, Any]) -> RuleSet:
    """A rule set from its TOML form; a tier that leads to no limit is refused."""
    push_down, extending, tiers = text["push_down"], text["extending"], text["tiers"]
    rules = RuleSet(
        id=text["id"], version=text["version"], valid_from=text["valid_from"], valid_to=text.get("valid_to"),
        name=Words(**text["name"]), law=Words(**text["law"]),
        push_down=push_down["rule"], push_down_basis=_basis(text, push_down),
        extending=Extending(extending["approver"], _basis(text, extending)),
        suspending=_suspending(text, text["suspending"]),
        limits={row["key"]: _limit(text, row) for row in text["limits"]},
        duties=tuple(Duty(row["key"], Words(row["zh"], row["en"]), _basis(text, row)) for row in text["duties"]),
        routes={key: _basis(text, {"mark": "L"} | row) for key, row in text.get("routes", {}).items()},
        by_type=tiers.get("by_type", {}), by_urgency=tiers["by_urgency"], representatives=text.get("representatives"),
    )  # fmt: skip
    for key in (*rules.by_type.values(), *rules.by_urgency.values(), *rules.suspending.only):
        rules.limit(key)
    return rules


def _limit(text: Mapping[str, Any], row: Mapping[str, Any]) -> RuledLimit:
    return RuledLimit(
        key=row["key"],
        limit=Limit(row["amount"], Unit(row["unit"])),
        starts_at=StartsAt(row["starts_at"]),
        basis=_basis(text, row),
        rule_set=text["id"],
        version=text["version"],
        absolute=row.get("absolute", True),
        note=Words(**row.get("note", {})),
    )


def _basis(text: Mapping[str, Any], row: Mapping[str, Any]) -> Basis:
    """What a row rests on; a row marked as law without an article and its words is refused."""
    mark = Mark(row["mark"])
    if mark is Mark.LAW and not {"article", "quote"} <= row.keys():
        raise ValueError(f"A rule cannot be law without an article and its words: {dict(row)}.")
    if mark is Mark.LAW:
        return Basis(mark, Words(**row.get("law", text["law"])), row["article"], row["quote"])
    if mark is Mark.SEEN:
        return Basis(mark, source=Words(**text["source"]))
    return Basis(mark)


def _suspending(text: Mapping[str, Any], row: Mapping[str, Any]) -> Suspending:
    if not row["allowed"]:
        return Suspending(allowed=False)
    causes = {cause["key"]: Words(cause["zh"], cause["en"]) for cause in row["causes"]}
    return Suspending(
        allowed=True,
        approver=row["approver"],
        causes=causes,
        basis=_basis(text, row),
        only=tuple(row.get("only", ())),
    )
