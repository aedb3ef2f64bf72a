"""What a map says: what sets a group apart, what unites all groups, what divides them.

After Small and others 2021. A share is (votes + 1) / (seen + 2), so that two people of two do not outweigh forty of
forty-five. A statement sets a group apart when the group's share is significant in itself and against everybody else
(z-tests, one-sided, 90 %). Consensus is the product of the groups' shares: a small group weighs as much as a large one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from linli.engines.opinions.conversation import AGREE, DISAGREE, Id
from linli.engines.opinions.opinion_map import OpinionMap

SIGNIFICANT = 1.2816  # z, one-sided, 90 %
MOST_REPRESENTATIVE = 5
MOST_FOUND = 10
PRIVATE_BELOW = 5  # no group and no count below this many people is shown
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Count:
    """How some people voted on one statement."""

    agree: int
    disagree: int
    seen: int

    def votes(self, side: int) -> int:
        return self.agree if side == AGREE else self.disagree

    def share(self, side: int) -> Fraction:
        return Fraction(self.votes(side) + 1, self.seen + 2)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.agree + other.agree, self.disagree + other.disagree, self.seen + other.seen)


@dataclass(frozen=True, slots=True)
class Representative:
    """Why a statement stands for a group: `z` of its share, `ratio` to everybody else's, `z_apart` of that."""

    statement: Id
    side: int
    count: Count
    z: float
    ratio: Fraction
    z_apart: float

    @property
    def significant(self) -> bool:
        return self.z > SIGNIFICANT and self.z_apart > SIGNIFICANT

    @property
    def strength(self) -> float:
        return float(self.count.share(self.side) * self.ratio) * self.z * self.z_apart


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement on which a majority of every group is on one side; `product` is the group-aware consensus."""

    statement: Id
    side: int
    product: Fraction
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Divisive:
    """A statement that one group (`most`) supports far more than another (`least`)."""

    statement: Id
    most: int
    least: int
    apart: Fraction
    z: float
    counts: tuple[Count, ...]


def z_of_share(votes: int, seen: int) -> float:
    """Is it more than a coin's half? One vote is added on the side it speaks for."""
    return 2 * sqrt(seen + 1) * ((votes + 1) / (seen + 1) - 0.5)


def z_of_difference(votes: int, seen: int, other_votes: int, other_seen: int) -> float:
    """Is one share larger than the other? 0 when everybody on both sides said the same."""
    first, second = votes + 1, other_votes + 1
    many, more = seen + 1, other_seen + 1
    pooled = (first + second) / (many + more)
    if pooled == 1:
        return 0.0
    return (first / many - second / more) / sqrt(pooled * (1 - pooled) * (1 / many + 1 / more))


def counts_of(the_map: OpinionMap, column: int) -> tuple[Count, ...]:
    """How each group voted on one statement."""
    tally = the_map.tally
    return tuple(
        Count(int(tally.agree[g, column]), int(tally.disagree[g, column]), int(tally.seen[g, column]))
        for g in range(the_map.k)
    )


def by_statement(the_map: OpinionMap) -> Iterator[tuple[Id, tuple[Count, ...]]]:
    for column, statement in enumerate(the_map.statements):
        yield statement, counts_of(the_map, column)


def representative(
    the_map: OpinionMap, group: int, *, least_seen: int = PRIVATE_BELOW, most: int = MOST_REPRESENTATIVE
) -> list[Representative]:
    """The statements that set a group apart, strongest first; the one nearest to it when none is significant."""
    weighed = [
        _standing(statement, counts, group)
        for statement, counts in by_statement(the_map)
        if counts[group].seen >= max(least_seen, 1)
    ]
    found = sorted((one for one in weighed if one.significant), key=lambda one: -one.strength)
    if found:
        return found[:most]
    leaning = [one for one in weighed if one.z_apart > 0 and one.z > 0]
    return sorted(leaning, key=lambda one: -one.z_apart)[: min(most, 1)]


def _standing(statement: Id, counts: tuple[Count, ...], group: int) -> Representative:
    """On the side on which the group differs more from everybody else."""
    own = counts[group]
    others = sum((count for g, count in enumerate(counts) if g != group), Count(0, 0, 0))
    agreeing = stands_for(AGREE, statement, own, others)
    disagreeing = stands_for(DISAGREE, statement, own, others)
    return disagreeing if disagreeing.z_apart > agreeing.z_apart else agreeing


def stands_for(side: int, statement: Id, own: Count, others: Count) -> Representative:
    """The figures of a statement on one side: this group's votes against everybody else's."""
    return Representative(
        statement,
        side,
        own,
        z_of_share(own.votes(side), own.seen),
        own.share(side) / others.share(side),
        z_of_difference(own.votes(side), own.seen, others.votes(side), others.seen),
    )


def group_aware(counts: tuple[Count, ...], side: int = AGREE) -> Fraction:
    """The product of the groups' shares, exactly."""
    product = Fraction(1)
    for count in counts:
        product *= count.share(side)
    return product


def consensus(
    the_map: OpinionMap, *, least_seen: int = PRIVATE_BELOW, most: int | None = MOST_FOUND
) -> list[Shared]:
    """What a majority of every group supports, or rejects, the most agreed first. Passing does not support."""
    found = [
        Shared(statement, side, group_aware(counts, side), counts)
        for statement, counts in by_statement(the_map)
        if all(count.seen >= least_seen for count in counts)
        for side in (AGREE, DISAGREE)
        if all(count.share(side) > HALF for count in counts)
    ]
    return sorted(found, key=lambda one: -one.product)[:most]


def divisive(
    the_map: OpinionMap, *, least_seen: int = PRIVATE_BELOW, most: int | None = MOST_FOUND
) -> list[Divisive]:
    """What one group supports significantly more than another, the widest apart first."""
    found = [
        _divided(statement, counts, least_seen)
        for statement, counts in by_statement(the_map)
        if the_map.k > 1
    ]
    apart = [one for one in found if one is not None and one.z > SIGNIFICANT]
    return sorted(apart, key=lambda one: -one.apart)[:most]


def _divided(statement: Id, counts: tuple[Count, ...], least_seen: int) -> Divisive | None:
    asked = [group for group, count in enumerate(counts) if count.seen >= max(least_seen, 1)]
    if len(asked) < 2:  # noqa: PLR2004 -- two sides
        return None
    most = max(asked, key=lambda group: counts[group].share(AGREE))
    least = min(asked, key=lambda group: counts[group].share(AGREE))
    high, low = counts[most], counts[least]
    z = z_of_difference(high.agree, high.seen, low.agree, low.seen)
    return Divisive(statement, most, least, high.share(AGREE) - low.share(AGREE), z, counts)


def shown(the_map: OpinionMap) -> list[int]:
    """The groups that may be shown: none under five people, nor one more by which a hidden one could be reckoned."""
    sizes = the_map.sizes
    order = sorted(range(the_map.k), key=lambda group: sizes[group])
    hidden = [group for group in order if sizes[group] < PRIVATE_BELOW]
    left = order[len(hidden) :]
    while left and 0 < sum(sizes[group] for group in hidden) < PRIVATE_BELOW:
        hidden.append(left.pop(0))
    return sorted(left)
