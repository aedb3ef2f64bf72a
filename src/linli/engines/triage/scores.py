"""From fired rules to one score for each answer."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from linli.engines.triage.words import EVERYDAY, HINT, NOT, SURE, Fired

Floats = npt.NDArray[np.float64]

# How often a rule of its kind is right, guessed before any text was read, and never fitted.
TRUST = {
    (SURE, False): 0.5,
    (SURE, True): 0.25,
    (HINT, False): 0.12,
    (HINT, True): 0.06,
    (EVERYDAY, False): 0.3,
    (EVERYDAY, True): 0.15,
}
AGAINST = -1.0
GENERAL_QUESTIONS, NOTHING_SAID = "1707", 5.0
TONE = {SURE: 1.0, HINT: 0.3, NOT: -1.0}


@lru_cache(maxsize=64)
def weight(kind: str, lone_character: bool, answers: int) -> float:
    """The log of how much likelier the answer is once a rule of this kind has fired."""
    return AGAINST if kind == NOT else max(math.log(TRUST[kind, lone_character] * answers), 0.0)


def matter_scores(fired: Sequence[Fired], answers: dict[str, int]) -> Floats:
    """A text that says nothing known is for the general desk."""
    row = [0.0] * len(answers)
    for one in fired:
        rule = one.rule
        row[answers[rule.code]] += weight(rule.kind, rule.lone_character, len(answers))
    if max(row) <= 0:
        row[answers[GENERAL_QUESTIONS]] = NOTHING_SAID
    return np.array(row)


def tone_scores(fired: Sequence[Fired], answers: dict[str, int]) -> Floats:
    """Few answers, each told by many small words: plain points."""
    row = [0.0] * len(answers)
    for one in fired:
        if one.rule.code in answers:
            row[answers[one.rule.code]] += TONE[one.rule.kind]
    return np.array(row)
