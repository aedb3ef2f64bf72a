"""What a text asks for and which unit handles it, with the evidence. It suggests; people decide."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linli.engines.triage.catalogue import Labelled, categories, dispatch
from linli.engines.triage.linear import Floats, Softmax, grams, probabilities
from linli.engines.triage.places import spot_words
from linli.engines.triage.routes import EMERGENCY_UNITS, NONE, Route, route
from linli.engines.triage.scores import matter_scores, tone_scores
from linli.engines.triage.suggestion import Closed, Reason, Suggestion
from linli.engines.triage.text import normalise
from linli.engines.triage.urgency import TIERS, urgency
from linli.engines.triage.words import KINDS, NOT, Fired, Lexicon, compile_rules

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬")
TYPE_NUMBERS = {name: number for number, name in enumerate(TYPES)}
CODES = tuple(category.code for category in categories())
CODE_NUMBERS = {code: number for number, code in enumerate(CODES)}
PARENTS = tuple(sorted({code[:2] for code in CODES}))

SHOWN = 3
CATALOGUE_COUNTS_AS = 3
EVIDENCE_SHOWN = 4
WORDS_LEARNED_FROM = 1500
CORRECTION_WORTH_TELLING = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model sees it."""

    text: str
    pieces: set[str]
    about: list[Fired]
    tone: list[Fired]
    route: Route
    code_scores: Floats
    type_scores: Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading after what was learned."""

    reading: Reading
    code_scores: Floats
    type_scores: Floats

    def correction(self, code: str) -> float:
        number = CODE_NUMBERS[code]
        return float(self.code_scores[number] - self.reading.code_scores[number])


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
        return Reading(
            said,
            grams(said),
            about,
            tone,
            route(said),
            matter_scores(about, CODE_NUMBERS),
            tone_scores(tone, TYPE_NUMBERS),
        )


def membership(names: Sequence[str], of: Sequence[str]) -> Floats:
    """One row for each name, one column for each of the codes: 1 where the code belongs to the name."""
    return np.array([[float(name == one) for one in of] for name in names])


@dataclass(frozen=True, slots=True)
class Experience:
    """Who does such cases: the catalogue speaks until local closed cases outweigh it."""

    done: Mapping[tuple[str, str], int]
    units: tuple[str, ...]
    shares: Floats

    @classmethod
    def of(cls, closed: Iterable[Closed]) -> "Experience":
        done = Counter((one.l2, one.unit) for one in closed)
        weights = Counter({(code, dispatch()[code].first_unit): CATALOGUE_COUNTS_AS for code in CODES}) + done
        units = tuple(sorted({unit for _, unit in weights}))
        table = np.array([[float(weights[code, unit]) for unit in units] for code in CODES])
        return cls(done, units, table / table.sum(axis=1, keepdims=True))

    def ranked(self, code_shares: Floats, special: Route) -> tuple[str, ...]:
        called = EMERGENCY_UNITS.get(special.name)
        order = np.argsort(-(code_shares @ self.shares), kind="stable")[: SHOWN + 1]
        others = [self.units[number] for number in order if self.units[number] != called]
        return tuple(([called] if called else []) + others)[:SHOWN]

    def why(self, code: str, unit: str) -> tuple[Reason, ...]:
        if count := self.done.get((code, unit), 0):
            of = sum(n for (known, _), n in self.done.items() if known == code)
            return (Reason("experience", unit, count=count, of=of),)
        return (Reason("catalogue", unit),) if dispatch()[code].first_unit == unit else ()


@dataclass(frozen=True, slots=True)
class Model:
    """Word lists, a correction learned from filed texts, and who did such cases before."""

    readers: Readers
    codes: Softmax
    types: Softmax
    experience: Experience

    @classmethod
    def trained(
        cls, readers: Readers, shipped: Sequence[tuple[Reading, Labelled]], closed: Sequence[Closed] = ()
    ) -> "Model":
        """Words are learned from the newest closed cases (oldest first), experience from all."""
        told: list[tuple[Reading, str, str | None]] = [
            (reading, one.l2, one.type) for reading, one in shipped
        ]
        newest = closed[-WORDS_LEARNED_FROM:]
        told += [(readers.read(one.text, one.place), one.l2, one.type) for one in newest]
        typed = [(reading, type_) for reading, _, type_ in told if type_]
        codes = Softmax.fitted(
            [reading.pieces for reading, _, _ in told],
            np.stack([reading.code_scores for reading, _, _ in told]),
            [CODE_NUMBERS[code] for _, code, _ in told],
        )
        types = Softmax.fitted(
            [reading.pieces for reading, _ in typed],
            np.stack([reading.type_scores for reading, _ in typed]),
            [TYPE_NUMBERS[type_] for _, type_ in typed],
        )
        return cls(readers, codes, types, Experience.of(closed))

    def judge(self, reading: Reading) -> Judged:
        return Judged(
            reading,
            reading.code_scores + self.codes.correction(reading.pieces),
            reading.type_scores + self.types.correction(reading.pieces),
        )

    def suggest(self, judged: Judged) -> Suggestion:
        reading, shares = judged.reading, probabilities(judged.code_scores)
        type_ = TYPES[int(judged.type_scores.argmax())]
        l2 = best(CODES, shares)
        units = self.experience.ranked(shares, reading.route)
        usual = best(TIERS, TIER_OF_CODE @ shares)[0]
        tier, why_so_soon = urgency(usual, code=l2[0], type_=type_, route=reading.route, tone=reading.tone)
        learned = judged.correction(l2[0]) > CORRECTION_WORTH_TELLING
        reasons = (
            *evidence(reading, l2[0], learned=learned),
            *self.experience.why(l2[0], units[0]),
            *called_for(reading.route),
            *why_so_soon,
        )
        parents = best(PARENTS, PARENT_OF_CODE @ shares)
        return Suggestion(type_, parents, l2, units, tier, reading.route.name, reasons)


def best(names: Sequence[str], shares: Floats) -> tuple[str, ...]:
    return tuple(names[number] for number in np.argsort(-shares, kind="stable")[:SHOWN])


def evidence(reading: Reading, code: str, *, learned: bool) -> tuple[Reason, ...]:
    """The words that speak for the category, the most telling first."""
    spoken = [one for one in reading.about if one.rule.code == code and one.rule.kind != NOT]
    spoken.sort(key=lambda one: (-len(one.words), -sum(map(len, one.words))))
    told = dict.fromkeys(Reason("words", code, one.words) for one in spoken)
    return (*list(told)[:EVIDENCE_SHOWN], *([Reason("learned", code)] if learned else []))


def called_for(special: Route) -> tuple[Reason, ...]:
    return (Reason("route", special.name, special.words),) if special.name != NONE else ()


PARENT_OF_CODE = membership(PARENTS, [code[:2] for code in CODES])
TIER_OF_CODE = membership(TIERS, [dispatch()[code].urgency for code in CODES])
