"""More than usual: the lift of one building, month after month."""

import random
from datetime import date, timedelta
from fractions import Fraction
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.signals import Signal, Verdict, now_and_before, now_and_other_years, unusual


@pytest.mark.parametrize(
    ("count", "past", "verdict", "expected", "alarm_from"),
    [
        # mean 2, chance gives variance 2, widened by 13/12: alarm above 2 + 3 * 1.47 = 6.4
        (6, [2] * 12, Verdict.USUAL, 2, 7),
        (7, [2] * 12, Verdict.UNUSUAL, 2, 7),
        # mean 4, the past itself swung: spread 192/11, widened: alarm above 4 + 3 * 4.35 = 17.04
        (17, [0, 8] * 6, Verdict.USUAL, 4, 18),
        (18, [0, 8] * 6, Verdict.UNUSUAL, 4, 18),
        # mean 8, variance 8 * 9/8 = 9: exactly three deviations, 17, is not beyond them
        (17, [8] * 8, Verdict.USUAL, 8, 18),
        (18, [8] * 8, Verdict.UNUSUAL, 8, 18),
        # never before: the first three are a signal, two are not
        (2, [0] * 12, Verdict.TOO_FEW, 0, 3),
        (3, [0] * 12, Verdict.UNUSUAL, 0, 3),
    ],
)
def test_a_count_against_its_past(count, past, verdict, expected, alarm_from):
    assert unusual(count, past) == Signal(verdict, count, Fraction(expected), alarm_from, len(past))


def test_without_a_past_nothing_is_called_unusual():
    signal = unusual(40, [1, 2, 1])
    assert (signal, signal.is_unusual) == (Signal(Verdict.NO_HISTORY, 40, None, None, 3), False)


def test_a_count_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        unusual(3, [1, 2, -1, 4])


past = st.lists(st.integers(0, 40), min_size=4, max_size=24)


@given(past, st.integers(0, 200))
def test_the_alarm_is_where_it_says(counts, count):
    signal = unusual(count, counts)
    assert signal.is_unusual is (count >= signal.alarm_from)
    assert signal.alarm_from > signal.expected
    assert unusual(count + 1, counts).is_unusual >= signal.is_unusual


@given(past)
def test_the_order_of_the_past_does_not_matter(counts):
    assert unusual(9, counts) == unusual(9, sorted(counts))


def poisson(chance, mean):
    count, left = 0, chance.random()
    probability = exp(-mean)
    while left > probability:
        left -= probability
        count += 1
        probability *= mean / count
    return count


@pytest.mark.parametrize("mean", [0.3, 1, 3, 10])
def test_chance_alone_rarely_alarms_and_a_threefold_rise_of_a_busy_place_nearly_always(mean):
    chance = random.Random(7)
    trials = 2000
    alarms = rises = 0
    for _ in range(trials):
        before = [poisson(chance, mean) for _ in range(12)]
        alarms += unusual(poisson(chance, mean), before).is_unusual
        rises += unusual(poisson(chance, 3 * mean), before).is_unusual
    assert alarms / trials < 0.02
    if mean >= 10:
        assert rises / trials > 0.95


def test_events_fall_into_spans_counted_back_from_today():
    until = date(2026, 3, 31)
    back = [0, 29, 30, 59, 60, 390, -1]  # the last two: before the spans, and tomorrow
    days = [until - timedelta(days=n) for n in back]
    assert now_and_before(days, until=until) == (2, [2, 1] + [0] * 10)


def test_the_same_season_of_other_years():
    days = [date(2026, 11, 20), date(2026, 11, 1), date(2025, 11, 20), date(2024, 10, 24), date(2023, 10, 25)]
    assert now_and_other_years(days, until=date(2026, 11, 23), years=3) == (2, [1, 0, 1])
    assert now_and_other_years([date(2023, 2, 28)], until=date(2024, 2, 29), years=1) == (0, [1])
