"""The add1 completion: everybody's share grows by one unit of the currency until the budget is used.

Every step would be a whole count. Most are spared: when the counts at two shares buy the same in the same order, and in
each round what was bought is, at the lower share, cheaper than every other project at the higher share, then every
share between buys the same. For while the purchases are the same, more money only leaves more to everybody and makes
every project cheaper, the bought ones too (by induction over the rounds). A project tied with the bought one counts as
set apart when the tie holds exactly, at the same price, at both ends: its price cannot have moved between. Or when the
two have the same supporters and the same cost, for then they tie at every share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.engines.budgeting.greedy import is_exhaustive
from linli.engines.budgeting.options import Stop
from linli.engines.budgeting.shares import Count, Round
from linli.engines.budgeting.support import Support


@dataclass(frozen=True, slots=True)
class Raised:
    """The count that stands, by how many units each share was raised for it, why no further, and how many counts it took."""

    count: Count
    steps: int
    ended: str
    counts: int


def raise_shares(support: Support, ranks: Sequence[int], stop: Stop) -> Raised:
    """Count with the budget shared out, then with one unit more for everybody, and so on.

    Ends before the first count that overspends, or at once when no further project fits (with
    :attr:`Stop.EXHAUSTIVE`), or when everything anybody voted for is bought.
    """
    return _Raise(support, ranks, stop).run()


class _Raise:
    def __init__(self, support: Support, ranks: Sequence[int], stop: Stop) -> None:
        self.support, self.ranks, self.stop = support, ranks, stop
        self.election = support.election
        self.wanted = sum(total > 0 for total in support.totals)
        self.known: dict[int, Count] = {}
        self.made = 0

    def run(self) -> Raised:
        """Leaps double where they land on a multiple, so that a count made for one that failed serves a later one."""
        steps, leap = 0, 1
        while not (ended := self._ended(steps)):
            ahead = steps + leap
            if leap == 1 and self._overspends(ahead):
                ended = "overspend"
                break
            if leap == 1 or same_between(self._count(steps), self._count(ahead)):
                steps = ahead
                self.known = {key: count for key, count in self.known.items() if key >= steps}
                leap *= 1 + (steps % (2 * leap) == 0)
            else:
                leap //= 2
        return Raised(self._count(steps), steps, ended, self.made)

    def _count(self, steps: int) -> Count:
        if steps not in self.known:
            fund = self.election.budget + steps * self.election.unit * self.election.people
            self.known[steps] = Count(self.support, fund, self.ranks)
            self.made += 1
        return self.known[steps]

    def _overspends(self, steps: int) -> bool:
        return self._count(steps).cost > self.election.budget

    def _ended(self, steps: int) -> str:
        """Why the count at this share is the last; empty when it is not."""
        order = self._count(steps).order
        if self.stop is Stop.EXHAUSTIVE and is_exhaustive(self.election, order):
            return "exhaustive"
        return "all bought" if len(order) == self.wanted else ""


def same_between(lower: Count, higher: Count) -> bool:
    """Whether every share between two is certain to buy the same in the same order."""
    if lower.order != higher.order:
        return False
    twins = lower.support.twins
    return all(
        _set_apart(below, above, twins) for below, above in zip(lower.rounds, higher.rounds, strict=True)
    )


def _set_apart(below: Round, above: Round, twins: Sequence[int]) -> bool:
    if above.runner_up <= below.high or below.tied != above.tied:
        return False
    return below.price == above.price or len({twins[project] for project in below.tied}) == 1
