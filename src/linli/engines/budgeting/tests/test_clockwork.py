"""The ticks only propose: with a clockwork so coarse that it hardly knows anything, the outcome is the same."""

import random

import pytest

from linli.engines.budgeting import (
    Completion,
    Election,
    Kind,
    Options,
    Project,
    Stop,
    decide,
    election,
    tie_ranks,
)
from linli.engines.budgeting import purses as clockwork
from linli.engines.budgeting.raising import raise_shares, same_between
from linli.engines.budgeting.shares import Count
from linli.engines.budgeting.support import support
from linli.engines.budgeting.tests.test_against_a_slow_count import RULES, compare


@pytest.mark.parametrize("bits", [10, 16, 24])
@pytest.mark.parametrize("rule", ["cost", "cardinality", "points", "borda", "cost add1", "points add1"])
def test_a_coarse_clockwork_decides_the_same(rule: str, bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "BITS", bits)
    compare(rule, "usual", range(40))


def crowd(seed: int, people: int = 60, projects: int = 12) -> Election:
    chance = random.Random(seed)
    costs = [chance.choice([3, 5, 8, 8, 12, 20]) * 10_00 for _ in range(projects)]
    listed = [Project(str(number), cost) for number, cost in enumerate(costs)]
    ballots = [
        [str(number) for number in sorted(chance.sample(range(projects), chance.randint(0, 5)))]
        for _ in range(people)
    ]
    return election(listed, sum(costs) // 2, ballots)


@pytest.mark.parametrize("bits", [24, 30])
def test_a_crowd_on_a_coarse_clockwork(bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = [decide(crowd(seed), Options(completion=Completion.ADD1)) for seed in range(4)]
    monkeypatch.setattr(clockwork, "BITS", bits)
    coarse = [decide(crowd(seed), Options(completion=Completion.ADD1)) for seed in range(4)]

    assert [outcome.order for outcome in coarse] == [outcome.order for outcome in fine]
    assert all(
        one.count and other.count and one.count.ledger.price_of(0) == other.count.ledger.price_of(0)
        for one, other in zip(fine, coarse, strict=True)
    )


def test_what_a_leap_spares_would_have_bought_the_same() -> None:
    """Counts at two shares are called alike only when every share between buys the same in the same order."""
    leaps = 0
    for seed in range(12):
        field = crowd(seed, people=20, projects=6)
        laid_out, ranks = (
            support(field, Options().utility_for(field)),
            tie_ranks(field, ("cost", "votes", "id")),
        )
        counts = [Count(laid_out, field.budget + step * 100 * field.people, ranks) for step in range(33)]
        for width in (2, 8, 32):
            for low in range(0, 33 - width, width):
                if same_between(counts[low], counts[low + width]):
                    leaps += 1
                    assert {tuple(count.order) for count in counts[low : low + width + 1]} == {
                        tuple(counts[low].order)
                    }
    assert leaps > 20


def test_add1_leaps_and_lands_where_single_steps_land() -> None:
    for seed in range(6):
        field = crowd(seed, people=25, projects=6)
        laid_out, ranks = (
            support(field, Options().utility_for(field)),
            tie_ranks(field, ("cost", "votes", "id")),
        )
        raised = raise_shares(laid_out, ranks, Stop.OVERSPEND)
        steps = 0
        while steps < raised.steps:
            count = Count(laid_out, field.budget + steps * 100 * field.people, ranks)
            assert count.cost <= field.budget
            steps += 1
        if raised.ended == "overspend":
            beyond = Count(laid_out, field.budget + (steps + 1) * 100 * field.people, ranks)
            assert beyond.cost > field.budget
        assert raised.counts <= 2 * (raised.steps + 2)


def test_twins_that_tie_at_every_share_do_not_stop_a_leap() -> None:
    """Two ramps of the same cost with the same supporters, two of whom give their last: for 16,667 steps up."""
    dear = 100_000_00
    projects = [Project("lamp", 3 * dear), Project("ramp A", 5 * dear), Project("ramp B", 5 * dear)]
    ballots = [["lamp", "ramp A", "ramp B"], ["lamp"], ["ramp A", "ramp B"], ["lamp", "ramp A", "ramp B"]]
    field = election(projects, 10 * dear, ballots)
    raised = decide(field, Options(completion=Completion.ADD1, stop=Stop.OVERSPEND)).raised

    assert raised is not None
    assert [field.projects[number].id for number in raised.count.order] == ["lamp", "ramp A"]
    assert raised.steps > 10_000
    assert raised.counts < 100


def test_the_kinds_of_rules_compared_are_all() -> None:
    assert {kind for kind, _, _ in RULES.values()} == set(Kind)
