"""Nobody finds a neighbour by subtracting figures."""

from hypothesis import given
from hypothesis import strategies as st

from linli.modules.appeals.rules.small_cells import SMALLEST, hidden_among

COUNTS = st.lists(st.integers(0, 40), max_size=12)


@given(COUNTS)
def test_no_small_figure_is_told_nor_found_by_subtraction(counts: list[int]) -> None:
    hidden = hidden_among(counts)
    told = [count for place, count in enumerate(counts) if place not in hidden]
    left = sum(counts) - sum(told)

    assert [count for count in told if 0 < count < SMALLEST] == []
    assert left == 0 or left >= SMALLEST or sum(counts) < SMALLEST


@given(COUNTS)
def test_nothing_is_left_out_where_nothing_is_small(counts: list[int]) -> None:
    large = [count + SMALLEST for count in counts]

    assert hidden_among(large) == set()


def test_one_small_community_takes_the_next_one_along() -> None:
    assert hidden_among([40, 9, 2, 12]) == {2, 1}
    assert hidden_among([40, 4, 2, 12]) == {1, 2}
