"""Everybody's money in whole ticks of a fine clockwork: fast, and never further from the truth than it says.

A tick is so small that all money together is about 2^61 of them. Sums of ticks are exact; only the division that gives
a price rounds (down). Let `drift` bound the sum over all ballots of |ticks - true money|. A purchase with rest r in its
division adds at most r to the drift: whoever gives their last is afterwards exactly at zero, and their error moves, like
their money, into the price of those who pay in full. So errors are conserved and do not multiply, and with full weight
R a price is off by at most drift / R + 1.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from linli.engines.budgeting.election import Ints
from linli.engines.budgeting.support import Support

Mask = NDArray[np.bool_]
BITS = 61


@dataclass(slots=True)
class Quote:
    """What a project would cost per point now, in ticks, give or take `off`.

    `purses` is the money of its supporters; `full_weight` the weight of those who would pay in full; `rest` what the
    division left over. `doubt` marks who may or may not be able to pay in full, None when that is certain. When it is
    None and nobody gives their last (`plain`), the price is exactly cost / full weight.
    """

    ticks: int
    off: int
    full_weight: int
    rest: int
    purses: Ints
    doubt: Mask | None
    plain: bool


class Purses:
    """The money of every ballot when `fund` coins are shared equally among all voters."""

    def __init__(self, support: Support, fund: int) -> None:
        election = support.election
        self.support = support
        self.people = max(1, election.people)
        self.shift = BITS - (max(1, fund) * self.people * support.most_points).bit_length()
        self.per_coin = Fraction(self.people) * Fraction(2) ** self.shift
        self.money: Ints = election.copies * (self.in_ticks(fund) // self.people)
        self.drift = 0 if self.shift >= 0 else self.people + len(election.projects)

    def in_ticks(self, coins: int | Fraction) -> int:
        """Rounded down where it is no whole number of ticks."""
        return int(coins * self.per_coin)

    def quote(self, project: int, start: int) -> Quote | None:
        """The price of a project, known to be at least `start`; None when its supporters surely cannot pay it.

        O(k) per step for k supporting ballots; rarely more than three steps.
        """
        ballots, weights = self.support.supporters[project]
        purses = self.money.take(ballots)
        cost, held = self.in_ticks(self.support.election.costs[project]), int(purses.sum())
        if held < cost - self.drift or held == 0 < cost:
            return None
        target = min(cost, held)
        ticks, given, full_weight = start, 0, 0
        while True:
            poor = purses < ticks * weights if ticks or not cost else purses == 0
            given = int(purses[poor].sum())
            full_weight = self.support.totals[project] - int(weights[poor].sum())
            price, rest = divmod(target - given, full_weight)
            if price <= ticks:
                break
            ticks = price
        sure = held >= cost + self.drift
        return self._judged(Quote(ticks, 0, full_weight, rest + cost - target, purses, None, not given), weights, sure)

    def _judged(self, quote: Quote, weights: Ints, sure: bool) -> Quote:
        """Say how far off a price can be, and whether that leaves open who can pay it in full."""
        if not self.drift and not quote.rest:
            return quote
        wrong = self.drift + quote.rest
        quote.off = wrong // quote.full_weight + 2
        doubt = self._in_doubt(quote, weights)
        while doubt.any() or not sure:
            full = int(weights[(quote.purses > quote.ticks * weights) & ~doubt].sum())
            if full == 0 or quote.off * full >= wrong + quote.full_weight:
                quote.doubt = doubt if full else self._not_surely_poor(quote, weights)
                break
            quote.off *= 2
            doubt = self._in_doubt(quote, weights)
        return quote

    def _in_doubt(self, quote: Quote, weights: Ints) -> Mask:
        """An empty purse is never in doubt."""
        near: Mask = np.abs(quote.purses - quote.ticks * weights) <= quote.off * weights + self.drift
        return near & (quote.purses > 0)

    def _not_surely_poor(self, quote: Quote, weights: Ints) -> Mask:
        poorest = (quote.ticks - quote.off) * weights - self.drift
        return (quote.purses >= poorest) & (quote.purses > 0)

    def pay(self, project: int, quote: Quote) -> Ints:
        """Take the price from all supporters, when nothing is in doubt. Returns the ballots that gave their last."""
        ballots, weights = self.support.supporters[project]
        after = quote.purses - quote.ticks * weights
        self.money[ballots] = np.maximum(after, 0)
        self.drift += quote.rest
        return ballots[(after < 0) & (quote.purses > 0)]

    def pay_exactly(self, project: int, price: Fraction, keeps: Mask, full_weight: int) -> None:
        """Take a price known exactly, in coins; `keeps` marks who has something left afterwards."""
        ballots, weights = self.support.supporters[project]
        left = np.maximum(self.money[ballots] - self.in_ticks(price) * weights, 1)
        self.money[ballots] = np.where(keeps, left, 0)
        self.drift += full_weight + int(keeps.sum())
