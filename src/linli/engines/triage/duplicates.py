"""Whether two texts tell the same fact: place, matter, aspect, party, month and words, weighed together."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from linli.engines.triage.linear import Floats
from linli.engines.triage.places import Place, Relation, compare
from linli.engines.triage.routes import NONE, NOTHING_NEW
from linli.engines.triage.words import spoken, written

MONTHS_APART = 2
OF_ANOTHER_KIND = frozenset({"illegal", "secret_or_privacy", "outside_duties", "legal_channel"})
SAME_FACT = 0.5
GROUP_HOLDS = 0.3
WORTH_COMPARING = 0.05
THROUGH_OTHERS = (0.0, None)
STEPS, SHRINK = 25, 0.3


@dataclass(frozen=True, slots=True)
class Fact:
    """A text reduced to what tells facts apart."""

    place: Place
    matter: npt.NDArray[np.float32]
    manner: npt.NDArray[np.float32]
    aspects: Mapping[str, frozenset[str]]
    accused: bool = False
    route: str = NONE
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for and against one and the same fact; a page turns it into a sentence."""

    place: Relation
    pinpointed: bool
    matter: float
    manner: float
    same_aspects: tuple[str, ...]
    other_aspects: tuple[str, ...]
    opposed: bool
    other_route: bool
    months_apart: int

    def features(self) -> list[float]:
        same = self.place is Relation.SAME
        return [
            1.0,
            float(same),
            float(same and self.pinpointed),
            self.matter,
            self.manner,
            float(bool(self.same_aspects)),
            float(bool(self.other_aspects)),
            float(self.opposed),
            float(self.other_route),
            float(self.months_apart >= MONTHS_APART),
        ]


@dataclass(frozen=True, slots=True)
class Topic:
    """Aspects that are different facts though the words are alike."""

    codes: frozenset[str]
    vague: frozenset[str]
    aspects: Mapping[str, tuple[str, ...]]

    def named(self, said: str) -> frozenset[str]:
        words = {name: [word for word in words if word in said] for name, words in self.aspects.items()}
        heard = frozenset(name for name, found in words.items() if found)
        clear = frozenset(name for name in heard if set(words[name]) - self.vague)
        return clear or heard


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    return {
        name: Topic(
            frozenset(section["for"].split()),
            frozenset(section.get("vague", "").split()),
            {
                aspect: tuple(spoken(word) for word in words.split())
                for aspect, words in section.items()
                if aspect not in {"for", "vague"}
            },
        )
        for name, section in written("aspects").items()
    }


def aspects_of(said: str, codes: Iterable[str]) -> dict[str, frozenset[str]]:
    """Topic -> the aspects of it that a normalised text names, for the categories it may belong to."""
    likely = set(codes)
    found = {name: topic.named(said) for name, topic in topics().items() if likely & topic.codes}
    return {name: aspects for name, aspects in found.items() if aspects}


def likeness(one: Fact, other: Fact) -> Likeness | None:
    """None when place or matter rule out one fact."""
    matter = float(one.matter @ other.matter)
    place = compare(one.place, other.place) if matter > WORTH_COMPARING else Relation.APART
    if place is Relation.APART:
        return None
    shared = one.aspects.keys() & other.aspects.keys()
    same = {topic for topic in shared if one.aspects[topic] & other.aspects[topic]}
    return Likeness(
        place,
        bool(one.place.building or one.place.spot or one.place.side),
        matter,
        float(one.manner @ other.manner),
        tuple(sorted(same)),
        tuple(sorted(shared - same)),
        one.accused != other.accused,
        _apart_by_route(one.route, other.route),
        0 if NOTHING_NEW in (one.route, other.route) else _months(one.month, other.month),
    )


def _apart_by_route(one: str, other: str) -> bool:
    """A threat, a question for secrets or a favour asked is never the neighbour's complaint."""
    return one != other and bool(OF_ANOTHER_KIND & {one, other})


def _months(one: int | None, other: int | None) -> int:
    if one is None or other is None:
        return 0
    apart = abs(one - other)
    return min(apart, 12 - apart)


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of the evidence, learned from groups that people put together."""

    weights: tuple[float, ...]

    @classmethod
    def fitted(cls, facts: Sequence[Fact], groups: Sequence[str | None]) -> "Judge":
        rows, same = [], []
        matters = np.stack([fact.matter for fact in facts])
        for a, b in np.argwhere(np.triu(matters @ matters.T > WORTH_COMPARING, 1)).tolist():
            if like := likeness(facts[a], facts[b]):
                rows.append(like.features())
                same.append(float(groups[a] is not None and groups[a] == groups[b]))
        return cls(tuple(_logistic(np.array(rows), np.array(same)).tolist()))

    def score(self, like: Likeness) -> float:
        pushed = sum(weight * value for weight, value in zip(self.weights, like.features(), strict=True))
        return 1 / (1 + math.exp(-pushed))


def _logistic(rows: Floats, right: Floats) -> Floats:
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - likely) - SHRINK * weights
        bend = (rows.T * (likely * (1 - likely))) @ rows + SHRINK * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier text that may tell the same fact, how likely, and why (None: only through the others)."""

    id: str
    score: float
    why: Likeness | None


class Told:
    """The texts so far, put together by the fact they tell."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.ids: list[str] = []
        self.facts: list[Fact] = []
        self.thread_of: list[int] = []
        self.threads: dict[int, list[int]] = {}
        self.near: dict[str, list[int]] = {}

    def add(self, id_: str, fact: Fact) -> list[Repeat]:
        """Earlier texts of the same fact, all members of one thread, most alike first."""
        likes = self._likes(fact)
        thread = self._thread(likes)
        members = self.threads.get(thread, []) if thread is not None else []
        repeats = [Repeat(self.ids[number], *likes.get(number, THROUGH_OTHERS)) for number in members]
        self._keep(id_, fact, thread)
        return sorted(repeats, key=lambda repeat: -repeat.score)

    def _likes(self, fact: Fact) -> dict[int, tuple[float, Likeness]]:
        near = self.near.get(_neighbourhood(fact), ())
        compared = ((number, likeness(fact, self.facts[number])) for number in near)
        return {number: (self.judge.score(like), like) for number, like in compared if like}

    def _thread(self, likes: Mapping[int, tuple[float, Likeness]]) -> int | None:
        """The thread with a clear link whose members agree on the whole."""
        linked = {self.thread_of[number] for number, (score, _) in likes.items() if score >= SAME_FACT}
        agreed = {thread: self._agreement(thread, likes) for thread in linked}
        best = max(agreed, key=lambda thread: (agreed[thread], -thread), default=None)
        return best if best is not None and agreed[best] >= GROUP_HOLDS else None

    def _agreement(self, thread: int, likes: Mapping[int, tuple[float, Likeness]]) -> float:
        members = self.threads[thread]
        return sum(likes[number][0] for number in members if number in likes) / len(members)

    def _keep(self, id_: str, fact: Fact, thread: int | None) -> None:
        number = len(self.facts)
        self.ids.append(id_)
        self.facts.append(fact)
        self.thread_of.append(number if thread is None else thread)
        self.threads.setdefault(self.thread_of[number], []).append(number)
        self.near.setdefault(_neighbourhood(fact), []).append(number)


def _neighbourhood(fact: Fact) -> str:
    """和顺 and 和顺家园 are looked up together."""
    return fact.place.community[:2]
