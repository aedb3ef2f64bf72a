"""Until when: named cases worked out by hand from 民法典 §§200-204 and the 2026 arrangements."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from linli.engines.deadlines import (
    SHANGHAI,
    Limit,
    StepKind,
    Unit,
    before,
    due,
    published,
    remaining,
    workdays_between,
)

TABLE = published()


def at(text: str) -> datetime:
    """A moment of 2026 in China: '02-13 09:30', or the last second of a day: '02-13'."""
    day, _, hour = text.partition(" ")
    return datetime.fromisoformat(f"2026-{day} {hour or '23:59:59'}").replace(tzinfo=SHANGHAI)


def steps(found):
    return [
        (
            step.kind.value,
            f"{step.first:%m-%d}",
            f"{step.last:%m-%d}",
            step.holiday.key if step.holiday else "",
        )
        for step in found.steps
    ]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "unrolled", "end"),
    [
        ("02-13 09:30", 2, "hour", "02-13 11:30", "02-13 11:30"),
        ("02-14 23:00", 24, "hour", "02-15 23:00", "02-15 23:00"),  # into the festival: hours do not roll
        ("02-13 09:30", 5, "workday", "02-27", "02-27"),  # 14, 24, 25, 26, 27
        ("02-13 09:30", 6, "workday", "02-28", "02-28"),  # Saturday 28 is worked
        ("02-13 09:30", 7, "workday", "03-02", "03-02"),
        ("02-13 09:30", 1, "workday", "02-14", "02-14"),
        ("02-13 09:30", 2, "workday", "02-24", "02-24"),
        ("02-13 09:30", 7, "day", "02-20", "02-24"),
        ("02-08 09:30", 7, "day", "02-15", "02-24"),
        ("02-07 09:30", 7, "day", "02-14", "02-14"),  # a Saturday worked in exchange: it stays
        ("02-21 09:30", 7, "day", "02-28", "02-28"),
        ("01-31 10:00", 1, "month", "02-28", "02-28"),
        ("01-15 10:00", 1, "month", "02-15", "02-24"),
        ("03-13 10:00", 7, "day", "03-20", "03-20"),
        ("03-14 10:00", 7, "day", "03-21", "03-23"),  # an ordinary Saturday rolls to Monday
        ("09-19 10:00", 1, "workday", "09-20", "09-20"),
        ("09-24 10:00", 1, "workday", "09-28", "09-28"),
        ("09-24 10:00", 7, "day", "10-01", "10-08"),
        ("09-30 10:00", 2, "workday", "10-09", "10-09"),
        ("09-30 10:00", 3, "workday", "10-10", "10-10"),
        ("05-08 10:00", 1, "workday", "05-09", "05-09"),
        ("01-03 10:00", 1, "workday", "01-04", "01-04"),
        ("02-13 23:59", 1, "workday", "02-14", "02-14"),  # after closing time still starts that day
    ],
)
def test_the_holidays_of_2026(start, amount, unit, unrolled, end):
    found = due(at(start), Limit(amount, Unit(unit)), TABLE)
    assert (found.unrolled, found.at, found.provisional) == (at(unrolled), at(end), False)


def test_the_day_is_the_day_in_china_whatever_zone_the_moment_is_told_in():
    late_evening_utc = datetime(2026, 3, 9, 16, 30, tzinfo=UTC)  # 00:30 on the 10th in China
    assert due(late_evening_utc, Limit(1, Unit.DAY), TABLE).at == at("03-11")


def test_a_month_before_a_leap_day_ends_on_it():
    start = datetime(2024, 1, 31, 8, tzinfo=SHANGHAI)
    found = due(start, Limit(1, Unit.MONTH), TABLE)
    assert found.at == datetime(2024, 2, 29, 23, 59, 59, tzinfo=SHANGHAI)
    assert [step.kind for step in found.steps] == [StepKind.FIRST_DAY, StepKind.MONTH_END]


def test_the_steps_tell_why_it_is_that_day():
    assert steps(due(at("02-13 09:30"), Limit(8, Unit.WORKDAY), TABLE)) == [
        ("first_day", "02-13", "02-13", ""),
        ("made_up", "02-14", "02-14", "spring_festival"),
        ("skipped", "02-15", "02-23", "spring_festival"),
        ("made_up", "02-28", "02-28", "spring_festival"),
        ("skipped", "03-01", "03-01", ""),
    ]
    assert steps(due(at("02-13 09:30"), Limit(7, Unit.DAY), TABLE)) == [
        ("first_day", "02-13", "02-13", ""),
        ("rolled", "02-20", "02-24", "spring_festival"),
    ]
    assert steps(due(at("02-07 09:30"), Limit(7, Unit.DAY), TABLE)) == [
        ("first_day", "02-07", "02-07", ""),
        ("made_up", "02-14", "02-14", "spring_festival"),
    ]
    assert steps(due(at("02-13 23:30"), Limit(2, Unit.HOUR), TABLE)) == [("hours_run", "02-13", "02-14", "")]


def test_an_extension_is_counted_from_the_end_before_rolling():
    found = due(at("02-13 09:30"), Limit(7, Unit.DAY), TABLE, extension=Limit(5, Unit.WORKDAY))
    assert (found.unrolled, found.at) == (at("03-01") - timedelta(days=1), at("02-28"))
    assert steps(found) == [
        ("first_day", "02-13", "02-13", ""),
        ("extended", "02-20", "02-28", ""),
        ("skipped", "02-21", "02-23", "spring_festival"),
        ("made_up", "02-28", "02-28", "spring_festival"),
    ]
    assert found.steps[1].limit == Limit(5, Unit.WORKDAY)


def test_an_extension_in_days_of_a_limit_in_hours_ends_with_the_day():
    found = due(at("03-10 09:30"), Limit(24, Unit.HOUR), TABLE, extension=Limit(2, Unit.DAY))
    assert found.at == at("03-13")


def test_an_extension_in_hours_of_a_limit_in_days_runs_on_from_midnight():
    found = due(at("03-10 09:30"), Limit(1, Unit.DAY), TABLE, extension=Limit(2, Unit.HOUR))
    assert found.at == at("03-12 02:00")


def test_a_pause_takes_out_its_dates_from_the_day_it_begins_until_the_day_it_ends():
    pause = (at("03-11 10:00"), at("03-13 15:00"))  # the 11th and the 12th; the 13th counts again
    found = due(at("03-10 09:30"), Limit(5, Unit.WORKDAY), TABLE, pauses=[pause])
    assert found.at == at("03-19")
    assert steps(found) == [
        ("first_day", "03-10", "03-10", ""),
        ("paused", "03-11", "03-12", ""),
        ("skipped", "03-14", "03-15", ""),
    ]


def test_a_pause_within_one_day_takes_nothing_from_days_but_its_length_from_hours():
    pause = (at("03-10 10:00"), at("03-10 12:15"))
    assert due(at("03-10 09:30"), Limit(3, Unit.DAY), TABLE, pauses=[pause]).at == at("03-13")
    assert due(at("03-10 09:30"), Limit(2, Unit.HOUR), TABLE, pauses=[pause]).at == at("03-10 13:45")


def test_no_limit_ends_on_a_date_that_was_taken_out():
    monday = (at("03-16 00:00"), at("03-17 00:00"))
    assert due(at("03-07 10:00"), Limit(7, Unit.DAY), TABLE).at == at("03-16")
    assert due(at("03-07 10:00"), Limit(7, Unit.DAY), TABLE, pauses=[monday]).at == at("03-17")


def test_overlapping_pauses_are_taken_out_once():
    pauses = [(at("03-12 08:00"), at("03-14 08:00")), (at("03-11 08:00"), at("03-13 08:00"))]
    joined = [(at("03-11 08:00"), at("03-14 08:00"))]
    for limit in (Limit(9, Unit.DAY), Limit(30, Unit.HOUR), Limit(4, Unit.WORKDAY), Limit(1, Unit.MONTH)):
        start = at("03-10 20:00")
        assert due(start, limit, TABLE, pauses=pauses) == due(start, limit, TABLE, pauses=joined)


def test_a_counter_that_closes_at_five_ends_the_last_day_at_five():
    found = due(at("03-10 09:30"), Limit(2, Unit.WORKDAY), TABLE, close_of_business=time(17))
    assert found.at == at("03-12 17:00")
    assert [found.kept_by(at(moment)) for moment in ("03-12 17:00:00", "03-12 17:00:01")] == [True, False]


def test_the_last_second_of_the_day_is_in_time_and_midnight_is_not():
    found = due(at("03-10 09:30"), Limit(1, Unit.DAY), TABLE)
    last = datetime(2026, 3, 11, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    assert [found.kept_by(last), found.kept_by(at("03-12 00:00"))] == [True, False]


def test_beyond_the_published_holidays_the_day_is_provisional():
    for start, limit, expected in [
        ("12-30 10:00", Limit(1, Unit.DAY), False),
        ("12-31 10:00", Limit(1, Unit.DAY), True),
        ("12-30 10:00", Limit(2, Unit.WORKDAY), True),
        ("12-01 10:00", Limit(1, Unit.MONTH), True),
        ("12-31 10:00", Limit(48, Unit.HOUR), False),  # hours ask no calendar
    ]:
        assert due(at(start), limit, TABLE).provisional is expected, (start, limit)
    before_the_table = datetime(2023, 12, 28, tzinfo=SHANGHAI)
    assert due(before_the_table, Limit(5, Unit.WORKDAY), TABLE).provisional
    assert due(at("03-10 09:30"), Limit(1, Unit.DAY), TABLE).table == TABLE.version


def test_how_long_is_left_and_how_many_workdays_lie_between():
    found = due(at("03-10 09:30"), Limit(2, Unit.HOUR), TABLE)
    assert remaining(found, at("03-10 10:00")) == timedelta(minutes=90)
    assert remaining(found, at("03-10 11:31")) == -timedelta(minutes=1)
    assert workdays_between(date(2026, 2, 13), date(2026, 2, 28), TABLE) == 6
    assert workdays_between(date(2026, 2, 14), date(2026, 2, 23), TABLE) == 0
    assert before(date(2026, 3, 20), 10) == date(2026, 3, 10)


def test_a_limit_is_written_down_and_read_back():
    for unit in Unit:
        assert Limit.read(str(Limit(5, unit))) == Limit(5, unit)
    assert str(Limit(5, Unit.WORKDAY)) == "5 workday"


def test_what_is_not_a_limit_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        Limit(0, Unit.DAY)
    with pytest.raises(ValueError, match="fortnight"):
        Limit(1, "fortnight")
    with pytest.raises(ValueError, match="with a zone"):
        due(datetime(2026, 3, 10, 9), Limit(1, Unit.DAY), TABLE)  # noqa: DTZ001 -- the point of the test
    naive = datetime(2026, 3, 11)  # noqa: DTZ001 -- the point of the test
    with pytest.raises(ValueError, match="A pause begins and ends at moments with a zone"):
        due(at("03-10 09:30"), Limit(1, Unit.DAY), TABLE, pauses=[(naive, naive)])
    with pytest.raises(ValueError, match="before it begins"):
        due(at("03-10 09:30"), Limit(1, Unit.DAY), TABLE, pauses=[(at("03-12"), at("03-11"))])
