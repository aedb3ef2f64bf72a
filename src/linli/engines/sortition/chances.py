"""Everybody's chance to be drawn: as equal as the quotas allow (Flanigan, Gölz, Gupta, Hennig and Procaccia, Nature 2021).

Maximin makes the smallest chance as large as it can be; leximin then the second smallest, and so on. A lottery over
panels is found by column generation: a linear programme over the panels known so far, and an integer programme that
looks for a panel which would improve it; when there is none, the optimum is proved up to ``SLACK``. A pool with more
than ``FEW`` kinds of people begins from panels made for a solution in fractions and stops within ``NEAR_ENOUGH`` of its
bound, or after ``MANY`` panels; how far the least chance can be from the best possible is then stated.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy.optimize import OptimizeResult, linprog

from linli.engines.sortition.panels import Composition, Panels
from linli.engines.sortition.relaxed import approaching, target

Vector = npt.NDArray[np.float64]
SLACK = 1e-7
FEW, FIRST, MANY, BATCH, NEAR_ENOUGH = 250, 400, 700, 100, 5e-5
SHARES = 10**9
MAXIMIN, LEXIMIN = "maximin", "leximin"


@dataclass(frozen=True)
class Lottery:
    """Panels, as seats for each kind, with whole shares that add up to ``SHARES``; kinds that no panel can seat."""

    panels: Panels
    compositions: tuple[Composition, ...]
    shares: tuple[int, ...]
    never: frozenset[int]
    short: float = 0.0  # the least chance is at most this far below the best possible

    def chance_of_kind(self, at: int) -> Fraction:
        """The exact chance of each person of a kind under these shares."""
        seats = sum(share * seated[at] for share, seated in zip(self.shares, self.compositions, strict=True))
        return Fraction(seats, SHARES * self.panels.pool.kinds.sizes[at])

    def chances(self) -> dict[str, Fraction]:
        """Person → exact chance."""
        kinds = self.panels.pool.kinds.all
        return {
            person.id: chance
            for at, kind in enumerate(kinds)
            for chance in (self.chance_of_kind(at),)
            for person in kind.people
        }


class Search:
    """The panels known so far and what they make possible."""

    def __init__(self, panels: Panels) -> None:
        self.panels = panels
        self.sizes = np.array(panels.pool.kinds.sizes, dtype=float)
        self.known: dict[Composition, None] = {}
        self.bound = 1.0
        self.finished = False
        if len(self.sizes) > FEW:
            self._approach()
        self.never = self._cover()

    def _cover(self) -> frozenset[int]:
        """Seat every kind at least once; the kinds that cannot be seated at all."""
        seated = np.array(list(self.known), dtype=int).reshape(-1, len(self.sizes)).any(axis=0)
        never: set[int] = set()
        while not seated.all():
            missing = ~seated
            composition = self.panels.best(missing / self.sizes)
            fresh = (np.array(composition) > 0) & missing
            if not fresh.any():
                never = {int(at) for at in np.flatnonzero(missing)}
                break
            self.known[composition] = None
            seated |= fresh
        return frozenset(never)

    def _approach(self) -> None:
        """Panels for a solution in fractions, until a lottery over them is near its bound or there are many."""
        if not self.panels.possible:
            return
        aim = target(self.panels)
        self.bound = aim.least
        more = approaching(self.panels, aim.seats)
        everybody = list(range(len(self.sizes)))
        self.known.update(dict.fromkeys(islice(more, FIRST)))
        while len(self.known) < MANY and self.bound + float(self._programme(everybody, {}).fun) > NEAR_ENOUGH:
            self.known.update(dict.fromkeys(islice(more, BATCH)))
        self.finished = True

    @property
    def rates(self) -> Vector:
        """Known panels × kinds: the share of the kind that each panel seats."""
        rates: Vector = np.array(list(self.known), dtype=float) / self.sizes
        return rates

    def raise_least(self, settled: dict[int, float]) -> tuple[OptimizeResult, list[int]]:
        """The greatest least chance of the kinds not settled; the settled keep at least theirs."""
        open_ = [at for at in range(len(self.sizes)) if at not in settled and at not in self.never]
        while True:
            found = self._programme(open_, settled)
            if self.finished:
                return found, open_
            worth = np.zeros(len(self.sizes))
            duals = -found.ineqlin.marginals
            worth[[*open_, *settled]] = duals
            if not self._improve(worth / self.sizes, -found.eqlin.marginals[0]):
                return found, open_

    def _programme(self, open_: list[int], settled: dict[int, float]) -> OptimizeResult:
        rates = self.rates
        count = len(rates)
        above = np.c_[-rates[:, open_].T, np.ones(len(open_))]
        kept = np.c_[-rates[:, list(settled)].T, np.zeros(len(settled))]
        return linprog(
            np.r_[np.zeros(count), -1.0],
            A_ub=np.vstack([above, kept]), b_ub=np.r_[np.zeros(len(open_)), [-p for p in settled.values()]],
            A_eq=np.r_[np.ones(count), 0.0][None, :], b_eq=[1.0], method="highs",
        )  # fmt: skip

    def _improve(self, worth: Vector, bar: float) -> bool:
        """Add the panel worth most, if it is worth more than those in use."""
        composition = self.panels.best(worth)
        if float(np.dot(worth, composition)) <= bar + SLACK or composition in self.known:
            return False
        self.known[composition] = None
        return True


def lottery(panels: Panels, rule: str = MAXIMIN) -> Lottery:
    """A lottery over panels by ``maximin`` or ``leximin``. Impossible when no panel meets the quotas.

    The time is that of a few hundred integer programmes over the kinds of people; it does not depend on how many
    people there are of each kind.
    """
    search = Search(panels)
    settled: dict[int, float] = {}
    found, open_ = search.raise_least(settled)
    short = search.bound + float(found.fun) if search.finished else 0.0
    while rule == LEXIMIN and open_:
        least = -float(found.fun)
        tight = _tight(found, open_)
        settled.update(dict.fromkeys(tight, max(least - SLACK, 0.0)))
        if len(settled) + len(search.never) == len(search.sizes):
            break
        found, open_ = search.raise_least(settled)
    weights = np.maximum(found.x[:-1], 0.0)
    return _whole(panels, list(search.known), weights, search.never, short)


def _tight(found: OptimizeResult, open_: list[int]) -> list[int]:
    """The kinds whose chance cannot rise without another's falling: their price is not nothing."""
    prices = -found.ineqlin.marginals[: len(open_)]
    return [at for at, price in zip(open_, prices, strict=True) if price > SLACK] or [
        open_[int(np.argmax(prices))]
    ]


def _whole(
    panels: Panels, known: list[Composition], weights: Vector, never: frozenset[int], short: float
) -> Lottery:
    """Weights to whole shares of ``SHARES`` by largest remainder, panels in a fixed order, those without a share left out."""
    ordered = sorted(zip(known, (Fraction(float(w)) for w in weights), strict=True))
    total = sum((weight for _, weight in ordered), Fraction(0))
    exact = [weight * SHARES / total for _, weight in ordered]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[: SHARES - sum(shares)]:
        shares[i] += 1
    kept = [(composition, share) for (composition, _), share in zip(ordered, shares, strict=True) if share]
    return Lottery(panels, tuple(c for c, _ in kept), tuple(s for _, s in kept), never, short)
