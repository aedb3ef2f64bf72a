"""The method of equal shares with a fixed amount of money for everybody.

Everybody gets the same share. A project is bought at the smallest price per unit of utility at which its supporters can
pay it together (each at most what they have left); the cheapest in this sense goes first. Peters, Pierczyński, Skowron:
Proportional participatory budgeting with additive utilities (NeurIPS 2021).

Whole ticks propose (see purses); where they leave open who pays in full, whether supporters can pay at all, or which of
two projects is cheaper, that one question is answered by the exact ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf

import numpy as np

from linli.engines.budgeting.election import Ints
from linli.engines.budgeting.ledger import Ledger, Purchase
from linli.engines.budgeting.purses import Mask, Purses, Quote
from linli.engines.budgeting.support import Support

NEXT = 1 + 2**-5
DOWN, UP = 1 - 2**-50, 1 + 2**-50  # two roundings are less


@dataclass(slots=True)
class Exact:
    """A price in coins, and who gives their last for it, pays in full and has nothing left, or keeps something."""

    price: Fraction
    last: Ints
    full_weight: int
    even: Ints
    keeps: Mask


@dataclass(slots=True)
class Offer:
    """What a project would cost per unit of utility, in coins: between `low` and `high`."""

    project: int
    low: float
    high: float
    quote: Quote
    exact: Exact | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What was bought; those it tied with exactly, at which price; and the bounds that set it apart from the others."""

    project: int
    tied: tuple[int, ...]
    price: Fraction | None
    high: float
    runner_up: float


class Count:
    """One run of the method. `rounds` says what was bought in which order; `ledger` who paid what."""

    def __init__(self, support: Support, fund: int, ranks: Sequence[int]) -> None:
        self.support, self.fund, self.ranks = support, fund, ranks
        self.purses, self.ledger = Purses(support, fund), Ledger(support, fund)
        self.ticks = [0] * len(ranks)
        scale = float(self.purses.per_coin)
        self.scales = [scale * worth for worth in support.worth]
        firsts = [self._first(project) for project in range(len(ranks))]
        self.low = np.array(firsts, dtype=np.float64)
        self.rounds: list[Round] = []
        while offers := self._near():
            self._settle(offers)

    @cached_property
    def order(self) -> list[int]:
        return [bought.project for bought in self.rounds]

    @cached_property
    def cost(self) -> int:
        return self.support.election.cost_of(self.order)

    def _first(self, project: int) -> float:
        """Nothing is cheaper than when everybody can pay in full."""
        total = self.support.totals[project]
        if not total:
            return inf
        return self.support.election.costs[project] / (total * self.support.worth[project]) * DOWN

    def _near(self) -> list[Offer]:
        """All offers that may be the cheapest. Prices never fall, so old ones are lower bounds: most need no look.

        Those a little dearer are looked at too, so that a leap (see raising) knows how far they are.
        """
        best, offers = inf, []
        for project in np.argsort(self.low, kind="stable").tolist():
            if self.low[project] > best * NEXT or self.low[project] == inf:
                break
            offer = self._offer(project, best)
            self.low[project] = offer.low if offer else inf
            if offer:
                best = min(best, offer.high)
                offers.append(offer)
        return [offer for offer in offers if offer.low <= best]

    def _offer(self, project: int, best: float) -> Offer | None:
        """A project's price now; None, for good, when its supporters cannot pay it."""
        quote = self.purses.quote(project, self.ticks[project])
        if quote is None:
            return None
        self.ticks[project] = max(self.ticks[project], quote.ticks - quote.off)
        offer = Offer(project, self.ticks[project] / self.scales[project] * DOWN, inf, quote)
        if quote.doubt is None:
            offer.high = (quote.ticks + quote.off) / self.scales[project] * UP
        elif offer.low <= best:
            return self._exact_offer(project, quote)
        return offer

    def _exact_offer(self, project: int, quote: Quote) -> Offer | None:
        exact = self._resolved(project, quote)
        if exact is None:
            return None
        rate = float(exact.price / self.support.worth[project])
        return Offer(project, rate * DOWN, rate * UP, quote, exact)

    def _resolved(self, project: int, quote: Quote) -> Exact | None:
        """Decide exactly who can pay in full; None when all together cannot pay."""
        ballots, weights = self.purses.supporters[project]
        doubt = quote.doubt if quote.doubt is not None else np.zeros(len(ballots), dtype=bool)
        gives = (quote.purses > 0) & ~doubt & (quote.purses < quote.ticks * weights)
        full = (quote.purses > 0) & ~gives
        missing = self.support.election.costs[project] - self.ledger.left_with(ballots[gives])
        full_weight = int(weights[full].sum())
        doubtful = self._by_means(project, np.flatnonzero(doubt))
        for means, place in doubtful:
            if missing <= means * full_weight:
                break
            weight = int(weights[place])
            missing, full_weight = missing - means * weight, full_weight - weight
            gives[place], full[place] = True, False
        if not full_weight:
            return None
        price = missing / full_weight
        even = [place for means, place in doubtful if means == price]
        full[even] = False
        return Exact(price, ballots[gives], full_weight, ballots[even], full)

    def _by_means(self, project: int, places: Ints) -> list[tuple[Fraction, int]]:
        """What one person has left per point of the project, for these supporters, least first."""
        ballots, weights = self.purses.supporters[project]
        copies = self.support.election.copies
        place_of = {int(ballots[place]): int(place) for place in places}
        means = []
        for left, alike in self.ledger.each_left(ballots[places]) if len(places) else ():
            for ballot in alike.tolist():
                points = int(weights[place_of[ballot]]) // int(copies[ballot])
                means.append((left / points, place_of[ballot]))
        return sorted(means)

    def _settle(self, offers: list[Offer]) -> None:
        """Buy the cheapest; exactly equal ones go by the tie rule."""
        tied, price = self._cheapest(offers) if len(offers) > 1 else (offers, None)
        winner = min(tied, key=lambda offer: self.ranks[offer.project])
        among = tuple(sorted(offer.project for offer in tied))
        lows = [float(self.low[number]) for number in among]
        self.low[[*among]] = inf
        self.rounds.append(Round(winner.project, among, price, winner.high, float(self.low.min())))
        self.low[[*among]] = lows
        self._buy(winner)

    def _cheapest(self, offers: list[Offer]) -> tuple[list[Offer], Fraction]:
        prices = [self._exactly(offer) / self.support.worth[offer.project] for offer in offers]
        least = min(prices)
        return [offer for offer, price in zip(offers, prices, strict=True) if price == least], least

    def _exactly(self, offer: Offer) -> Fraction:
        if offer.exact is not None:
            return offer.exact.price
        if offer.quote.plain:
            return Fraction(self.support.election.costs[offer.project], offer.quote.full_weight)
        ballots, weights = self.purses.supporters[offer.project]
        gives = (offer.quote.purses > 0) & (offer.quote.purses < offer.quote.ticks * weights)
        return self.ledger.price(offer.project, ballots[gives], offer.quote.full_weight)

    def _buy(self, offer: Offer) -> None:
        project = offer.project
        self.low[project] = inf
        exact = offer.exact
        if exact is None:
            last, even = self.purses.pay(project, offer.quote)
            self.ledger.record(Purchase(project, last, offer.quote.full_weight, even))
        else:
            self.purses.pay_exactly(project, exact.price, exact.keeps, exact.full_weight)
            self.ledger.record(Purchase(project, exact.last, exact.full_weight, exact.even))
