"""Sequential Phragmén: voters earn at the same pace; a project is bought when its supporters can pay for it together.

In loads: a project would raise each supporter's load to (cost + the sum of their loads) / their number; the smallest
such load is bought next. Brill, Freeman, Janson, Lackner: Phragmén's voting methods and justified representation
(2017); with costs: Los, Christoff, Grossi: Proportional budget allocations (2022).
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from linli.engines.budgeting.election import Election

SLACK = 1e-9  # far above what adding the loads of millions of people in floats can lose


class Loads:
    """Everybody's load is that of the last project bought for them, so few different loads exist: all kept exactly."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.levels = [Fraction(0)]
        self.last = np.zeros(election.ballots, dtype=np.int64)
        order = np.argsort(election.on_project, kind="stable")
        cuts = np.searchsorted(election.on_project[order], np.arange(1, len(election.projects)))
        self.supporters = np.split(election.on_ballot[order], cuts)
        self.low = [self._first(number) for number in range(len(election.projects))]

    def _first(self, number: int) -> float:
        cost, votes = self.election.costs[number], self.election.votes[number]
        return cost / votes if votes and cost <= self.election.budget else float("inf")

    def _held(self, number: int) -> np.ndarray:
        """How many supporters stand at each level."""
        who = self.supporters[number]
        return np.bincount(self.last[who], weights=self.election.copies[who], minlength=len(self.levels))

    def exactly(self, number: int) -> Fraction:
        """The load that buying the project would give its supporters."""
        held = (
            (int(count), level) for count, level in zip(self._held(number), self.levels, strict=True) if count
        )
        owed = sum((count * level for count, level in held), Fraction(self.election.costs[number]))
        return owed / self.election.votes[number]

    def nearly(self, number: int, floats: np.ndarray) -> float:
        return float(self._held(number) @ floats + self.election.costs[number]) / self.election.votes[number]

    def cheapest(self) -> list[int]:
        """The projects with the smallest load, all that tie exactly. Loads never fall, so old ones are lower bounds."""
        floats = np.array([float(level) for level in self.levels])
        best, near = float("inf"), []
        for number in sorted(range(len(self.low)), key=self.low.__getitem__):
            if self.low[number] > best * (1 + SLACK) or self.low[number] == float("inf"):
                break
            self.low[number] = self.nearly(number, floats)
            best = min(best, self.low[number])
            near.append(number)
        close = [number for number in near if self.low[number] <= best * (1 + SLACK)]
        loads = {number: self.exactly(number) for number in close}
        return [number for number in close if loads[number] == min(loads.values())]

    def buy(self, number: int) -> None:
        self.levels.append(self.exactly(number))
        self.last[self.supporters[number]] = len(self.levels) - 1
        self.low[number] = float("inf")


def sequential_phragmen(election: Election, ranks: Sequence[int]) -> list[int]:
    """Project numbers in the order of choice.

    Projects that cost more than the whole budget do not take part; nobody buys what nobody voted for. Ends as soon as
    one of the projects that tie for the next place would overspend. O(m² n / v) at worst for m projects, n pairs of a
    ballot and a project.
    """
    loads, taken, left = Loads(election), [], election.budget
    while tied := loads.cheapest():
        if any(election.costs[number] > left for number in tied):
            break
        number = min(tied, key=ranks.__getitem__)
        loads.buy(number)
        taken.append(number)
        left -= election.costs[number]
    return taken
