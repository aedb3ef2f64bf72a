import tomllib
from pathlib import Path

import pytest

from linli.engines.triage.routes import Route, route
from linli.engines.triage.text import normalise

CALLS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "calls.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_a_call_goes_where_it_must(name: str, call: str) -> None:
    assert route(normalise(call)).name == name


def test_the_route_names_the_words_that_called_for_it() -> None:
    assert route(normalise("我被关在电梯里了")) == Route("emergency_119", ("电梯", "被关"))


def test_the_same_danger_counts_now_and_not_when_it_is_over_or_feared() -> None:
    now, over, feared = (
        route(normalise(text)).name
        for text in ("三单元着火了", "三单元上个月着火了，已经修好了", "三单元堆满纸箱，万一着火了怎么办")
    )

    assert (now, over, feared) == ("emergency_119", "none", "none")
