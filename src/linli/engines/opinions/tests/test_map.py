from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.opinions import AGREE, DISAGREE, PASS, Conversation, Statement, Vote, opinion_map
from linli.engines.opinions.components import Moments, components, projections
from linli.engines.opinions.tests.neighbours import FIVE, LIFT, five_neighbours, street

SOME_VOTES = st.lists(
    st.builds(Vote, st.integers(0, 11), st.integers(0, 6), st.sampled_from((AGREE, PASS, DISAGREE))),
    min_size=1,
    max_size=80,
)


def filled(conversation: Conversation) -> np.ndarray:
    """The plain way: gaps become the mean of their column, and the mean is taken away."""
    matrix = conversation.matrix()
    rows = []
    for values, seen in zip(matrix.values.T, matrix.seen.T, strict=True):
        mean = float(values.sum()) / max(float(seen.sum()), 1)
        rows.append([float(v) - mean if s else 0.0 for v, s in zip(values, seen, strict=True)])
    return np.array(rows).T


def test_five_neighbours_stand_where_the_sum_by_hand_puts_them() -> None:
    the_map = opinion_map(five_neighbours(), k=2, least=2, votes=2)
    half = 0.5**0.5

    assert dict(zip(the_map.participants, the_map.positions.round(4).tolist(), strict=True)) == {
        "王阿姨": [1.4142, 0.0],
        "刘师傅": [1.4142, 0.0],
        "陈晓雨": [-1.4142, 0.0],
        "周爷爷": [-0.866, -0.866],
        "小林": [-0.7071, 0.7071],
    }
    assert np.allclose(the_map.components, [[half, -half, 0], [half, half, 0]], atol=1e-15)
    assert (the_map.centre.tolist(), the_map.sizes) == ([0, 0, 1], [3, 2])
    assert set(the_map.members(1)) == {"王阿姨", "刘师傅"}


@given(SOME_VOTES)
def test_the_scatter_is_that_of_the_filled_and_centred_matrix(votes: list[Vote]) -> None:
    conversation = Conversation.of(votes)
    matrix, plain = conversation.matrix(), filled(conversation)

    scatter = Moments.of(matrix.values, matrix.seen).scatter()

    assert np.allclose(scatter, plain.T @ plain, atol=1e-9)


@given(SOME_VOTES)
def test_the_components_explain_as_much_as_the_singular_values(votes: list[Vote]) -> None:
    conversation = Conversation.of(votes)
    matrix, plain = conversation.matrix(), filled(conversation)
    moments = Moments.of(matrix.values, matrix.seen)

    directions = components(moments)

    singular = np.linalg.svd(plain, compute_uv=False)
    wanted = [float(value) ** 2 if value**2 > 1e-8 else 0.0 for value in singular[:2]]
    found = ((plain @ directions.T) ** 2).sum(axis=0)
    assert np.allclose(found[: len(wanted)], wanted, atol=1e-6)
    assert all(first_of_the_largest(direction) >= 0 for direction in directions)
    votes_of = matrix.seen.sum(axis=1)
    scaled = (plain @ directions.T) * np.sqrt(len(matrix.statements) / votes_of)[:, None]
    assert np.allclose(projections(matrix, moments.centre(), directions), scaled, atol=1e-9)


def first_of_the_largest(direction: np.ndarray) -> float:
    sizes = np.abs(direction)
    return float(direction[np.flatnonzero(sizes >= sizes.max() * (1 - 1e-9))[0]])


def test_two_camps_are_found_and_nobody_is_on_the_wrong_side() -> None:
    the_map = opinion_map(Conversation.of(street(40, 25, shown=1)))

    assert (the_map.k, the_map.sizes) == (2, [40, 25])
    assert the_map.members(1) == list(range(40, 65))


@pytest.mark.parametrize("camps", [(30, 20, 10), (60, 50, 40, 30), (30, 28, 26, 24, 22)])
def test_as_many_camps_as_there_are(camps: tuple[int, ...]) -> None:
    votes = street(*camps, statements=60, shown=1, loyal=0.97, seed=5)
    the_map = opinion_map(Conversation.of(votes))

    largest = [
        max(np.bincount(the_map.groups[sum(camps[:c]) : sum(camps[: c + 1])])) for c in range(len(camps))
    ]

    assert the_map.k <= len(camps)
    assert all(most == size for most, size in zip(largest, camps, strict=True))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_the_same_votes_in_any_order_give_the_same_bits(seed: int, camps: list[int]) -> None:
    votes = street(*camps, seed=seed, shown=0.6)
    statements = [Statement(one, f"第 {one} 条") for one in range(12)]
    bits = opinion_map(Conversation.of(votes, statements)).bits()
    chance = Random(seed)

    for _ in range(3):
        chance.shuffle(votes)
        chance.shuffle(statements)
        assert opinion_map(Conversation.of(votes, statements)).bits() == bits


def test_who_voted_too_little_stands_on_the_map_but_in_no_group() -> None:
    votes = [*street(20, 20, shown=1), *(Vote("路人", one, AGREE) for one in range(6))]

    the_map = opinion_map(Conversation.of(votes))

    assert (the_map.participants[-1], the_map.groups[-1], sum(the_map.sizes)) == ("路人", -1, 40)
    assert opinion_map(Conversation.of([*votes, Vote("路人", 6, AGREE)])).groups[-1] >= 0


def test_where_there_are_three_statements_three_votes_are_enough() -> None:
    votes = street(9, 7, shown=1, loyal=1, statements=3, seed=3)

    assert sum(opinion_map(Conversation.of(votes)).sizes) == 16


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 30), min_size=1, max_size=5),
    st.integers(1, 9),
    st.sampled_from((None, 2, 3, 4, 5)),
)
def test_no_group_is_smaller_than_agreed(seed: int, camps: list[int], least: int, k: int | None) -> None:
    the_map = opinion_map(Conversation.of(street(*camps, seed=seed)), least=least, k=k)

    assert the_map.k == 1 or min(the_map.sizes) >= least
    assert the_map.sizes == sorted(the_map.sizes, reverse=True)
    assert k is None or the_map.k <= k


def test_a_single_outsider_never_becomes_a_group() -> None:
    strange = [Vote("怪人", one, DISAGREE if one % 2 else AGREE) for one in range(12)]
    votes = [*(Vote(person, one, AGREE) for person in range(30) for one in range(12)), *strange]

    assert opinion_map(Conversation.of(votes)).sizes == [31]
    assert opinion_map(Conversation.of(votes), least=1).sizes == [30, 1]


def test_everybody_of_one_mind_is_one_group() -> None:
    the_map = opinion_map(Conversation.of(Vote(name, one, AGREE) for name in FIVE for one in range(9)))

    assert (the_map.k, the_map.sizes, the_map.positions.tolist()) == (1, [5], [[0, 0]] * 5)


@pytest.mark.parametrize(
    "conversation",
    [Conversation(), Conversation.of([Vote("王阿姨", LIFT, AGREE)]), Conversation.of([], [Statement(1)])],
)
def test_little_or_nothing_is_one_group(conversation: Conversation) -> None:
    assert opinion_map(conversation).k == 1


@pytest.mark.parametrize("wrong", [{"k": 0}, {"k": 6}, {"least": 0}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="1 to 5 groups"):
        opinion_map(five_neighbours(), **wrong)
