"""Whether two texts tell the same fact: place, matter, aspect, side, month and words, weighed together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from linli.engines.triage.linear import Floats
from linli.engines.triage.places import Place, Relation, compare, located
from linli.engines.triage.words import written

MONTHS_APART = 2
SAME_FACT = 0.5
GROUP_HOLDS = 0.3
TOLD_AS_SAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A text reduced to what tells facts apart."""

    place: Place
    shares: Floats
    pieces: frozenset[str]
    aspects: frozenset[tuple[str, str]]
    accused: bool
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two texts may tell the same fact. Everything a page needs for its sentence."""

    place: Relation
    matter: float
    words: tuple[str, ...]
    wording: float
    same_aspects: tuple[str, ...]
    other_aspects: tuple[str, ...]
    opposed: bool
    months_apart: int

    def features(self) -> list[float]:
        return [
            1.0,
            float(self.place is Relation.SAME),
            self.matter,
            self.wording,
            min(len(self.same_aspects), 2),
            min(len(self.other_aspects), 2),
            float(self.opposed),
            float(self.months_apart >= MONTHS_APART),
        ]
