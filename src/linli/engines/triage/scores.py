"""From fired rules to one score for each answer."""

import math
from collections.abc import Sequence

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


def weight(one: Fired, answers: int) -> float:
    """The log of how much likelier the answer is once the rule has fired."""
    if one.rule.kind == NOT:
        return AGAINST
    return max(math.log(TRUST[one.rule.kind, one.rule.lone_character] * answers), 0.0)


def scores(fired: Sequence[Fired], answers: dict[str, int]) -> Floats:
    row = np.zeros(len(answers))
    for one in fired:
        number = answers.get(one.rule.code)
        if number is not None:
            row[number] += weight(one, len(answers))
    return row
