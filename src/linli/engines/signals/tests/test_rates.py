"""The three rates, worked out by hand for one month of one street, and what must hold for any rows."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.signals import EQUAL, Rate, Rates, Row, Weights, rates_of, three_rates


def row(
    unit="物业", *, contacted=True, solved=True, satisfied=True, effective=True, excluded=None, on_time=True
):
    return Row(unit, "老山东里北社区", contacted, solved, satisfied, effective, excluded, on_time)


A_MONTH = [
    row(),  # the lamp on the stairs: all well
    row(satisfied=False),  # solved, but the noise was great
    row(contacted=False, solved=False, satisfied=False, on_time=False),
    row(solved=None, satisfied=None, effective=False),  # the phone was off
    row(satisfied=None),  # "it works" and hung up
    row(excluded="duplicate"),
    row(excluded="duplicate"),
    row(excluded="hung", contacted=None, solved=None, on_time=None),
    row(contacted=None, solved=None, satisfied=None, effective=False, on_time=None),  # still running
    row("供热", solved=False),
]


def test_a_month_of_a_street_worked_out_by_hand():
    left_out = {"duplicate": 2, "hung": 1}
    assert three_rates(A_MONTH) == {
        "物业": Rates(
            response=Rate(4, 5, left_out | {"not_yet": 1}),
            solved=Rate(3, 4, left_out | {"no_callback": 2}),
            satisfied=Rate(1, 3, left_out | {"no_answer": 1, "no_callback": 2}),
            on_time=Rate(4, 5, left_out | {"not_yet": 1}),
        ),
        "供热": Rates(Rate(1, 1), Rate(0, 1), Rate(1, 1), Rate(1, 1)),
    }


def test_rates_are_fractions_and_the_composite_weighs_them_exactly():
    ours = three_rates(A_MONTH)["物业"]
    assert [rate.value for rate in (ours.response, ours.solved, ours.satisfied)] == [
        Fraction(4, 5),
        Fraction(3, 4),
        Fraction(1, 3),
    ]
    assert ours.composite == Fraction(113, 180)
    weighted = rates_of(A_MONTH[:-1], Weights(Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)))
    assert weighted.composite == Fraction(4, 25) + Fraction(3, 10) + Fraction(2, 15)


def test_nothing_assessed_is_not_a_hundred_percent():
    nobody = rates_of([row(excluded="unlawful")])
    assert (nobody.solved.value, nobody.composite) == (None, None)
    assert nobody.solved.interval() == (0.0, 1.0)
    assert rates_of([]) == Rates(Rate(0, 0), Rate(0, 0), Rate(0, 0), Rate(0, 0))


def test_a_rate_that_does_not_count_may_be_empty():
    unasked = [row(solved=None, satisfied=None, effective=False)]
    only_response = Weights(Fraction(1), Fraction(0), Fraction(0))
    assert (rates_of(unasked).composite, rates_of(unasked, only_response).composite) == (None, Fraction(1))


def test_weights_are_exact_not_negative_and_add_up_to_one():
    with pytest.raises(TypeError, match="never floats"):
        Weights(0.2, 0.4, 0.4)
    with pytest.raises(ValueError, match="add up to one"):
        Weights(Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))
    with pytest.raises(ValueError, match="not negative"):
        Weights(Fraction(-1, 2), Fraction(1), Fraction(1, 2))


def test_more_than_all_is_no_rate():
    with pytest.raises(ValueError, match="3 of 2 is no rate"):
        Rate(3, 2)


def test_the_groups_may_be_areas_or_anything_a_row_tells():
    rows = [row("物业"), row("供热"), row("供热", solved=False)]
    by_area = three_rates(rows, by=lambda row: row.area)
    assert list(by_area) == ["老山东里北社区"]
    assert by_area["老山东里北社区"].solved == Rate(2, 3)
    assert set(three_rates(rows, by=lambda row: (row.unit, row.solved))) == {
        ("物业", True),
        ("供热", True),
        ("供热", False),
    }


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [  # from the closed form, to four places
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 100, 0.7222, 0.8749),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_wilsons(numerator, denominator, low, high):
    found = Rate(numerator, denominator).interval()
    assert tuple(round(edge, 4) for edge in found) == (low, high)


maybe = st.sampled_from((True, False, None))
rows = st.lists(
    st.builds(
        Row,
        unit=st.sampled_from(("物业", "供热", "环卫")),
        area=st.sampled_from(("东里", "西里")),
        contacted_in_time=maybe,
        solved=maybe,
        satisfied=maybe,
        effective=st.booleans(),
        excluded=st.sampled_from((None, None, "duplicate", "hung")),
        closed_on_time=maybe,
    ),
    max_size=60,
)
NAMES = ("response", "solved", "satisfied", "on_time")


@given(rows)
def test_no_row_disappears_from_any_rate(found):
    rates = rates_of(found)
    for name in NAMES:
        rate = getattr(rates, name)
        assert rate.denominator + sum(rate.excluded.values()) == len(found)
        assert all(rate.excluded.values())


@given(rows)
def test_groups_taken_together_are_the_whole(found):
    for by in (lambda row: row.unit, lambda row: row.area):
        whole = sum(three_rates(found, by=by).values(), start=rates_of([]))
        assert whole == rates_of(found)


@given(rows)
def test_the_composite_lies_between_the_worst_and_the_best_rate(found):
    rates = rates_of(found, EQUAL)
    values = [getattr(rates, name).value for name in NAMES[:3]]
    if None in values:
        assert rates.composite is None
    else:
        assert min(values) <= rates.composite <= max(values)


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from((80, 90, 95, 99)))
def test_the_interval_holds_the_rate_and_narrows_with_more_rows(yes, no, level):
    rate = Rate(yes, yes + no)
    low, high = rate.interval(level)
    assert 0 <= low <= high <= 1
    if rate.value is not None:
        assert low <= rate.value <= high
        wider_low, wider_high = Rate(10 * yes, 10 * (yes + no)).interval(level)
        assert wider_high - wider_low < high - low
