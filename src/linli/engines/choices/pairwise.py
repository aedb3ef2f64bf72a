"""Rules that compare the alternatives two by two. A ranked alternative is before every one left unranked.

Condorcet (1785); Copeland (1951); minimax by margins (Simpson 1969, Kramer 1977); Schulze by margins (Schulze 2011).
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from linli.engines.choices.ballots import Profile

Matrix = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Compared:
    """Winners by number; ``matrix[i][j]``: voters who put the i-th alternative before the j-th; a score each or none."""

    rule: str
    winners: tuple[int, ...]
    matrix: Matrix
    scores: dict[int, Fraction]


def preferred(profile: Profile) -> Matrix:
    """Alternatives × alternatives: how many voters put one before the other. O(orders × alternatives²)."""
    ranks, weights = profile.ranks, profile.weights
    size = len(profile.alternatives)
    matrix = np.zeros((size, size), dtype=np.int64)
    for i in range(size):
        matrix[i] = weights @ (ranks[:, [i]] < ranks)
    return matrix


def condorcet(profile: Profile) -> Compared:
    """The one that beats every other by a majority of those who prefer one of the two; often there is none."""
    matrix = preferred(profile)
    beats = matrix > matrix.T
    wins = beats.sum(axis=1)
    found = [i for i in range(len(wins)) if wins[i] == len(wins) - 1]
    return Compared("condorcet", _numbers(profile, found), matrix, {})


def copeland(profile: Profile) -> Compared:
    """One point for each other beaten, half a point for each tie."""
    matrix = preferred(profile)
    halves = 2 * (matrix > matrix.T).sum(axis=1) + (matrix == matrix.T).sum(axis=1) - 1
    return _best("copeland", profile, matrix, [Fraction(int(h), 2) for h in halves])


def minimax(profile: Profile) -> Compared:
    """The one whose worst defeat, by margin, is smallest; the score is that margin with its sign turned."""
    matrix = preferred(profile)
    against = matrix.T - matrix
    np.fill_diagonal(against, np.iinfo(np.int64).min)
    worst = against.max(axis=1) if len(against) > 1 else np.zeros(1, dtype=np.int64)
    return _best("minimax", profile, matrix, [Fraction(-int(w)) for w in worst])


def schulze(profile: Profile) -> Compared:
    """The one whose strongest path to every other is at least as strong as the path back. O(alternatives³)."""
    matrix = preferred(profile)
    paths = strongest(matrix - matrix.T)
    found = [i for i in range(len(paths)) if bool((paths[i] >= paths[:, i]).all())]
    return Compared("schulze", _numbers(profile, found), matrix, {})


def strongest(margins: Matrix) -> Matrix:
    """The strength of the strongest chain of victories from one alternative to another; 0 where there is none."""
    paths = np.maximum(margins, 0)
    for middle in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, [middle]], paths[[middle], :]))
    np.fill_diagonal(paths, 0)
    return paths


def borda(profile: Profile) -> Compared:
    """A point for each alternative put behind, half a point for each tie; those unranked are tied last (Borda 1784)."""
    matrix = preferred(profile)
    halves = (matrix + (profile.voters - matrix.T)).sum(axis=1) - profile.voters
    return _best("borda", profile, matrix, [Fraction(int(h), 2) for h in halves])


def _best(rule: str, profile: Profile, matrix: Matrix, scores: list[Fraction]) -> Compared:
    most = max(scores, default=Fraction(0))
    best = [i for i, score in enumerate(scores) if score == most]
    return Compared(
        rule, _numbers(profile, best), matrix, dict(zip(profile.alternatives, scores, strict=True))
    )


def _numbers(profile: Profile, found: list[int]) -> tuple[int, ...]:
    return tuple(profile.alternatives[i] for i in found)
