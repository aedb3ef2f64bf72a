"""How fairly the money is spread: who got nothing of what they voted for, and which groups have a claim left.

A voter's part of a project is its cost divided by its votes; the parts of all voters add up to the money spent on
projects somebody voted for. A claim left open (EJR+, Brill and Peters: Robust and verifiable proportionality axioms,
EC 2023, here with costs as utility): a group that supports a project that was not funded, in which everybody has so
little funded that even with the project it would not be more than the group's share of the budget.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from linli.engines.budgeting.deciding import Outcome, served
from linli.engines.budgeting.election import Election
from linli.engines.budgeting.options import Comparison

FEWEST = 5  # smaller groups are not shown
MOST_GROUPS = 30
AGES = ((0, 24), (25, 39), (40, 59), (60, 200))


@dataclass(frozen=True, slots=True)
class Claim:
    """`people` supporters of a project not funded, each with at most `funded` coins of funded choices."""

    project: str
    people: int
    funded: int


def figures(election: Election, chosen: Sequence[int]) -> dict[str, Any]:
    """Voters without anything funded, funded projects per voter, and the part that nine in ten reach."""
    number = served(election, chosen, Comparison.PROJECTS)
    people = max(1, election.people)
    without = int(election.copies[number == 0].sum())
    parts = np.sort(_parts(election, chosen)[election.ballot_of])
    tenth = float(parts[len(parts) // 10]) if len(parts) else 0.0
    return {
        "without": without,
        "without_share": round(without / people, 4),
        "projects_per_voter": round(int((election.copies * number).sum()) / people, 3),
        "nine_in_ten_reach": round(tenth / election.unit, 2),
    }


def _parts(election: Election, chosen: Iterable[int]) -> np.ndarray:
    """The part of one voter of each ballot, in coins; a figure to show, nothing is decided by it."""
    value = np.zeros(len(election.projects))
    for number in chosen:
        value[number] = election.costs[number] / max(1, election.votes[number])
    return np.bincount(election.on_ballot, weights=value[election.on_project], minlength=election.ballots)


def claims(election: Election, chosen: Sequence[int]) -> list[Claim]:
    """The open claims, the largest group of each project. O(pairs · log)."""
    held, budget, people = set(chosen), election.budget, election.people
    funded = served(election, chosen, Comparison.COST)
    found = []
    for number, cost in enumerate(election.costs):
        ballots = election.on_ballot[(election.on_project == number) & (election.points > 0)]
        if number in held or not len(ballots) or not cost:
            continue
        order = ballots[np.argsort(funded[ballots], kind="stable")]
        heads = np.cumsum(election.copies[order])
        worst = [
            (size, has)
            for size, has in zip(heads.tolist(), funded[order].tolist(), strict=True)
            if (has + cost) * people <= size * budget
        ]
        if worst:
            found.append(Claim(election.projects[number].id, *worst[-1]))
    return found


def groups(election: Election, chosen: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """For each column about voters: how many people a group is, and its part of the money. Small groups are left out."""
    parts = _parts(election, chosen)[election.ballot_of]
    nothing = (served(election, chosen, Comparison.PROJECTS) == 0)[election.ballot_of]
    told = {name: _grouped(name, column) for name, column in election.facts.items()}
    return {
        name: [
            _group(key, places, parts, nothing) for key, places in sorted(by.items()) if len(places) >= FEWEST
        ]
        for name, by in told.items()
        if sum(len(places) >= FEWEST for places in by.values()) > 1 and len(by) <= MOST_GROUPS
    }


def _grouped(name: str, column: Sequence[str]) -> dict[str, list[int]]:
    keys = [_age(word) for word in column] if name == "age" else list(column)
    by: dict[str, list[int]] = {}
    if len(Counter(keys)) <= MOST_GROUPS:
        for place, key in enumerate(keys):
            if key:
                by.setdefault(key, []).append(place)
    return by


def _age(word: str) -> str:
    years = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else -1  # noqa: PLR2004 -- digits
    return next((f"{first}-{last}" for first, last in AGES if first <= years <= last), "")


def _group(key: str, places: list[int], parts: np.ndarray, nothing: np.ndarray) -> dict[str, Any]:
    every = float(parts.sum()) or 1.0
    return {
        "group": key,
        "people": len(places),
        "people_share": round(len(places) / len(parts), 4),
        "money_share": round(float(parts[places].sum()) / every, 4),
        "without": int(nothing[places].sum()),
    }


def fairness(outcome: Outcome) -> dict[str, Any]:
    """All figures for machines: this outcome, plain counting, open claims, groups of voters."""
    election = outcome.election
    share = Fraction(election.budget, max(1, election.people))
    return {
        "equal_share": round(float(share / election.unit), 2),
        "here": figures(election, outcome.order),
        "plain": figures(election, outcome.plain),
        "better_here": outcome.better_here,
        "better_plain": outcome.better_plain,
        "claims": [
            {"project": claim.project, "people": claim.people, "funded": election.money(claim.funded)}
            for claim in claims(election, outcome.order)
        ],
        "groups": groups(election, outcome.order),
    }
