"""Charts begin at the right place and end at the right place."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from linli.web import drawing
from linli.web.tests.conftest import at

START = at("2026-11-24 08:00")


@given(some.integers(1, 10_000), some.integers(0, 20_000))
def test_the_ring_only_ever_shrinks_and_is_empty_when_time_is_up(whole: int, used: int) -> None:
    due = START + timedelta(minutes=whole)
    dash = drawing.ring_dash(START, due, now=START + timedelta(minutes=used))
    next_dash = drawing.ring_dash(START, due, now=START + timedelta(minutes=used + 1))

    assert 0 <= next_dash <= dash <= drawing.RING_LENGTH
    assert (dash > 0) or (used >= whole) or (drawing.RING_LENGTH * (whole - used) < whole)


def test_a_whole_limit_is_a_whole_ring() -> None:
    assert drawing.ring_dash(START, START + timedelta(hours=24), now=START) == drawing.RING_LENGTH


@given(some.lists(some.fractions(0, 1, max_denominator=500), min_size=1, max_size=24))
def test_a_line_has_a_point_for_every_value_inside_the_picture(values: list[Fraction]) -> None:
    spark = drawing.spark_of(values)
    assert spark is not None
    spots = [tuple(map(Fraction, spot.split(","))) for spot in spark.points.split()]

    assert len(spots) == len(values)
    assert all(0 <= x <= 260 and 0 <= y <= 76 for x, y in spots)


def test_a_rate_of_nothing_is_a_dash_and_never_a_hundred_percent() -> None:
    assert drawing.percent(None) == "—"
    assert drawing.percent(Fraction(0)) == "0%"
    assert drawing.percent(Fraction(1)) == "100%"
    assert drawing.percent(Fraction(934, 1000), digits=1) == "93.4%"


@given(some.fractions(-1000, 1000, max_denominator=10_000))
def test_a_short_number_is_within_a_twentieth(number: Fraction) -> None:
    assert abs(Fraction(drawing.short(number)) - number) <= Fraction(1, 20)
