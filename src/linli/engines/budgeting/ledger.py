"""The exact account of a count: what everybody paid and has left, as fractions over one common denominator.

Whoever still has money has paid the full price of every bought project on their ballot; so what a set of ballots has
left is its share minus a whole-number combination of the prices so far. Prices are worked out only when somebody asks
for an exact comparison, and then once: with t bought projects a price costs O(t) operations on integers whose length
grows by that of one supporter count per purchase.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from linli.engines.budgeting.election import Ints
from linli.engines.budgeting.support import Support


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project bought: the ballots that gave their last money for it, and the weight of those who paid in full.

    `even` paid in full and have nothing left, to the coin.
    """

    project: int
    last: Ints
    full_weight: int
    even: Ints


class Ledger:
    """Prices are per point: who gives a project k points pays k times the price, or all they have left."""

    def __init__(self, support: Support, fund: int) -> None:
        self.support, self.fund = support, fund
        self.purchases: list[Purchase] = []
        self.denominator = max(1, support.election.people)
        self.prices: list[int] = []

    def record(self, purchase: Purchase) -> None:
        self.purchases.append(purchase)

    def price_of(self, turn: int) -> Fraction:
        """The exact price of the purchase number `turn`."""
        self._catch_up()
        return Fraction(self.prices[turn], self.denominator)

    def left_with(self, ballots: Ints) -> Fraction:
        """What these ballots have left together; none of them may have given its last."""
        self._catch_up()
        return Fraction(self._left(ballots, len(self.prices)), self.denominator)

    def price(self, project: int, last: Ints, full_weight: int) -> Fraction:
        """The price of a project when the ballots in `last` give all they have and the rest pay in full."""
        cost = self.support.election.costs[project]
        return (cost - self.left_with(last)) / full_weight

    def each_left(self, ballots: Ints) -> list[tuple[Fraction, Ints]]:
        """What one person of each ballot has left, ballots that paid for the same together."""
        self._catch_up()
        pairs = self.support.pairs_of(ballots)
        lengths = self.support.starts[ballots + 1] - self.support.starts[ballots]
        rows = np.zeros((len(ballots), len(self.prices)), dtype=np.int64)
        turn = self._turns()[self.support.project[pairs]]
        of_row = np.repeat(np.arange(len(ballots)), lengths)
        rows[of_row[turn >= 0], turn[turn >= 0]] = self.support.points[pairs][turn >= 0]
        distinct, which = np.unique(rows, axis=0, return_inverse=True)
        which = which.reshape(-1)
        return [(self._one_left(row), ballots[which == number]) for number, row in enumerate(distinct)]

    def _one_left(self, row: Ints) -> Fraction:
        paid = sum(int(points) * price for points, price in zip(row, self.prices, strict=True) if points)
        return Fraction(self.fund, max(1, self.support.election.people)) - Fraction(paid, self.denominator)

    def _turns(self) -> Ints:
        """For each project at which turn it was bought, or -1."""
        turns = np.full(len(self.support.election.projects), -1, dtype=np.int64)
        for turn, purchase in enumerate(self.purchases):
            turns[purchase.project] = turn
        return turns

    def _left(self, ballots: Ints, turns: int) -> int:
        """The numerator of what these ballots have left after so many purchases."""
        election = self.support.election
        heads = int(election.copies[ballots].sum())
        share = self.fund * heads * (self.denominator // max(1, election.people))
        pairs = self.support.pairs_of(ballots)
        weights = np.bincount(
            self.support.project[pairs], weights=self.support.weights[pairs], minlength=len(election.projects)
        )
        paid = (
            int(weights[bought.project]) * price
            for bought, price in zip(self.purchases[:turns], self.prices, strict=True)
        )
        return share - sum(paid)

    def _catch_up(self) -> None:
        while len(self.prices) < len(self.purchases):
            self._settle(self.purchases[len(self.prices)])

    def _settle(self, purchase: Purchase) -> None:
        """Work out one more price and bring all to the new common denominator."""
        cost = self.support.election.costs[purchase.project] * self.denominator
        numerator = cost - self._left(purchase.last, len(self.prices))
        common = gcd(numerator, purchase.full_weight)
        factor = purchase.full_weight // common
        self.denominator *= factor
        self.prices = [price * factor for price in self.prices]
        self.prices.append(numerator // common)
