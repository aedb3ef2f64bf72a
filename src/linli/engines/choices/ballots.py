"""Ballots that rank alternatives, ties allowed, and what an over-vote or a skipped rank means."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Levels = tuple[tuple[int, ...], ...]
Ranks = npt.NDArray[np.int16]
UNRANKED = int(np.iinfo(np.int16).max)


class Overvotes(StrEnum):
    """Several alternatives at one rank, where a rule counts one vote a ballot."""

    SKIP = "skip"  # that rank is passed over
    EXHAUST = "exhaust"  # the ballot counts no further
    SPLIT = "split"  # those at the rank that still run share the vote equally


class Skipped(StrEnum):
    """A rank left empty between two others."""

    IGNORE = "ignore"  # the ranks after it move up
    EXHAUST = "exhaust"  # the ballot counts no further


@dataclass(frozen=True)
class StrictOrders(Sequence[tuple[Levels, int]]):
    """Orders without ties, skipped ranks or abstentions, kept as arrays: ``flat`` holds one order after the other."""

    flat: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, at: Any) -> Any:
        return tuple(self)[at]

    def __iter__(self) -> Iterator[tuple[Levels, int]]:
        ends = np.cumsum(self.sizes).tolist()
        flat = self.flat.tolist()
        for size, end, count in zip(self.sizes.tolist(), ends, self.counts.tolist(), strict=True):
            yield tuple((number,) for number in flat[end - size : end]), count

    def ranks(self, alternatives: Sequence[int]) -> Ranks:
        """Orders × alternatives, as :attr:`Profile.ranks`; in one step, whatever the number of orders."""
        found = np.full((len(self.counts), len(alternatives)), UNRANKED, dtype=np.int16, order="F")
        rows = np.repeat(np.arange(len(self.sizes)), self.sizes)
        begins = np.repeat(np.cumsum(self.sizes) - self.sizes, self.sizes)
        found[rows, np.searchsorted(np.array(alternatives), self.flat)] = (
            np.arange(len(self.flat)) - begins + 1
        )
        return found


@dataclass(frozen=True)
class Profile:
    """Ballots as they were cast: ``names`` by number, each order with how many cast it.

    An order is its ranks from the first: ``((3,), (1, 2))`` is 3 before 1 and 2, which are tied; an empty rank was
    skipped; an empty order is an abstention. ``invalid`` papers are counted apart and nowhere else.
    """

    names: Mapping[int, str]
    orders: Sequence[tuple[Levels, int]]
    title: str = ""
    invalid: int = 0

    @cached_property
    def alternatives(self) -> tuple[int, ...]:
        return tuple(sorted(self.names))

    @cached_property
    def voters(self) -> int:
        """Valid papers, abstentions left out."""
        if isinstance(self.orders, StrictOrders):
            return int(self.orders.counts.sum())
        return sum(count for levels, count in self.orders if any(levels))

    @property
    def abstained(self) -> int:
        return (
            0
            if isinstance(self.orders, StrictOrders)
            else sum(count for levels, count in self.orders if not any(levels))
        )

    @cached_property
    def weights(self) -> npt.NDArray[np.int64]:
        if isinstance(self.orders, StrictOrders):
            return self.orders.counts
        return np.array([count for _, count in self.orders], dtype=np.int64)

    @cached_property
    def ranks(self) -> Ranks:
        """Orders × alternatives: the rank from 1, UNRANKED where none was given; skipped ranks leave a gap."""
        if isinstance(self.orders, StrictOrders):
            return self.orders.ranks(self.alternatives)
        column = {number: i for i, number in enumerate(self.alternatives)}
        found = np.full((len(self.orders), len(column)), UNRANKED, dtype=np.int16, order="F")
        rows, columns, values = [], [], []
        for row, (levels, _) in enumerate(self.orders):
            for rank, level in enumerate(levels, start=1):
                for number in level:
                    rows.append(row)
                    columns.append(column[number])
                    values.append(rank)
        found[rows, columns] = values
        return found

    def counting(self, overvotes: Overvotes, skipped: Skipped = Skipped.IGNORE) -> Ranks:
        """The ranks that a one-vote rule may use under these policies. A copy; O(orders × alternatives)."""
        ranks = self.ranks.copy(order="F")
        if isinstance(self.orders, StrictOrders):
            return ranks
        if skipped is Skipped.EXHAUST:
            _cut(ranks, [_first(levels, lambda size: size == 0) for levels, _ in self.orders])
        if overvotes is Overvotes.EXHAUST:
            _cut(ranks, [_first(levels, lambda size: size > 1) for levels, _ in self.orders])
        elif overvotes is Overvotes.SKIP:
            for row, (levels, _) in enumerate(self.orders):
                for rank, level in enumerate(levels, start=1):
                    if len(level) > 1:
                        ranks[row, ranks[row] == rank] = UNRANKED
        return ranks


def _first(levels: Levels, wrong: Callable[[int], bool]) -> int:
    return next((rank for rank, level in enumerate(levels, start=1) if wrong(len(level))), UNRANKED)


def _cut(ranks: Ranks, at: list[int]) -> None:
    """Nothing counts from this rank on."""
    ranks[ranks >= np.array(at, dtype=np.int64)[:, None]] = UNRANKED


def profile(
    names: Mapping[int, str] | Iterable[str], ballots: Iterable[Iterable[Iterable[int]]], *, invalid: int = 0
) -> Profile:
    """Single ballots to a profile; equal ones are put together. ValueError for what is no ballot."""
    named = dict(names) if isinstance(names, Mapping) else dict(enumerate(names, start=1))
    counted: dict[Levels, int] = {}
    for ballot in ballots:
        levels = tuple(tuple(sorted(level)) for level in ballot)
        flat = [number for level in levels for number in level]
        if len(set(flat)) < len(flat) or not set(flat) <= named.keys():
            raise ValueError(f"not a ballot over {sorted(named)}: {levels}")
        counted[levels] = counted.get(levels, 0) + 1
    return Profile(named, tuple(counted.items()), invalid=invalid)
