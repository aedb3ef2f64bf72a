"""Rules that give each ballot one vote, in one round or several, counted exactly.

Instant run-off (Ware 1871; each round the one with the fewest votes goes and its ballots move on), the two-round system,
plurality. Where several have the fewest votes, the round before decides, then the one before that; where no earlier
round tells them apart they go together; where nobody else is left, all of them have won.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

import numpy as np
import numpy.typing as npt

from linli.engines.choices.ballots import UNRANKED, Overvotes, Profile, Ranks, Skipped

Totals = dict[int, Fraction]


class Ties:
    """Who goes when several have the fewest votes."""

    TOGETHER = "together"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Round:
    """The votes of one round by number, those that count for nobody any more, and who goes."""

    totals: Totals
    exhausted: Fraction
    out: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    """Winners by number and every round that led to them."""

    rule: str
    winners: tuple[int, ...]
    rounds: tuple[Round, ...]


def irv(
    profile: Profile, overvotes: Overvotes = Overvotes.SKIP, skipped: Skipped = Skipped.IGNORE,
    ties: str = Ties.TOGETHER,
) -> Counted:  # fmt: skip
    """Instant run-off until one has more than half of the votes that still count. O(orders × alternatives²)."""
    ranks = profile.counting(overvotes, skipped)
    running = list(profile.alternatives)
    rounds: list[Round] = []
    while True:
        votes = _round(profile, ranks, running)
        most, least = max(votes.totals.values()), min(votes.totals.values())
        if 2 * most > sum(votes.totals.values()) or most == least:
            winners = tuple(n for n in running if votes.totals[n] == most)
            return Counted("irv", winners, (*rounds, votes))
        out = _last(votes, [n for n in running if votes.totals[n] == least], rounds, ties)
        rounds.append(Round(votes.totals, votes.exhausted, out))
        running = [n for n in running if n not in out]


def _last(votes: Round, lowest: list[int], rounds: Sequence[Round], ties: str) -> tuple[int, ...]:
    if ties == Ties.EARLIER:
        for before in reversed(rounds):
            fewest = min(before.totals[n] for n in lowest)
            lowest = [n for n in lowest if before.totals[n] == fewest]
    return tuple(lowest)


def plurality(
    profile: Profile, overvotes: Overvotes = Overvotes.SKIP, skipped: Skipped = Skipped.IGNORE
) -> Counted:
    """The most first votes."""
    votes = _round(profile, profile.counting(overvotes, skipped), list(profile.alternatives))
    most = max(votes.totals.values())
    return Counted("plurality", tuple(n for n, v in votes.totals.items() if v == most), (votes,))


def two_round(
    profile: Profile, overvotes: Overvotes = Overvotes.SKIP, skipped: Skipped = Skipped.IGNORE
) -> Counted:
    """More than half of the first votes, or a second round of the two who had most.

    Where a tie leaves open who the two are, every pair it allows is counted and whoever wins one of them has won.
    """
    ranks = profile.counting(overvotes, skipped)
    first = _round(profile, ranks, list(profile.alternatives))
    leaders = [n for n, votes in first.totals.items() if 2 * votes > sum(first.totals.values())]
    if leaders or len(profile.alternatives) == 1:
        return Counted("two-round", tuple(leaders or profile.alternatives), (first,))
    seconds = [_round(profile, ranks, list(pair)) for pair in _finals(first.totals)]
    winners = {n for votes in seconds for n, v in votes.totals.items() if v == max(votes.totals.values())}
    return Counted("two-round", tuple(sorted(winners)), (first, *seconds))


def _finals(totals: Totals) -> list[tuple[int, int]]:
    top = sorted(set(totals.values()), reverse=True)
    first = sorted(n for n, votes in totals.items() if votes == top[0])
    if len(first) > 1:
        return list(combinations(first, 2))
    return [tuple(sorted((first[0], n))) for n, votes in totals.items() if votes == top[1]]  # type: ignore[misc]


def _round(profile: Profile, ranks: Ranks, running: list[int]) -> Round:
    """Each ballot's vote to its first among those running; several at that rank share it."""
    columns = [profile.alternatives.index(n) for n in running]
    left = ranks[:, columns]
    first = left.min(axis=1)
    tops = (left == first[:, None]) & (first != UNRANKED)[:, None]
    totals = _shared(tops, profile.weights)
    voted = profile.voters
    return Round(dict(zip(running, totals, strict=True)), voted - sum(totals, Fraction(0)))


def _shared(tops: npt.NDArray[np.bool_], weights: npt.NDArray[np.int64]) -> list[Fraction]:
    """Exact sums of shares: by how many each ballot is shared, whole numbers are added."""
    sizes = tops.sum(axis=1)
    found = [int(size) for size in np.flatnonzero(np.bincount(sizes)) if size]
    scale = lcm(*found)
    totals = [0] * tops.shape[1]
    for size in found:
        chosen = sizes == size
        votes = weights[chosen] @ tops[chosen]
        totals = [t + int(v) * (scale // size) for t, v in zip(totals, votes, strict=True)]
    return [Fraction(total, scale) for total in totals]
