"""Who paid what in a count by equal shares, exactly: the account of each project and of each voter."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from linli.engines.budgeting.election import Ints
from linli.engines.budgeting.shares import Count


@dataclass(frozen=True, slots=True)
class Bill:
    """How one project was paid: `full` people the whole price (per point), `last` people their last, together `rest`.

    `broke` supporters had nothing left to give. Amounts are exact, in coins.
    """

    project: int
    price: Fraction
    full: int
    last: int
    rest: Fraction
    broke: int


class Accounts:
    """The purchases of a finished count, one after the other. O(pairs + t²) for t purchases."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self.election = count.support.election
        self.ended = np.full(self.election.ballots, len(count.ledger.purchases), dtype=np.int64)
        for turn, purchase in reversed(list(enumerate(count.ledger.purchases))):
            self.ended[purchase.last] = self.ended[purchase.even] = turn

    @cached_property
    def bills(self) -> list[Bill]:
        return [self._bill(turn) for turn in range(len(self.count.ledger.purchases))]

    def _bill(self, turn: int) -> Bill:
        purchase = self.count.ledger.purchases[turn]
        ballots, _ = self.count.support.supporters[purchase.project]
        broke = self.election.votes_among(ballots[self.ended[ballots] < turn])
        last = self.election.votes_among(purchase.last)
        price = self.count.ledger.price_of(turn)
        rest = self.election.costs[purchase.project] - price * purchase.full_weight
        full = self.election.votes_among(ballots) - broke - last
        return Bill(purchase.project, price, full, last, rest if last else Fraction(0), broke)

    @property
    def share(self) -> Fraction:
        """What everybody had at the start."""
        return Fraction(self.count.fund, max(1, self.election.people))

    def receipt(self, voter: int) -> tuple[list[tuple[int, Fraction]], Fraction]:
        """What one voter (by place) paid for each bought project they support, and what they have left."""
        ballot = int(self.election.ballot_of[voter])
        pairs = self.count.support.pairs_of(np.array([ballot], dtype=np.int64))
        points = dict(
            zip(
                self.count.support.project[pairs].tolist(),
                self.count.support.points[pairs].tolist(),
                strict=True,
            )
        )
        left, paid = self.share, []
        for turn, project in enumerate(self.count.order):
            if project not in points or turn > self.ended[ballot]:
                continue
            gave = min(left, self.count.ledger.price_of(turn) * points[project])
            paid.append((project, gave))
            left -= gave
        return paid, left

    def left_with(self, project: int) -> Fraction:
        """What the supporters of a project have left at the end."""
        return self.count.ledger.left_with(self._solvent(project))

    def _solvent(self, project: int) -> Ints:
        ballots, _ = self.count.support.supporters[project]
        return ballots[self.ended[ballots] >= len(self.count.ledger.purchases)]
