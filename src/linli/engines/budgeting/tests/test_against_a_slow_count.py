"""Every rule against its definition in fractions, on random elections where ties are the rule."""

from collections.abc import Callable

import pytest

from linli.engines.budgeting import (
    DEFAULT_TIES,
    Completion,
    Election,
    Kind,
    Options,
    Rule,
    Stop,
    Utility,
    decide,
    tie_ranks,
)
from linli.engines.budgeting.tests import slow
from linli.engines.budgeting.tests.elections import random_election

FEW, MANY = 60, 5000
TIES = {"usual": DEFAULT_TIES, "dear first by votes": ("votes", "cost", "id"), "lot": ("lot:2026-11-24",)}
Slow = Callable[[Election, list[int]], list[int]]


def shares(utility: Utility) -> Slow:
    return lambda election, ranks: slow.equal_shares(election, utility, ranks, election.budget)[0]


def raised(utility: Utility, stop: Stop) -> Slow:
    return lambda election, ranks: slow.add1(election, utility, ranks, stop)[0]


def completed(election: Election, ranks: list[int]) -> list[int]:
    return slow.by_votes(election, ranks, slow.add1(election, Utility.COST, ranks, Stop.EXHAUSTIVE)[0])


ADD1 = Completion.ADD1
RULES: dict[str, tuple[Kind, Options, Slow]] = {
    "votes": (Kind.APPROVAL, Options(Rule.GREEDY_VOTES), lambda e, r: slow.by_votes(e, r, [])),
    "votes per cost": (
        Kind.APPROVAL,
        Options(Rule.GREEDY_RATIO),
        lambda e, r: slow.by_ratio(e, r, Utility.COST),
    ),
    "points per cost": (
        Kind.CUMULATIVE,
        Options(Rule.GREEDY_RATIO),
        lambda e, r: slow.by_ratio(e, r, Utility.CUMULATIVE),
    ),
    "Borda per cost": (
        Kind.ORDINAL,
        Options(Rule.GREEDY_RATIO),
        lambda e, r: slow.by_ratio(e, r, Utility.BORDA),
    ),
    "phragmen": (Kind.APPROVAL, Options(Rule.PHRAGMEN), slow.phragmen),
    "cost": (Kind.APPROVAL, Options(utility=Utility.COST), shares(Utility.COST)),
    "cardinality": (Kind.APPROVAL, Options(utility=Utility.CARDINALITY), shares(Utility.CARDINALITY)),
    "points": (Kind.CUMULATIVE, Options(), shares(Utility.CUMULATIVE)),
    "points by cost": (Kind.CUMULATIVE, Options(utility=Utility.COST), shares(Utility.COST)),
    "borda": (Kind.ORDINAL, Options(), shares(Utility.BORDA)),
    "cost add1": (Kind.APPROVAL, Options(completion=ADD1), raised(Utility.COST, Stop.EXHAUSTIVE)),
    "cardinality add1": (
        Kind.APPROVAL,
        Options(utility=Utility.CARDINALITY, completion=ADD1, stop=Stop.OVERSPEND),
        raised(Utility.CARDINALITY, Stop.OVERSPEND),
    ),
    "points add1": (
        Kind.CUMULATIVE,
        Options(completion=ADD1),
        raised(Utility.CUMULATIVE, Stop.EXHAUSTIVE),
    ),
    "borda add1": (
        Kind.ORDINAL,
        Options(completion=ADD1, stop=Stop.OVERSPEND),
        raised(Utility.BORDA, Stop.OVERSPEND),
    ),
    "cost add1 greedy": (Kind.APPROVAL, Options(completion=Completion.ADD1_GREEDY), completed),
}


def compare(rule: str, ties: str, seeds: range) -> None:
    kind, options, slowly = RULES[rule]
    options = Options(options.rule, options.utility, options.completion, options.stop, TIES[ties])
    for seed in seeds:
        election = random_election(seed, kind)
        expected = slowly(election, tie_ranks(election, TIES[ties]))
        assert (seed, decide(election, options).order) == (seed, expected)


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("rule", RULES)
def test_the_count_is_the_definition(rule: str, ties: str) -> None:
    compare(rule, ties, range(FEW))


@pytest.mark.drill
@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("rule", RULES)
def test_the_count_is_the_definition_five_thousand_times(rule: str, ties: str) -> None:
    compare(rule, ties, range(FEW, FEW + MANY))
