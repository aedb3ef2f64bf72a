"""A softmax over texts that starts from what the word lists say and learns only the rest.

Numbers here rank suggestions; nothing is decided by them, so floats are allowed.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

STEPS = 30
CAUTION = 0.3


def grams(text: str) -> set[str]:
    """Pieces of one to three characters that do not cross punctuation."""
    spoken = "".join(character if character.isalnum() else " " for character in text)
    pieces = (spoken[i : i + n] for n in (1, 2, 3) for i in range(len(spoken) - n + 1))
    return {piece for piece in pieces if " " not in piece}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces heard in at least two texts, with how telling each is."""

    index: dict[str, int]
    telling: Floats

    @classmethod
    def of(cls, texts: Sequence[set[str]]) -> "Vocabulary":
        heard = Counter(piece for text in texts for piece in text)
        kept = sorted(piece for piece, count in heard.items() if count > 1)
        telling = np.array([math.log(len(texts) / heard[piece]) + 0.5 for piece in kept])
        return cls({piece: number for number, piece in enumerate(kept)}, telling)

    def numbers(self, text: set[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        known = np.array([self.index[piece] for piece in text if piece in self.index], dtype=np.intp)
        values = self.telling[known]
        return known, values / max(float(np.linalg.norm(values)), 1e-9)

    def matrix(self, texts: Sequence[set[str]]) -> npt.NDArray[np.float32]:
        rows = np.zeros((len(texts), len(self.index)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known, values = self.numbers(text)
            row[known] = values
        return rows


@dataclass(frozen=True, slots=True)
class Softmax:
    """Corrections to the scores of the word lists, one column for each answer."""

    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]

    @classmethod
    def fitted(cls, texts: Sequence[set[str]], scores: Floats, answers: Sequence[int]) -> "Softmax":
        vocabulary = Vocabulary.of(texts)
        rows = vocabulary.matrix(texts)
        right = np.eye(scores.shape[1])[list(answers)]
        alike, push = (rows @ rows.T).astype(np.float64), np.zeros_like(scores)
        for _ in range(STEPS):
            push -= (CAUTION * push - (right - probabilities(scores + alike @ push))) / (CAUTION + 1)
        return cls(vocabulary, rows.T @ push.astype(np.float32))

    def correction(self, text: set[str]) -> Floats:
        known, values = self.vocabulary.numbers(text)
        return np.asarray(values.astype(np.float32) @ self.weights[known], dtype=np.float64)


def probabilities(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
