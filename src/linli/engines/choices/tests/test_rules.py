"""Small elections by hand, and random ones against definitions written out slowly."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.choices import (
    Overvotes,
    Profile,
    Skipped,
    Ties,
    approval,
    borda,
    condorcet,
    copeland,
    count,
    irv,
    minimax,
    plurality,
    profile,
    schulze,
    score,
    two_round,
)  # fmt: skip

NAMES = ("灯", "树", "椅")


def ballots(*orders: str) -> Profile:
    """``"灯>树=椅"``; an empty text is an abstention, ``"灯>>树"`` skips a rank."""
    number = {name: n for n, name in enumerate(NAMES, start=1)}
    return profile(
        NAMES,
        [
            [[number[name] for name in level.split("=") if name] for level in order.split(">")]
            if order
            else []
            for order in orders
        ],
    )


def test_the_example_of_the_guide_is_as_counted_by_hand() -> None:
    """docs/engines/choices.md, five voters."""
    five = ballots("灯>树>椅", "灯>树>椅", "椅>树>灯", "椅>树>灯", "树>灯>椅")

    assert plurality(five).winners == (1, 3)
    assert [round_.totals for round_ in irv(five).rounds] == [{1: 2, 2: 1, 3: 2}, {1: 3, 3: 2}]
    assert irv(five).rounds[0].out == (2,)
    assert irv(five).winners == (1,)
    assert borda(five).scores == {1: 5, 2: 6, 3: 4}
    assert (
        condorcet(five).winners
        == copeland(five).winners
        == minimax(five).winners
        == schulze(five).winners
        == (2,)
    )
    assert condorcet(five).matrix.tolist() == [[0, 2, 3], [3, 0, 3], [2, 2, 0]]
    assert two_round(five).winners == (1,)


def test_those_who_tie_for_last_go_together_or_by_the_round_before() -> None:
    four = profile("abcd", [[[1]]] * 5 + [[[2]]] * 4 + [[[3], [2]]] * 2 + [[[4], [3]]] * 1 + [[[4], [2]]] * 1)

    assert irv(four).rounds[0].out == (3, 4)
    assert irv(four).winners == (2,)
    assert irv(four, ties=Ties.EARLIER).rounds[0].out == (3, 4)  # no earlier round tells them apart


def test_the_round_before_tells_two_apart() -> None:
    tied_later = profile("abcd", [[[1]]] * 6 + [[[2]]] * 5 + [[[3]]] * 3 + [[[4], [3]]] * 2)
    later = irv(tied_later, ties=Ties.EARLIER)

    assert [round_.out for round_ in later.rounds] == [(4,), (3,), ()]


@pytest.mark.parametrize(
    ("policy", "totals", "exhausted"),
    [
        (Overvotes.SKIP, {1: 1, 2: 0, 3: 1}, 0),
        (Overvotes.EXHAUST, {1: 1, 2: 0, 3: 0}, 1),
        (Overvotes.SPLIT, {1: Fraction(3, 2), 2: Fraction(1, 2), 3: 0}, 0),
    ],
)
def test_two_at_one_rank(policy: Overvotes, totals: dict[int, Fraction], exhausted: int) -> None:
    first = irv(ballots("灯>树", "灯=树>椅"), policy).rounds[0]

    assert (first.totals, first.exhausted) == (totals, exhausted)


def test_a_skipped_rank_is_passed_over_or_ends_the_paper() -> None:
    skipping = ballots("灯>>树", "树>灯", "椅>>灯", "灯")

    assert irv(skipping, skipped=Skipped.IGNORE).rounds[0].totals == {1: 2, 2: 1, 3: 1}
    assert plurality(ballots(">灯", "树"), skipped=Skipped.EXHAUST).rounds[0].totals == {1: 0, 2: 1, 3: 0}


def test_abstentions_and_invalid_papers_are_counted_apart() -> None:
    cast = Profile({1: "灯", 2: "树"}, (((), 3), (((1,), (2,)), 2)), invalid=4)

    assert (cast.voters, cast.abstained, cast.invalid) == (2, 3, 4)
    assert irv(cast).rounds[0].totals == {1: 2, 2: 0}
    assert borda(cast).scores == {1: 2, 2: 0}


def test_marks_are_added_and_papers_with_too_many_are_invalid() -> None:
    found = approval((1, 2, 3), [{1, 2}, {2}, set(), {1, 2, 3}, {9}], most=2)
    points = score((1, 2), [{1: 5, 2: 3}, {1: 6}, {2: 5}], top=5)

    assert (found.winners, found.points, found.voters, found.abstained, found.invalid) == (
        (2,),
        {1: 1, 2: 2, 3: 0},
        2,
        1,
        2,
    )
    assert (points.winners, points.points, points.invalid) == ((2,), {1: 5, 2: 8}, 1)


def test_what_is_no_ballot_is_refused() -> None:
    with pytest.raises(ValueError, match="not a ballot"):
        profile(NAMES, [[[1], [1]]])
    with pytest.raises(ValueError, match="no rule"):
        count(ballots("灯"), "dice")


LEVELS = st.lists(st.integers(0, 4), min_size=4, max_size=4)


@st.composite
def elections(draw: st.DrawFn) -> Profile:
    """Up to nine ballots over four alternatives, ties and unranked ones common."""
    cast = []
    for given_ranks in draw(st.lists(LEVELS, min_size=1, max_size=9)):
        ranks = sorted({rank for rank in given_ranks if rank})
        cast.append([[n for n, rank in enumerate(given_ranks, start=1) if rank == level] for level in ranks])
    return profile("abcd", cast)


def before(found: Profile, one: int, other: int) -> int:
    """How many put one before the other, by looking at every paper."""
    total = 0
    for levels, votes in found.orders:
        at = {number: rank for rank, level in enumerate(levels) for number in level}
        total += votes * (at.get(one, 99) < at.get(other, 99))
    return total


def strength(found: Profile, one: int, other: int) -> int:
    """The strongest path, by trying every one."""
    rest = [n for n in (1, 2, 3, 4) if n not in {one, other}]
    paths = [(one, *middle, other) for size in range(3) for middle in permutations(rest, size)]
    weakest = [min(before(found, a, b) - before(found, b, a) for a, b in pairwise(path)) for path in paths]
    return max(0, *weakest)


@given(elections())
@settings(max_examples=300, deadline=None)
def test_rules_over_pairs_equal_their_definitions(found: Profile) -> None:
    every = (1, 2, 3, 4)
    margin = {(a, b): before(found, a, b) - before(found, b, a) for a in every for b in every}
    beats_all = tuple(a for a in every if all(margin[a, b] > 0 for b in every if b != a))
    points = {a: sum(1 + (margin[a, b] > 0) - (margin[a, b] < 0) for b in every if b != a) for a in every}
    worst = {a: max(margin[b, a] for b in every if b != a) for a in every}
    path = {(a, b): strength(found, a, b) for a in every for b in every if a != b}
    schulze_winners = tuple(a for a in every if all(path[a, b] >= path[b, a] for b in every if b != a))

    assert condorcet(found).winners == beats_all
    assert copeland(found).winners == tuple(a for a in every if points[a] == max(points.values()))
    assert minimax(found).winners == tuple(a for a in every if worst[a] == min(worst.values()))
    assert schulze(found).winners == schulze_winners
    for rule in (copeland, minimax, schulze):
        assert not beats_all or rule(found).winners == beats_all


def slow_irv(found: Profile, policy: Overvotes) -> tuple[int, ...]:
    """Paper by paper with fractions."""
    running = {1, 2, 3, 4}
    while True:
        totals = dict.fromkeys(sorted(running), Fraction(0))
        for levels, votes in found.orders:
            for chosen in vote_of(levels, running, policy):
                totals[chosen[0]] += votes * chosen[1]
        if 2 * max(totals.values()) > sum(totals.values()) or len(set(totals.values())) == 1:
            return tuple(n for n in totals if totals[n] == max(totals.values()))
        running -= {n for n in totals if totals[n] == min(totals.values())}


def vote_of(
    levels: tuple[tuple[int, ...], ...], running: set[int], policy: Overvotes
) -> list[tuple[int, Fraction]]:
    for level in levels:
        if len(level) > 1 and policy is Overvotes.EXHAUST:
            return []
        if len(level) > 1 and policy is Overvotes.SKIP:
            continue
        left = [n for n in level if n in running]
        if left:
            return [(n, Fraction(1, len(left))) for n in left]
    return []


@given(elections(), st.sampled_from(list(Overvotes)))
@settings(max_examples=300, deadline=None)
def test_instant_run_off_equals_a_count_paper_by_paper(found: Profile, policy: Overvotes) -> None:
    counted = irv(found, policy)

    assert counted.winners == slow_irv(found, policy)
    assert all(sum(this.totals.values()) + this.exhausted == found.voters for this in counted.rounds)


@given(elections(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_papers_changes_nothing(found: Profile, chance: object) -> None:
    mixed = list(found.orders)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    again = Profile(found.names, tuple(mixed))

    for rule in ("plurality", "irv", "two-round", "borda", "condorcet", "copeland", "minimax", "schulze"):
        assert count(again, rule).winners == count(found, rule).winners
