"""Where people stand: the two directions in which their votes differ most.

Principal components of the vote matrix with every gap filled by the mean of its statement (Small, Bjorkegren,
Erkkilä, Shaw, Megill: Polis: scaling deliberation by mapping high dimensional opinion spaces, Recerca 26(2), 2021).
A filled and centred cell is zero where nobody voted, so the scatter of the statements needs only three tables of
whole numbers. Sums of whole numbers have no rounding: they are the same in any order, and can be kept up to date.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.engines.opinions.conversation import Floats, Matrix
from linli.engines.opinions.leading import leading

DIMENSIONS = 2
FLAT = 1e-9  # a direction with less than this share of the spread is none
UNSPREAD = 200_000  # multiplications
NARROWEST = 16
EVEN = 1 - 1e-9  # loadings this close to the largest are equally large


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over people for each pair of statements, all whole numbers, (statements, statements)."""

    values: Floats  # of value and value
    crossed: Floats  # of seen (row) and value (column)
    seen: Floats  # of seen and seen

    @classmethod
    def of(cls, values: NDArray[np.float32], seen: NDArray[np.float32]) -> "Moments":
        """O(people x statements²). Single precision is exact up to 16 million people."""
        pairs = ((values, values), (seen, values), (seen, seen))
        return cls(*(_products(*pair).astype(np.float64) for pair in pairs))

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.values + other.values, self.crossed + other.crossed, self.seen + other.seen)

    def __sub__(self, other: "Moments") -> "Moments":
        return Moments(self.values - other.values, self.crossed - other.crossed, self.seen - other.seen)

    def only(self, columns: NDArray[np.int64]) -> "Moments":
        chosen = np.ix_(columns, columns)
        return Moments(self.values[chosen], self.crossed[chosen], self.seen[chosen])

    def centre(self) -> Floats:
        """The mean vote on each statement, 0 where nobody voted."""
        votes = np.diagonal(self.seen)
        return np.diagonal(self.crossed) / np.maximum(votes, 1)

    def scatter(self) -> Floats:
        """Of the filled and centred matrix X: XᵀX."""
        centre = self.centre()
        leaning = centre[:, None] * self.crossed
        return self.values - leaning - leaning.T + np.outer(centre, centre) * self.seen


def _products(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """leftᵀ right. A few rows go in strips so small that no library spreads them over threads, which takes longer."""
    people, statements = left.shape
    strip = UNSPREAD // max(people * statements, 1)
    if strip < NARROWEST:
        return left.T @ right
    return np.concatenate(
        [left.T @ right[:, at : at + strip] for at in range(0, max(statements, 1), strip)], axis=1
    )


def components(moments: Moments) -> Floats:
    """The two main directions, (2, statements), each of length 1, or 0 when people do not differ that way.

    Signs are free in theory; here the first of the largest loadings is positive. O(statements³).
    """
    scatter = moments.scatter()
    found = np.zeros((DIMENSIONS, len(scatter)))
    total = max(float(np.trace(scatter)), 1.0)
    for place, (spread, direction) in enumerate(zip(*leading(scatter, DIMENSIONS), strict=True)):
        if spread > FLAT * total:
            found[place] = _upright(direction)
    return found


def _upright(direction: Floats) -> Floats:
    sizes = np.abs(direction)
    first = int(np.argmax(sizes >= sizes.max() * EVEN))
    return direction if direction[first] > 0 else -direction


def projections(matrix: Matrix, centre: Floats, directions: Floats) -> Floats:
    """Where each person stands, (people, 2): pushed outwards by √(statements / votes) if she voted on few."""
    values, seen = matrix.values.astype(np.float64), matrix.seen.astype(np.float64)
    plain = np.einsum("ps,ds->pd", values, directions) - np.einsum("ps,ds->pd", seen, directions * centre)
    votes = seen.sum(axis=1)
    scale: Floats = np.sqrt(len(matrix.statements) / np.maximum(votes, 1))
    placed: Floats = plain * scale[:, None]
    return placed
