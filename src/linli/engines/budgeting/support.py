"""Who supports what, and how much it is worth to them, laid out for counting."""

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np

from linli.engines.budgeting.election import Election, Ints
from linli.engines.budgeting.options import Utility


@dataclass(frozen=True)
class Support:
    """Pairs of a ballot and a project that is worth something to it, ballot by ballot.

    People with equal ballots always have equal money, so a ballot stands for all its `copies`: it holds their money
    together, and pays together. A project is worth `worth[p]` · `points` to each of them. Pairs worth nothing are left
    out. `points` share no common factor.
    """

    election: Election
    ballot: Ints
    project: Ints
    points: Ints
    worth: list[int]

    @cached_property
    def weights(self) -> Ints:
        """Points of all who cast the ballot, for each pair."""
        weights: Ints = self.points * self.election.copies[self.ballot]
        return weights

    @cached_property
    def most_points(self) -> int:
        return int(self.points.max(initial=1))

    @cached_property
    def starts(self) -> Ints:
        """Where each ballot's pairs begin; one entry more than there are ballots."""
        return np.searchsorted(self.ballot, np.arange(self.election.ballots + 1))

    @cached_property
    def supporters(self) -> list[tuple[Ints, Ints]]:
        """For each project the ballots that support it and their weights."""
        order = np.argsort(self.project, kind="stable")
        cuts = np.searchsorted(self.project[order], np.arange(1, len(self.election.projects)))
        ballots, weights = np.split(self.ballot[order], cuts), np.split(self.weights[order], cuts)
        return list(zip(ballots, weights, strict=True))

    @cached_property
    def totals(self) -> list[int]:
        """The weight of all supporters of each project."""
        return [int(weights.sum()) for _, weights in self.supporters]

    @cached_property
    def heaviest(self) -> list[int]:
        """The greatest weight among the supporters of each project."""
        return [int(weights.max(initial=0)) for _, weights in self.supporters]

    @cached_property
    def twins(self) -> list[int]:
        """A number for each project, equal for those of equal cost and equal supporters: they cost alike at all times."""
        seen: dict[tuple[int, bytes, bytes], int] = {}
        marks = zip(self.election.costs, self.supporters, strict=True)
        keys = [(cost, ballots.tobytes(), weights.tobytes()) for cost, (ballots, weights) in marks]
        return [seen.setdefault(key, len(seen)) for key in keys]

    def pairs_of(self, ballots: Ints) -> Ints:
        """The numbers of all pairs of these ballots, in their order."""
        first, length = self.starts[ballots], self.starts[ballots + 1] - self.starts[ballots]
        ends = np.cumsum(length)
        return np.repeat(first - (ends - length), length) + np.arange(int(ends[-1]) if len(ends) else 0)


def support(election: Election, utility: Utility) -> Support:
    """Lay out an election for a utility. O(pairs)."""
    if utility in (Utility.BORDA, Utility.CUMULATIVE):
        keep, points = election.points > 0, election.points
        worth = [1] * len(election.projects)
    else:
        worth = election.costs if utility is Utility.COST else [1] * len(election.projects)
        keep = np.array([value > 0 for value in worth], dtype=bool)[election.on_project]
        points = np.ones_like(election.points)
    kept = points[keep]
    common = gcd(*kept.tolist()) or 1
    return Support(election, election.on_ballot[keep], election.on_project[keep], kept // common, worth)
