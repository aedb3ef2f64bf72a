"""Chances against the known optimum and against a list of every panel; draws repeat and keep to the stated chances."""

import os
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.stats import chi2

from linli.engines.sortition import (
    LEXIMIN,
    MAXIMIN,
    Impossible,
    Lottery,
    Panels,
    Person,
    Pool,
    Quota,
    chances,
    draw,
    lottery,
    meets,
    replacement,
    reserves,
)
from linli.engines.sortition.reading import read
from linli.engines.sortition.telling import tell_impossible

DATA = (
    Path(os.environ.get("LINLI_SHARED", Path(__file__).parents[5].parent / "shared")) / "data" / "sortition"
)


def shared(name: str) -> Pool:
    if not (DATA / name).exists():
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("The pools are not there: set LINLI_SHARED to the shared folder.")
    return read(DATA / name)


@pytest.mark.parametrize(
    ("name", "size", "least"),
    [("sf_fixture_22", 22, Fraction(1, 11)), ("example_small_20", 20, Fraction(1, 10))],
)
def test_the_smallest_chance_is_as_large_as_it_can_be(name: str, size: int, least: Fraction) -> None:
    found = lottery(Panels(shared(name), size))

    assert abs(min(found.chances().values()) - least) < Fraction(1, 10**6)
    assert sum(found.chances().values()) == size


def test_the_second_smallest_is_raised_too_without_lowering_the_first() -> None:
    pool = shared("example_small_20")

    assert {round(float(chance), 6) for chance in lottery(Panels(pool, 20), LEXIMIN).chances().values()} == {
        0.1
    }


def street() -> Pool:
    """The guide's five: 王 and 李 are old, 陈 and 刘 young, 周 is old and lives with 王; two are drawn, one of them old."""
    quotas = (Quota("age", "old", 1, 1), Quota("age", "young", 1, 1))
    ages = {"王": "old", "李": "old", "周": "old", "陈": "young", "刘": "young"}
    people = tuple(Person(name, (age,)) for name, age in ages.items())
    return Pool(("age",), people, quotas)


def test_the_example_of_the_guide_is_as_counted_by_hand() -> None:
    """docs/engines/sortition.md, five people."""
    third, half = Fraction(1, 3), Fraction(1, 2)
    expected = {"王": third, "李": third, "周": third, "陈": half, "刘": half}
    found = lottery(Panels(street(), 2), LEXIMIN)

    assert found.chances() == expected
    assert draw(found, "2026年11月24日") == draw(found, "2026年11月24日")
    assert {
        meets([p for p in street().people if p.id in draw(found, str(n))], street()) for n in range(50)
    } == {True}


KINDS = st.sampled_from(["a", "b"])
PEOPLE = st.lists(st.tuples(KINDS, KINDS, st.sampled_from(["", "", "h1", "h2"])), min_size=3, max_size=8)
BOUNDS = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@st.composite
def pools(draw_: st.DrawFn) -> tuple[Pool, int]:
    people = tuple(Person(f"p{n}", (one, other), home) for n, (one, other, home) in enumerate(draw_(PEOPLE)))
    least = draw_(BOUNDS)
    quotas = tuple(
        Quota(feature, value, low, low + 2)
        for (feature, value), low in zip((("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")), least, strict=True)
    )
    return Pool(("x", "y"), people, quotas, one_of_household=draw_(st.booleans())), draw_(st.integers(1, 4))


def every_panel(pool: Pool, size: int) -> list[tuple[Person, ...]]:
    def apart(panel: tuple[Person, ...]) -> bool:
        homes = [person.household for person in panel if person.household]
        return not pool.one_of_household or len(set(homes)) == len(homes)

    return [panel for panel in combinations(pool.people, size) if meets(panel, pool) and apart(panel)]


def optimum(panels: list[tuple[Person, ...]], ids: list[str]) -> float:
    """The greatest least chance over every panel there is, of those whom any panel seats."""
    seated = np.array([[person in [p.id for p in panel] for panel in panels] for person in ids], dtype=float)
    seated = seated[seated.any(axis=1)]
    count = len(panels)
    found = linprog(
        np.r_[np.zeros(count), -1.0], A_ub=np.c_[-seated, np.ones(len(seated))], b_ub=np.zeros(len(seated)),
        A_eq=np.r_[np.ones(count), 0.0][None, :], b_eq=[1.0],
    )  # fmt: skip
    return -float(found.fun)


@given(pools(), st.sampled_from([MAXIMIN, LEXIMIN]))
@settings(max_examples=60, deadline=None)
def test_small_pools_equal_the_optimum_over_every_panel(drawn: tuple[Pool, int], rule: str) -> None:
    pool, size = drawn
    panels = every_panel(pool, size)
    if not panels:
        with pytest.raises(Impossible):
            lottery(Panels(pool, size), rule)
        return
    found = lottery(Panels(pool, size), rule)
    positive = [chance for chance in found.chances().values() if chance]
    ids = [person.id for person in pool.people]

    assert abs(float(min(positive)) - optimum(panels, ids)) < 1e-6
    assert sum(found.chances().values()) == size
    assert set(draw(found, "种子")) in [{person.id for person in panel} for panel in panels]
    assert {id_ for id_, chance in found.chances().items() if chance} <= {
        p.id for panel in panels for p in panel
    }


def chi_square(found: Lottery, times: int) -> float:
    """Pearson's statistic of ``times`` draws against the stated chances, scaled for draws without replacement."""
    counted = Counter(id_ for n in range(times) for id_ in draw(found, f"draw {n}"))
    total = 0.0
    for id_, chance in found.chances().items():
        expected = float(chance) * times
        total += (counted[id_] - expected) ** 2 / (expected * (1 - float(chance)))
    return total


def test_two_thousand_draws_keep_to_the_stated_chances() -> None:
    found = lottery(Panels(street(), 2))

    assert chi_square(found, 2_000) < chi2.ppf(0.9999, 5)


@pytest.mark.drill
def test_ten_thousand_draws_keep_to_the_stated_chances() -> None:
    found = lottery(Panels(shared("sf_fixture_22"), 22), LEXIMIN)

    assert chi_square(found, 10_000) < chi2.ppf(0.9999, 150)


def test_the_order_of_the_list_changes_nothing() -> None:
    pool = shared("sf_fixture_22")
    turned = Pool(pool.features, tuple(reversed(pool.people)), pool.quotas)

    assert draw(lottery(Panels(turned, 22)), "种子") == draw(lottery(Panels(pool, 22)), "种子")


def test_somebody_who_leaves_is_replaced_within_the_quotas() -> None:
    pool = street()
    panel = draw(lottery(Panels(pool, 2)), "种子")
    old = next(id_ for id_ in panel if id_ in {"王", "李", "周"})
    instead = replacement(pool, panel, old, "种子")

    assert instead in {"王", "李", "周"} - {old}
    assert set(reserves(pool, panel, "种子")) <= {"王", "李", "周", "陈", "刘"} - set(panel)
    assert len(reserves(pool, panel, "种子")) == 2


def test_nobody_fits_where_the_quotas_leave_nobody() -> None:
    pool = Pool(("age",), street().people[2:4], street().quotas)

    assert replacement(pool, ("周", "陈"), "周", "种子") is None


def test_one_of_a_household_is_enough() -> None:
    homes = {"王": "3-2-501", "周": "3-2-501", "李": "3-2-502"}
    people = tuple(Person(name, ("old",), home) for name, home in homes.items())
    pool = Pool(("age",), people, (Quota("age", "old", 0, 2),), one_of_household=True)
    found = lottery(Panels(pool, 2))

    assert found.chances() == {"王": Fraction(1, 2), "周": Fraction(1, 2), "李": Fraction(1)}
    assert reserves(pool, draw(found, "种子"), "种子") == ()
    with pytest.raises(Impossible):
        lottery(Panels(pool, 3))


def test_quotas_that_cannot_be_met_say_the_least_change() -> None:
    pool = Pool(("age",), street().people, (Quota("age", "old", 1, 1), Quota("age", "young", 3, 3)))
    with pytest.raises(Impossible) as no:
        lottery(Panels(pool, 4))

    assert no.value.changes == [Quota("age", "old", 1, 2), Quota("age", "young", 2, 3)]
    assert tell_impossible(no.value.changes, pool.quotas) == (
        "配额凑不齐。改动最少的办法：age old 上限从 1 升到 2；age young 下限从 3 降到 2。"
    )
    assert tell_impossible([], pool.quotas, "en") == "There are too few people for a panel of this size."


def test_many_kinds_of_people_come_near_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chances, "FEW", 50)
    monkeypatch.setattr(chances, "FIRST", 60)
    found = lottery(Panels(shared("sf_fixture_22"), 22))

    assert min(found.chances().values()) > Fraction(9, 100)
    assert 0 <= found.short < 0.002
    assert float(min(found.chances().values())) + found.short >= 1 / 11 - 1e-6
