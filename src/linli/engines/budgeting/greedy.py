"""Plain counting: most votes first, or most votes (points) per cost first; what does not fit is skipped."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from linli.engines.budgeting.election import Election
from linli.engines.budgeting.options import Utility


def by_votes(election: Election, ranks: Sequence[int], chosen: Iterable[int] = ()) -> list[int]:
    """Project numbers in the order of choice, after those already `chosen`. O(m log m) for m projects."""
    return take(election, vote_order(election, ranks), chosen)


def by_ratio(election: Election, ranks: Sequence[int], utility: Utility) -> list[int]:
    """Votes, Borda points or points for each coin, most first; exact fractions."""
    return take(election, ratio_order(election, ranks, utility))


def vote_order(election: Election, ranks: Sequence[int]) -> list[int]:
    """All projects in the order in which they are looked at."""
    return sorted(range(len(election.projects)), key=lambda number: (-election.votes[number], ranks[number]))


def ratio_order(election: Election, ranks: Sequence[int], utility: Utility) -> list[int]:
    worth = election.scores if utility in (Utility.BORDA, Utility.CUMULATIVE) else election.votes
    return sorted(
        range(len(election.projects)), key=lambda number: (*_ratio(worth, election, number), ranks[number])
    )


def _ratio(worth: Sequence[int], election: Election, number: int) -> tuple[int, Fraction]:
    """What costs nothing and pleases somebody comes before everything."""
    cost = election.costs[number]
    if cost == 0:
        return (0 if worth[number] else 1), Fraction(0)
    return 1, -Fraction(worth[number], cost)


def take(election: Election, order: Sequence[int], chosen: Iterable[int] = ()) -> list[int]:
    """Go down the list and take each project that still fits."""
    taken = list(chosen)
    held, left = set(taken), election.budget - election.cost_of(taken)
    for number in order:
        if number not in held and election.costs[number] <= left:
            taken.append(number)
            left -= election.costs[number]
    return taken


def is_exhaustive(election: Election, chosen: Iterable[int]) -> bool:
    """Whether no further project fits into what is left of the budget."""
    held = set(chosen)
    left = election.budget - election.cost_of(held)
    return all(number in held or cost > left for number, cost in enumerate(election.costs))
