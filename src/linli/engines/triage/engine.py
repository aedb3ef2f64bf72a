"""The engine as others use it: suggest, learn from closed cases, find repeats."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from linli.engines.triage.catalogue import Labelled, labelled
from linli.engines.triage.duplicates import Fact, Judge, Repeat, Told, aspects_of, pairs_of, wording
from linli.engines.triage.linear import probabilities
from linli.engines.triage.model import CODES, Model, Readers, Reading
from linli.engines.triage.places import located
from linli.engines.triage.suggestion import Closed, Suggestion
from linli.engines.triage.text import normalise

DOUBT = 0.7
LIKELY_CODES = 2
ACCUSED = "accused"

Earlier = tuple[str, str, str | None]


@dataclass(frozen=True)
class Triage:
    """A trained model and what it was trained on. It explains itself and never decides alone."""

    texts: tuple[Labelled, ...]
    closed: tuple[Closed, ...]
    model: Model
    judge: Judge

    @classmethod
    def default(cls) -> "Triage":
        """Trained from the shipped texts at first use, then kept."""
        return _default()

    @classmethod
    def trained(
        cls, texts: Iterable[Labelled], closed: Iterable[Closed] = (), readers: Readers | None = None
    ) -> "Triage":
        known, done = tuple(texts), tuple(closed)
        draft = cls(known, done, Model.trained(known, done, readers), Judge(()))
        facts = [draft.fact(one.text, one.place, one.season_month) for one in known]
        judge = Judge.fitted(facts, [one.group for one in known])
        return cls(known, done, draft.model, judge)

    def learn(self, closed: Iterable[Closed]) -> "Triage":
        """A new engine that also knows these local cases; the old one stays as it is."""
        done = (*self.closed, *closed)
        return Triage(self.texts, done, Model.trained(self.texts, done, self.model.readers), self.judge)

    def suggest(
        self,
        text: str,
        channel: str | None = None,
        place: str | None = None,
        season_month: int | None = None,
    ) -> Suggestion:
        """Channel and month are taken so that callers need not know what the model uses today."""
        return self.model.suggest(self.model.readers.read(text, place))

    def duplicates(
        self, text: str, place: str | None, candidates: Sequence[Earlier]
    ) -> list[tuple[str, float, Repeat]]:
        """Earlier texts of the same fact: (id, score, why), best first."""
        told = Told(self.judge)
        for id_, earlier, where in candidates:
            told.add(id_, self.fact(earlier, where))
        return [(repeat.id, repeat.score, repeat) for repeat in told.add("", self.fact(text, place))]

    def fact(self, text: str, place: str | None, month: int | None = None) -> Fact:
        return self.fact_of(self.model.readers.read(text, place), place, month)

    def fact_of(self, reading: Reading, place: str | None, month: int | None = None) -> Fact:
        code_scores, type_scores = self.model.judged(reading)
        likely = np.argpartition(-code_scores, LIKELY_CODES)[:LIKELY_CODES]
        return Fact(
            place=located(reading.text, place),
            matter=np.sqrt(probabilities(DOUBT * code_scores)).astype(np.float32),
            manner=np.sqrt(probabilities(type_scores)).astype(np.float32),
            wording=wording(reading.text, place, self._telling, self._unheard),
            aspects=aspects_of(reading.text, [CODES[number] for number in likely]),
            accused=any(one.rule.code == ACCUSED for one in reading.tone),
            route=reading.route.name,
            month=month,
        )

    @cached_property
    def _telling(self) -> Mapping[str, float]:
        """How telling a pair of characters is: the rarer, the more."""
        heard = Counter(piece for one in self.texts for piece in pairs_of(normalise(one.text)))
        return {piece: math.log(len(self.texts) / count) + 0.5 for piece, count in heard.items()}

    @cached_property
    def _unheard(self) -> float:
        return math.log(len(self.texts)) + 0.5


@lru_cache(maxsize=1)
def _default() -> Triage:
    return Triage.trained(labelled())


class Stream:
    """Texts one after another: a suggestion for each, and which earlier ones it repeats."""

    def __init__(self, triage: Triage) -> None:
        self.triage = triage
        self.told = Told(triage.judge)

    def tell(
        self, id_: str, text: str, place: str | None, month: int | None = None
    ) -> tuple[Suggestion, list[Repeat]]:
        reading = self.triage.model.readers.read(text, place)
        repeats = self.told.add(id_, self.triage.fact_of(reading, place, month))
        return self.triage.model.suggest(reading), repeats
