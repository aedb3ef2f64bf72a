"""What a text asks for and which unit handles it, with the evidence. It suggests; people decide."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from linli.engines.triage import routes
from linli.engines.triage.catalogue import Labelled, categories, dispatch, labelled
from linli.engines.triage.linear import Floats, Softmax, grams, probabilities
from linli.engines.triage.places import spot_words
from linli.engines.triage.scores import scores
from linli.engines.triage.suggestion import Closed, Reason, Suggestion
from linli.engines.triage.text import normalise
from linli.engines.triage.urgency import urgency, usual_tier
from linli.engines.triage.words import KINDS, NOT, Fired, Lexicon, compile_rules

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬")
TYPE_NUMBERS = {name: number for number, name in enumerate(TYPES)}
CODES = tuple(category.code for category in categories())
CODE_NUMBERS = {code: number for number, code in enumerate(CODES)}

SHOWN = 3
CATALOGUE_COUNTS_AS = 3
EVIDENCE_SHOWN = 4
CORRECTION_WORTH_TELLING = 0.5

Experience = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model sees it."""

    text: str
    pieces: set[str]
    about: list[Fired]
    tone: list[Fired]
    code_scores: Floats
    type_scores: Floats


@dataclass(frozen=True, slots=True)
class Readers:
    """The rules every text is read with."""

    about: Lexicon
    tone: Lexicon

    @classmethod
    def of(cls, kinds: Iterable[str] = KINDS) -> "Readers":
        return cls(compile_rules("words", kinds), compile_rules("tone"))

    def read(self, text: str, place: str | None = None) -> Reading:
        said = normalise(text)
        about, tone = self.about.fired(f"{said} {spot_words(place)}"), self.tone.fired(said)
        return Reading(said, grams(said), about, tone, scores(about, CODE_NUMBERS), scores(tone, TYPE_NUMBERS))


@dataclass(frozen=True, slots=True)
class Model:
    """Word lists, a correction learned from filed texts, and who did such cases before."""

    readers: Readers
    codes: Softmax
    types: Softmax
    experience: Experience

    @classmethod
    def trained(cls, texts: Sequence[Labelled], closed: Sequence[Closed] = (), readers: Readers | None = None) -> "Model":
        readers = readers or Readers.of()
        told = [(readers.read(one.text, one.place), one.l2, one.type) for one in (*texts, *closed)]
        typed = [(reading, type_) for reading, _, type_ in told if type_]
        return cls(
            readers,
            Softmax.fitted(
                [reading.pieces for reading, _, _ in told],
                np.stack([reading.code_scores for reading, _, _ in told]),
                [CODE_NUMBERS[code] for _, code, _ in told],
            ),
            Softmax.fitted(
                [reading.pieces for reading, _ in typed],
                np.stack([reading.type_scores for reading, _ in typed]),
                [TYPE_NUMBERS[type_] for _, type_ in typed],
            ),
            Counter((one.l2, one.unit) for one in closed),
        )

    def suggest(self, text: str, place: str | None = None) -> Suggestion:
        reading = self.readers.read(text, place)
        correction = self.codes.correction(reading.pieces)
        code_shares = probabilities(reading.code_scores + correction)
        type_shares = probabilities(reading.type_scores + self.types.correction(reading.pieces))
        shares = dict(zip(CODES, code_shares.tolist(), strict=True))
        special, type_ = routes.route(reading.text), TYPES[int(type_shares.argmax())]
        l2 = best(shares)
        tier, why_so_soon = urgency(
            usual_tier(shares), code=l2[0], type_=type_, route=special, tone=reading.tone
        )
        units = self.units(shares, special)
        return Suggestion(
            type=type_,
            l1=best(by_parent(shares)),
            l2=l2,
            unit=units,
            urgency=tier,
            special_route=special.name,
            reasons=(
                *evidence(reading, l2[0], learned=bool(correction[CODE_NUMBERS[l2[0]]] > CORRECTION_WORTH_TELLING)),
                *self._why_unit(l2[0], units[0]),
                *((Reason("route", special.name, special.words),) if special.name != routes.NONE else ()),
                *why_so_soon,
            ),
        )

    def units(self, shares: Mapping[str, float], special: routes.Route) -> tuple[str, ...]:
        weights: Counter[str] = Counter()
        for code, share in shares.items():
            for unit, part in self._who(code).items():
                weights[unit] += share * part  # type: ignore[assignment]
        called = routes.EMERGENCY_UNITS.get(special.name)
        ranked = [unit for unit, _ in weights.most_common(SHOWN + 1) if unit != called]
        return tuple(([called] if called else []) + ranked)[:SHOWN]

    def _who(self, code: str) -> dict[str, float]:
        """The catalogue speaks until local experience outweighs it."""
        counts = Counter({dispatch()[code].first_unit: CATALOGUE_COUNTS_AS})
        counts.update({unit: n for (known, unit), n in self.experience.items() if known == code})
        return {unit: n / counts.total() for unit, n in counts.items()}

    def _why_unit(self, code: str, unit: str) -> tuple[Reason, ...]:
        done = self.experience.get((code, unit), 0)
        of = sum(n for (known, _), n in self.experience.items() if known == code)
        if done:
            return (Reason("experience", unit, count=done, of=of),)
        return (Reason("catalogue", unit),) if dispatch()[code].first_unit == unit else ()


def best(shares: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(shares, key=lambda code: (-shares[code], code))[:SHOWN])


def by_parent(shares: Mapping[str, float]) -> dict[str, float]:
    parents: dict[str, float] = {}
    for code, share in shares.items():
        parents[code[:2]] = parents.get(code[:2], 0.0) + share
    return parents


def evidence(reading: Reading, code: str, *, learned: bool) -> tuple[Reason, ...]:
    spoken = [one for one in reading.about if one.rule.code == code and one.rule.kind != NOT]
    spoken.sort(key=lambda one: (-len(one.words), -sum(map(len, one.words))))
    told = [Reason("words", code, one.words) for one in spoken[:EVIDENCE_SHOWN]]
    return (*told, *([Reason("learned", code)] if learned else []))


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Trained from the shipped texts at first use."""
    return Model.trained(labelled())
