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
MANY = 500
total, least = np.add.reduce, np.minimum.reduce


@dataclass(slots=True)
class Quote:
    """What a project would cost per point now, in ticks, give or take `off`.

    `purses` is the money of its supporters, `after` what each would have left, below zero for who cannot pay in full;
    `full_weight` the weight of those who can; `rest` what the division left over. `doubt` marks who may or may not be
    able to pay in full, None when that is certain. When it is None and nobody gives their last (`plain`), the price is
    exactly cost / full weight.
    """

    ticks: int
    off: int
    full_weight: int
    rest: int
    purses: Ints
    after: Ints
    doubt: Mask | None
    plain: bool


class Purses:
    """The money of every ballot when `fund` coins are shared equally among all voters."""

    def __init__(self, support: Support, fund: int) -> None:
        election = support.election
        self.support = support
        self.people = max(1, election.people)
        self.shift = BITS - (max(1, fund) * self.people * support.most_points).bit_length()
        self.supporters, self.totals = list(support.supporters), list(support.totals)
        self.costs = [self.in_ticks(cost) for cost in election.costs]
        self.share = self.in_ticks(fund) // self.people
        self.money: Ints = election.copies * self.share
        if fund > 0 and not self.share:
            raise ValueError("Too many people or points to count. / 人数或分数太大，数不了。")
        self.drift = 0 if self.shift >= 0 else self.people + len(election.projects)

    @property
    def per_coin(self) -> Fraction:
        """How many ticks make one coin."""
        return Fraction(self.people) * Fraction(2) ** self.shift

    def in_ticks(self, coins: int) -> int:
        """Rounded down where a coin is less than a tick."""
        return coins * self.people << self.shift if self.shift >= 0 else coins * self.people >> -self.shift

    def quote(self, project: int, start: int) -> Quote | None:
        """The price of a project, known to be at least `start`; None when its supporters surely cannot pay it.

        Those who cannot pay the price so far give their last, which raises the price for the others, until nobody else
        drops out. O(k) per step for k supporting ballots; rarely more than three steps.
        """
        weights, purses = self._of_supporters(project)
        cost, full_weight = self.costs[project], self.totals[project]
        ticks, rest = divmod(cost, full_weight)
        dropped, given = (0, 0) if start <= ticks else (-1, 0)
        ticks = max(ticks, start)
        while ticks <= self.share:
            after = purses - ticks * weights
            poor = after < 0 if ticks or not cost else purses == 0
            number = int(np.count_nonzero(poor))
            if number == dropped:
                return self._judged(
                    project, Quote(ticks, 0, full_weight, rest, purses, after, None, not given)
                )
            dropped, given = number, int(total(purses[poor]))
            full_weight = self.totals[project] - int(total(weights[poor]))
            if not full_weight:
                break
            ticks, rest = divmod(cost - given, full_weight)
        return self._barely(project, purses)

    def _barely(self, project: int, purses: Ints) -> Quote | None:
        """When nobody is left to pay in full, exact fractions say whether it is enough, unless it is surely not."""
        cost, held = self.costs[project], int(total(purses))
        if held < cost - self.drift or held == 0 < cost:
            return None
        return Quote(
            cost // self.totals[project], 0, self.totals[project], 0, purses, purses, purses > 0, plain=False
        )

    def _of_supporters(self, project: int) -> tuple[Ints, Ints]:
        """Weights and purses; once most of many have nothing left, those are looked at no more."""
        ballots, weights = self.supporters[project]
        purses = self.money.take(ballots)
        if len(purses) > MANY and 2 * np.count_nonzero(purses) < len(purses):
            some = np.flatnonzero(purses)
            ballots, weights, purses = ballots[some], weights[some], purses[some]
            self.supporters[project], self.totals[project] = (ballots, weights), int(total(weights))
        return weights, purses

    def _judged(self, project: int, quote: Quote) -> Quote:
        """Say how far off a price can be, and whether that leaves open who can pay it in full.

        When it does not, each who pays in full keeps more than `off` · weight, all together more than the drift: so
        they can surely pay.
        """
        if not self.drift and not quote.rest:
            return quote
        quote.off = (self.drift + quote.rest) // quote.full_weight + 2
        nearest = int(least(np.abs(quote.after)))
        if nearest <= quote.off * self.support.heaviest[project] + self.drift:
            self._look_closer(quote, self.supporters[project][1])
        return quote

    def _look_closer(self, quote: Quote, weights: Ints) -> None:
        """Find those in doubt; widen the bounds until those who surely pay in full outweigh all errors."""
        doubt = self._in_doubt(quote, weights)
        while doubt.any():
            full = int(weights[(quote.after > 0) & ~doubt].sum())
            if full == 0 or quote.off * full >= self.drift + quote.rest + quote.full_weight:
                quote.doubt = doubt if full else self._not_surely_poor(quote, weights)
                break
            quote.off *= 2
            doubt = self._in_doubt(quote, weights)

    def _in_doubt(self, quote: Quote, weights: Ints) -> Mask:
        """An empty purse is never in doubt."""
        near: Mask = np.abs(quote.after) <= quote.off * weights + self.drift
        return near & (quote.purses > 0)

    def _not_surely_poor(self, quote: Quote, weights: Ints) -> Mask:
        rich: Mask = quote.after + quote.off * weights + self.drift >= 0
        return rich & (quote.purses > 0)

    def pay(self, project: int, quote: Quote) -> tuple[Ints, Ints]:
        """Take the price from all supporters, when nothing is in doubt.

        Returns the ballots that gave their last, and those that paid in full and have nothing left.
        """
        ballots, _ = self.supporters[project]
        self.money[ballots] = np.maximum(quote.after, 0)
        self.drift += quote.rest
        last = even = ballots[:0]
        if not quote.plain:
            last = ballots[(quote.after < 0) & (quote.purses > 0)]
        if not quote.off:
            even = ballots[(quote.after == 0) & (quote.purses > 0)]
        return last, even

    def pay_exactly(self, project: int, price: Fraction, keeps: Mask, full_weight: int) -> None:
        """Take a price known exactly, in coins; `keeps` marks who has something left afterwards."""
        ballots, weights = self.supporters[project]
        left = np.maximum(self.money[ballots] - int(price * self.per_coin) * weights, 1)
        self.money[ballots] = np.where(keeps, left, 0)
        self.drift += full_weight + int(keeps.sum())
