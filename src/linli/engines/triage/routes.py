"""Texts that must not simply be dispatched: emergencies, matters before a court, other people's secrets.

An emergency counts when the danger is there now: past, feared and asked-about dangers are weighed down.
Regulation on handling complaints (接诉即办条例) §11: 110, 119, 120 and 122 are called at once; matters in
legal channels are pointed there; matters outside the duties are pointed to whom they belong.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from linli.engines.triage.words import HINT, NOT, SURE, Fired, Lexicon, compile_rules

NONE = "none"
EMERGENCY_UNITS = {
    "emergency_110": "派出所",
    "emergency_119": "消防救援站",
    "emergency_120": "急救中心120",
    "emergency_122": "交警大队",
}
NOTHING_NEW = "duplicate_no_new_fact"
ILLEGAL = "illegal"

SAYS = {SURE: 20, HINT: 7, NOT: -9}
FURTHER_SURE = 8
ENOUGH = 15
PRESSES, PAST, MAYBE, ASKING = "presses", "past", "maybe", "asking"
TEMPERS = {PRESSES: (8, 3), PAST: (-9, 2), MAYBE: (-12, 2), ASKING: (-12, 2)}


@dataclass(frozen=True, slots=True)
class Route:
    """Where to, and the words that say so."""

    name: str
    words: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return compile_rules("routes")


def route(text: str) -> Route:
    """The special route of a normalised text, "none" for nearly all."""
    fired = lexicon().fired(text)
    points = _points(fired)
    best = max(points, key=lambda name: (points[name], name), default=NONE)
    if points.get(best, 0) < ENOUGH:
        return Route(NONE)
    return Route(best, _words(fired, best))


def _points(fired: list[Fired]) -> dict[str, int]:
    heard = Counter((code, kind) for code, kind, _ in {(f.rule.code, f.rule.kind, f.words) for f in fired})
    temper = sum(points * min(heard[name, SURE], most) for name, (points, most) in TEMPERS.items())
    names = {code for code, kind in heard if kind == SURE and code not in TEMPERS}
    return {
        name: SAYS[SURE]
        + FURTHER_SURE * (heard[name, SURE] > 1)
        + sum(SAYS[kind] * heard[name, kind] for kind in (HINT, NOT))
        + (temper if name in EMERGENCY_UNITS else 0)
        for name in names
    }


def _words(fired: list[Fired], name: str) -> tuple[str, ...]:
    words = [word for one in fired if one.rule.code == name and one.rule.kind == SURE for word in one.words]
    return tuple(dict.fromkeys(words))
