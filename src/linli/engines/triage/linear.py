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
SLICE = 2048


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

    def alike(self, texts: Sequence[set[str]]) -> Floats:
        """How alike any two texts are, a slice of the vocabulary at a time to stay small."""
        numbered = [self.numbers(text) for text in texts]
        sums = np.zeros((len(texts), len(texts)))
        for start in range(0, len(self.index), SLICE):
            rows = np.zeros((len(texts), SLICE), dtype=np.float32)
            for row, (known, values) in zip(rows, numbered, strict=True):
                here = (known >= start) & (known < start + SLICE)
                row[known[here] - start] = values[here]
            sums += rows @ rows.T
        return sums


@dataclass(frozen=True, slots=True)
class Softmax:
    """Corrections to the scores of the word lists, one column for each answer."""

    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]

    @classmethod
    def fitted(cls, texts: Sequence[set[str]], scores: Floats, answers: Sequence[int]) -> "Softmax":
        vocabulary = Vocabulary.of(texts)
        right = np.eye(scores.shape[1])[list(answers)]
        alike, push = vocabulary.alike(texts), np.zeros_like(scores)
        for _ in range(STEPS):
            push -= (CAUTION * push - (right - probabilities(scores + alike @ push))) / (CAUTION + 1)
        weights = np.zeros((len(vocabulary.index), scores.shape[1]), dtype=np.float32)
        for text, pushed in zip(texts, push, strict=True):
            known, values = vocabulary.numbers(text)
            weights[known] += np.outer(values, pushed)
        return cls(vocabulary, weights)

    def correction(self, text: set[str]) -> Floats:
        known, values = self.vocabulary.numbers(text)
        return np.asarray(values.astype(np.float32) @ self.weights[known], dtype=np.float64)


def probabilities(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
