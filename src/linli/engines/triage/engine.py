"""The engine as others use it: suggest, learn from closed cases, find repeats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from linli.engines.triage.catalogue import Labelled, labelled
from linli.engines.triage.duplicates import Fact, Judge, Repeat, Told, aspects_of
from linli.engines.triage.linear import probabilities
from linli.engines.triage.model import CODES, Judged, Model, Readers
from linli.engines.triage.places import located
from linli.engines.triage.suggestion import Closed, Suggestion

DOUBT = 0.7
LIKELY_CODES = 2
ACCUSED = "accused"

Earlier = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
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
        known, done, rules = tuple(texts), tuple(closed), readers or Readers.of()
        readings = [rules.read(one.text, one.place) for one in known]
        model = Model.trained(rules, list(zip(readings, known, strict=True)), done)
        facts = [
            fact_of(model.judge(reading), one.place, one.season_month)
            for reading, one in zip(readings, known, strict=True)
        ]
        return cls(known, done, model, Judge.fitted(facts, [one.group for one in known]))

    def learn(self, closed: Iterable[Closed]) -> "Triage":
        """A new engine that also knows these local cases; the old one stays as it is."""
        rules, done = self.model.readers, (*self.closed, *closed)
        shipped = [(rules.read(one.text, one.place), one) for one in self.texts]
        return Triage(self.texts, done, Model.trained(rules, shipped, done), self.judge)

    def suggest(
        self,
        text: str,
        channel: str | None = None,
        place: str | None = None,
        season_month: int | None = None,
    ) -> Suggestion:
        """Channel and month are taken so that callers need not know what the model uses today."""
        return self.model.suggest(self.judged(text, place))

    def duplicates(
        self, text: str, place: str | None, candidates: Sequence[Earlier]
    ) -> list[tuple[str, float, Repeat]]:
        """Earlier texts of the same fact: (id, score, why), best first."""
        told = Told(self.judge)
        for id_, earlier, where in candidates:
            told.add(id_, self.fact(earlier, where))
        return [(repeat.id, repeat.score, repeat) for repeat in told.add("", self.fact(text, place))]

    def fact(self, text: str, place: str | None, month: int | None = None) -> Fact:
        return fact_of(self.judged(text, place), place, month)

    def judged(self, text: str, place: str | None) -> Judged:
        return self.model.judge(self.model.readers.read(text, place))


def fact_of(judged: Judged, place: str | None, month: int | None = None) -> Fact:
    reading, code_scores = judged.reading, judged.code_scores
    likely = np.argpartition(-code_scores, LIKELY_CODES)[:LIKELY_CODES]
    return Fact(
        place=located(reading.text, place),
        matter=np.sqrt(probabilities(DOUBT * code_scores)).astype(np.float32),
        manner=np.sqrt(probabilities(judged.type_scores)).astype(np.float32),
        aspects=aspects_of(reading.text, [CODES[number] for number in likely]),
        accused=any(one.rule.code == ACCUSED for one in reading.tone),
        route=reading.route.name,
        month=month,
    )


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
        judged = self.triage.judged(text, place)
        repeats = self.told.add(id_, fact_of(judged, place, month))
        return self.triage.model.suggest(judged), repeats
