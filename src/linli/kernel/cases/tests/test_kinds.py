"""A kind says which arrows there are; nothing else can happen to its cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.cases.kinds import Kind, Move, all_kinds, kind_of, reachable, register
from linli.kernel.cases.tests.conftest import REPAIR

STATES = ("a", "b", "c", "d", "e")
MOVES = st.builds(
    Move,
    verb=st.just("x.moved"),
    origins=st.lists(st.sampled_from(STATES), min_size=1, max_size=3, unique=True).map(tuple),
    to=st.one_of(st.none(), st.sampled_from(STATES)),
)


def test_an_arrow_to_a_state_nobody_declared_is_refused_at_the_start() -> None:
    for move in (
        Move("x.y", ("open",), "lost"),
        Move("x.y", ("lost",), "open"),
        Move("x.y", ("lost",), None),
    ):
        with pytest.raises(ValueError, match=r"undeclared states \['lost'\]"):
            register(Kind(name="stray", label="stray", states=("open",), moves=(move,)))
    assert "stray" not in {kind.name for kind in all_kinds()}


def test_a_registered_kind_is_found_by_its_name_and_knows_its_open_states() -> None:
    assert (kind_of("repair"), REPAIR.open_states) == (REPAIR, ("open", "given"))


def test_every_declared_state_of_a_registered_kind_can_be_reached_from_its_first() -> None:
    assert reachable(REPAIR, "open") == {"open", "given", "done"}


@given(moves=st.lists(MOVES, max_size=6))
def test_reachable_is_what_walking_every_arrow_again_and_again_finds(moves: list[Move]) -> None:
    kind = Kind(name="walk", label="walk", states=STATES, moves=tuple(moves))
    walked = {"a"}
    for _ in STATES:
        walked |= {move.to or state for move in moves for state in walked if state in move.origins}
    assert reachable(kind, "a") == walked
