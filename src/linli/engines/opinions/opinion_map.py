"""The map of a conversation: where people stand, in which groups, and how each group voted on each statement."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.engines.opinions.components import Moments, components, projections
from linli.engines.opinions.conversation import AGREE, DISAGREE, Conversation, Floats, Id, Matrix
from linli.engines.opinions.grouping import GRID, MOST_GROUPS, Division, Ints, divide, on_grid

ENOUGH_VOTES = 7  # who voted on fewer stands on the map but in no group
LEAST_MEMBERS = 5
NO_GROUP = -1


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How groups voted: `agree`, `disagree` and `seen` are (groups, statements); who passed is seen and neither."""

    agree: Ints
    disagree: Ints
    seen: Ints

    @classmethod
    def of(cls, matrix: Matrix, groups: Ints, k: int) -> "Tally":
        inside = [groups == group for group in range(k)]

        def counted(cells: NDArray[np.bool_]) -> Ints:
            sums: Ints = np.array([np.count_nonzero(cells[rows], axis=0) for rows in inside], dtype=np.int64)
            return sums

        agree = counted(matrix.values == AGREE)
        disagree = counted(matrix.values == DISAGREE)
        return cls(agree, disagree, counted(matrix.seen > 0))


@dataclass(frozen=True, slots=True, eq=False)
class OpinionMap:
    """`centre` (statements,), `components` (2, statements), `positions` (people, 2) in steps of 0.0001,
    `groups` (people,) from 0, largest first, or -1 for who voted too little; `silhouettes` by number of groups."""

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    centre: Floats
    components: Floats
    positions: Floats
    groups: Ints
    k: int
    silhouettes: dict[int, float]
    tally: Tally

    @property
    def sizes(self) -> list[int]:
        return [int((self.groups == group).sum()) for group in range(self.k)]

    def members(self, group: int) -> list[Id]:
        return [self.participants[row] for row in np.flatnonzero(self.groups == group)]

    def middle(self, group: int) -> tuple[float, float]:
        """Where the group stands: the mean of its members, (0, 0) of none."""
        inside = np.rint(self.positions[self.groups == group] * GRID).astype(np.int64)
        if not len(inside):
            return 0.0, 0.0
        x, y = (int(total) / (GRID * len(inside)) for total in inside.sum(axis=0))
        return x, y

    def bits(self) -> bytes:
        """Everything computed, byte for byte: two equal maps have equal bits."""
        arrays = (self.centre, self.components, self.positions, self.groups)
        tally = (self.tally.agree, self.tally.disagree, self.tally.seen)
        names = repr((self.participants, self.statements, self.k, self.silhouettes)).encode()
        return names + b"".join(array.tobytes() for array in (*arrays, *tally))


def opinion_map(
    conversation: Conversation, *, k: int | None = None, least: int = LEAST_MEMBERS, votes: int = ENOUGH_VOTES
) -> OpinionMap:
    """The map of everybody who voted. The same votes in any order give the same bits.

    `k` asks for that many groups and gets the most below it that groups of `least` people allow; without it the
    number from 2 to 5 with the clearest silhouette is taken. Who voted on fewer than `votes` statements (or on
    fewer than all, if there are fewer) is in no group. O(people x statements² + statements³). ValueError: `k` or
    `least` make no sense.
    """
    matrix = conversation.matrix()
    return map_of(matrix, Moments.of(matrix.values, matrix.seen), k=k, least=least, votes=votes)


def map_of(
    matrix: Matrix,
    moments: Moments,
    *,
    k: int | None = None,
    least: int = LEAST_MEMBERS,
    votes: int = ENOUGH_VOTES,
) -> OpinionMap:
    """The same from a matrix in order and its moments, for whoever keeps them up to date."""
    if least < 1 or (k is not None and not 1 <= k <= MOST_GROUPS):
        raise ValueError(f"There are 1 to {MOST_GROUPS} groups of at least 1 person.")
    centre, directions = moments.centre(), components(moments)
    points = on_grid(projections(matrix, centre, directions))
    groups, division = _grouped(matrix, points, k=k, least=least, votes=votes)
    return OpinionMap(
        matrix.participants,
        matrix.statements,
        centre,
        directions,
        points / GRID,
        groups,
        division.k,
        division.silhouettes,
        Tally.of(matrix, groups, division.k),
    )


def _grouped(matrix: Matrix, points: Ints, *, k: int | None, least: int, votes: int) -> tuple[Ints, Division]:
    enough = matrix.seen.sum(axis=1) >= max(min(votes, len(matrix.statements)), 1)
    division = divide(points[enough], least=least, k=k)
    groups = np.full(len(points), NO_GROUP, dtype=np.int64)
    groups[enough] = division.labels
    return groups, division
