from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.opinions import AGREE, DISAGREE, PASS, Conversation, Statement, Vote
from linli.engines.opinions.tests.neighbours import LIFT, five_neighbours

VALUES = st.sampled_from((AGREE, PASS, DISAGREE))


def test_wang_ayi_changes_her_mind_and_her_last_vote_counts() -> None:
    votes = [Vote("王阿姨", LIFT, AGREE, 1), Vote("王阿姨", LIFT, DISAGREE, 3), Vote("王阿姨", LIFT, PASS, 2)]

    counted = [Conversation.of(order).said for order in permutations(votes)]

    assert counted == [{("王阿姨", LIFT): (3, DISAGREE)}] * 6


def test_two_different_votes_at_the_same_moment_count_as_a_pass() -> None:
    votes = [
        Vote("王阿姨", LIFT, AGREE, 1),
        Vote("王阿姨", LIFT, DISAGREE, 1),
        Vote("王阿姨", LIFT, AGREE, 1),
    ]

    counted = [Conversation.of(order).said for order in permutations(votes)]

    assert counted == [{("王阿姨", LIFT): (1, PASS)}] * 6


@given(
    st.lists(st.builds(Vote, st.integers(0, 2), st.integers(0, 1), VALUES, st.integers(0, 3))), st.randoms()
)
def test_the_order_in_which_votes_come_does_not_matter(votes: list[Vote], chance: object) -> None:
    shuffled = list(votes)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert Conversation.of(shuffled).said == Conversation.of(votes).said


def test_a_vote_is_one_of_three_things() -> None:
    with pytest.raises(ValueError, match="1, 0 or -1, not 2"):
        Vote("王阿姨", LIFT, 2)


def test_the_matrix_is_in_order_of_ids_numbers_before_words() -> None:
    conversation = Conversation.of(
        [Vote("b", 10, AGREE), Vote(10, 9, DISAGREE), Vote(9, "x", PASS), Vote("a", 9, AGREE)]
    )

    matrix = conversation.matrix()

    assert (matrix.participants, matrix.statements) == ((9, 10, "a", "b"), (9, 10, "x"))
    assert matrix.values.tolist() == [[0, 0, 0], [-1, 0, 0], [1, 0, 0], [0, 1, 0]]
    assert matrix.seen.tolist() == [[0, 0, 1], [1, 0, 0], [1, 0, 0], [0, 1, 0]]


def test_a_statement_that_is_moderated_out_or_meta_is_not_on_the_matrix() -> None:
    conversation = five_neighbours()
    conversation.statements[1] = Statement(1, "骂人的话", -1)
    conversation.statements[3] = Statement(3, "我住一楼", 1, is_meta=True)

    assert conversation.matrix().statements == (2,)
