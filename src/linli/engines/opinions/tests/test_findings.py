from fractions import Fraction
from math import isclose

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.opinions import (
    AGREE,
    DISAGREE,
    Conversation,
    Count,
    OpinionMap,
    Vote,
    consensus,
    divisive,
    group_aware,
    opinion_map,
    representative,
    shown,
)
from linli.engines.opinions.findings import z_of_difference, z_of_share
from linli.engines.opinions.opinion_map import Tally
from linli.engines.opinions.tests.neighbours import LIFT, LIGHTS, PARKING, five_neighbours, street


def map_with(*groups: list[tuple[int, int, int]], sizes: list[int] | None = None) -> OpinionMap:
    """A map whose groups voted so: (agree, disagree, seen) for each statement."""
    cells = np.array(groups)
    sizes = sizes or [max(seen for _, _, seen in group) for group in groups]
    labels = np.repeat(np.arange(len(groups)), sizes)
    people, statements = len(labels), cells.shape[1]
    tally = Tally(cells[:, :, 0], cells[:, :, 1], cells[:, :, 2])
    return OpinionMap(
        tuple(range(people)), tuple(range(statements)), np.zeros(statements), np.zeros((2, statements)),
        np.zeros((people, 2)), labels, len(groups), {}, tally,
    )  # fmt: skip


def test_the_group_aware_consensus_of_five_neighbours_by_hand() -> None:
    the_map = opinion_map(five_neighbours(), k=2, least=2, votes=2)

    found = {
        statement: group_aware(
            tuple(
                Count(
                    *(
                        int(table[group, column])
                        for table in (the_map.tally.agree, the_map.tally.disagree, the_map.tally.seen)
                    )
                )
                for group in range(2)
            )
        )
        for column, statement in enumerate(the_map.statements)
    }

    assert found == {LIFT: Fraction(3, 20), PARKING: Fraction(3, 16), LIGHTS: Fraction(3, 5)}


def test_the_lights_unite_the_neighbours_and_the_lift_sets_two_of_them_apart() -> None:
    the_map = opinion_map(five_neighbours(), k=2, least=2, votes=2)

    united = consensus(the_map, least_seen=1)
    apart = representative(the_map, 1, least_seen=1)

    assert [(one.statement, one.side, one.product) for one in united] == [(LIGHTS, AGREE, Fraction(3, 5))]
    assert [(one.statement, one.side) for one in apart] == [(LIFT, AGREE), (PARKING, DISAGREE)]
    assert (apart[0].count, apart[0].ratio) == (Count(2, 0, 2), Fraction(15, 4))
    assert isclose(apart[0].z, 3**0.5)
    assert isclose(apart[0].z_apart, 0.75 / (4 / 7 * 3 / 7 * (1 / 3 + 1 / 4)) ** 0.5)
    assert [(one.statement, one.most, one.least, one.apart) for one in divisive(the_map, least_seen=1)] == [
        (LIFT, 1, 0, Fraction(11, 20)),
        (PARKING, 0, 1, Fraction(1, 2)),
    ]


def test_a_small_group_weighs_as_much_as_a_large_one() -> None:
    against_the_few = map_with([(90, 5, 100), (70, 20, 100)], [(1, 8, 10), (7, 2, 10)])

    assert [one.statement for one in consensus(against_the_few)] == [1]


def test_passing_is_not_agreeing() -> None:
    assert consensus(map_with([(40, 0, 100)])) == []


def test_all_groups_may_be_united_against_something() -> None:
    found = consensus(map_with([(1, 30, 32)], [(0, 8, 9)]))

    assert [(one.statement, one.side) for one in found] == [(0, DISAGREE)]


def test_what_few_of_a_group_saw_is_neither_consensus_nor_division() -> None:
    few = map_with([(4, 0, 4)], [(0, 40, 40)], sizes=[30, 40])

    assert (consensus(few), divisive(few), representative(few, 0)) == ([], [], [])
    assert consensus(map_with([(4, 0, 4)], [(40, 0, 40)], sizes=[30, 40])) == []
    assert len(consensus(map_with([(5, 0, 5)], [(40, 0, 40)], sizes=[30, 40]))) == 1


def test_a_difference_that_chance_explains_does_not_divide() -> None:
    assert divisive(map_with([(5, 3, 8)], [(4, 4, 8)])) == []


def test_one_group_is_divided_by_nothing() -> None:
    assert divisive(map_with([(50, 50, 100)])) == []


def test_everybody_alike_differs_by_nothing() -> None:
    assert z_of_difference(5, 5, 9, 9) == 0


def test_half_and_half_is_about_zero() -> None:
    assert isclose(z_of_share(50, 100), 0.0995, abs_tol=1e-4)


def test_no_group_under_five_is_shown() -> None:
    assert shown(map_with([(9, 0, 9)], [(5, 0, 5)], sizes=[9, 5])) == [0, 1]
    assert shown(map_with([(9, 0, 9)], [(3, 0, 3)], [(2, 0, 2)], sizes=[9, 3, 2])) == [0]


def test_one_hidden_group_hides_another_so_that_it_cannot_be_reckoned_from_the_total() -> None:
    assert shown(map_with([(9, 0, 9)], [(6, 0, 6)], [(4, 0, 4)], sizes=[9, 6, 4])) == [0]
    assert shown(map_with([(4, 0, 4)], sizes=[4])) == []


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.lists(st.integers(5, 40), min_size=1, max_size=4))
def test_findings_say_what_a_count_by_hand_says(seed: int, camps: list[int]) -> None:
    conversation = Conversation.of(street(*camps, seed=seed, shown=0.7))
    the_map = opinion_map(conversation)
    said = {key: value for key, (_, value) in conversation.said.items()}

    def count(group: int, statement: int) -> Count:
        votes = [said[p, statement] for p in the_map.members(group) if (p, statement) in said]
        return Count(votes.count(AGREE), votes.count(DISAGREE), len(votes))

    for one in consensus(the_map, most=None):
        counts = tuple(count(group, one.statement) for group in range(the_map.k))
        assert (one.counts, one.product) == (counts, group_aware(counts, one.side))
        assert all(2 * (c.votes(one.side) + 1) > c.seen + 2 for c in counts)
    for two in divisive(the_map, most=None):
        assert two.counts == tuple(count(group, two.statement) for group in range(the_map.k))
        assert two.apart == two.counts[two.most].share(AGREE) - two.counts[two.least].share(AGREE)
    for group in range(the_map.k):
        assert all(three.count == count(group, three.statement) for three in representative(the_map, group))


def test_the_tally_of_a_group_counts_each_member_once() -> None:
    votes = [Vote(person, 0, AGREE) for person in range(7)] + [Vote(7, 0, DISAGREE), Vote(8, 0, 0)]

    tally = opinion_map(Conversation.of(votes)).tally

    assert (tally.agree.sum(), tally.disagree.sum(), tally.seen.sum()) == (7, 1, 9)
