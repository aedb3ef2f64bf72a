"""Ten thousand random limits against a second count that only ever looks at one day, or one minute, at a time."""

import random
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deadlines import SHANGHAI, Limit, Unit, due, published, workdays_between

TABLE = published()
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def naive(start, limit, pauses, extension):
    """The end before and after rolling."""
    end, by_hour = _walk(start, True, limit, pauses)
    if extension:
        end, by_hour = _walk(end, by_hour, extension, pauses)
    if by_hour:
        return end, end
    rolled = end
    if (extension or limit).unit != "workday":
        while _off(rolled) or _paused(rolled, pauses):
            rolled += DAY
    return tuple(datetime.combine(day, time(23, 59, 59), SHANGHAI) for day in (end, rolled))


def _walk(end, by_hour, limit, pauses):
    if limit.unit == "hour":
        moment = end if by_hour else datetime.combine(end + DAY, time(), SHANGHAI)
        left = limit.amount * 60
        while left:
            if not any(a <= moment < b for a, b in pauses):
                left -= 1
            moment += MINUTE
        return moment, True
    day = end.date() if by_hour else end
    left = (_same_day_later(day, limit.amount) - day).days if limit.unit == "month" else limit.amount
    while left:
        day += DAY
        if not _paused(day, pauses) and not (limit.unit == "workday" and _off(day)):
            left -= 1
    return day, False


def _same_day_later(day, months):
    wanted, month = day.day, day.replace(day=1)
    for _ in range(months):
        month = (month + timedelta(days=31)).replace(day=1)
    while wanted:
        try:
            return month.replace(day=wanted)
        except ValueError:
            wanted -= 1
    raise AssertionError


def _paused(day, pauses):
    return any(a.date() <= day < b.date() for a, b in pauses)


HOLIDAYS = {
    date(year, month, day)
    for year, month, first, last in [
        (2026, 1, 1, 3), (2026, 2, 15, 23), (2026, 4, 4, 6), (2026, 5, 1, 5),
        (2026, 6, 19, 21), (2026, 9, 25, 27), (2026, 10, 1, 7),
        (2025, 1, 1, 1), (2025, 1, 28, 31), (2025, 2, 1, 4), (2025, 4, 4, 6), (2025, 5, 1, 5),
        (2025, 5, 31, 31), (2025, 6, 1, 2), (2025, 10, 1, 8),
    ]
    for day in range(first, last + 1)
}  # fmt: skip
WORKED = {
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
    date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11),
}  # fmt: skip


def _off(day):
    return day in HOLIDAYS or (day.weekday() in (5, 6) and day not in WORKED)


FIRST = datetime(2025, 1, 1, tzinfo=SHANGHAI)
LONGEST = {"hour": 30, "day": 70, "workday": 40, "month": 4}


def a_case(chance):
    def limit():
        unit = chance.choice(list(LONGEST))
        return Limit(chance.randint(1, LONGEST[unit]), Unit(unit))

    start = FIRST + MINUTE * chance.randrange(720 * 24 * 60)
    pauses = []
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        begins = start + MINUTE * chance.randrange(-3 * 1440, 40 * 1440)
        pauses.append((begins, begins + MINUTE * chance.choice((0, 5, 300, 1440, 6000, 20000))))
    return start, limit(), pauses, limit() if chance.random() < 0.3 else None


def test_ten_thousand_random_limits_end_where_the_naive_count_ends():
    chance = random.Random(20260101)
    for _ in range(10_000):
        start, limit, pauses, extension = case = a_case(chance)
        found = due(start, limit, TABLE, pauses=pauses, extension=extension)
        assert (found.unrolled, found.at) == naive(start, limit, pauses, extension), case


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(lambda m: m.replace(tzinfo=SHANGHAI))  # noqa: DTZ001
limits = st.builds(Limit, st.integers(1, 90), st.sampled_from(Unit))


@given(moments, limits)
def test_a_limit_ends_after_it_began_and_rolling_only_ever_gives_time(start, limit):
    found = due(start, limit, TABLE)
    assert start < found.unrolled <= found.at
    if limit.unit is not Unit.HOUR:
        assert TABLE.is_workday(found.at.date())
        assert workdays_between(found.unrolled.date(), found.at.date(), TABLE) <= 1


@given(moments, st.integers(1, 90))
def test_between_a_start_and_its_end_lie_as_many_workdays_as_the_limit_gave(start, amount):
    found = due(start, Limit(amount, Unit.WORKDAY), TABLE)
    assert workdays_between(start.date(), found.at.date(), TABLE) == amount


@given(moments, limits, st.integers(0, 40), st.integers(0, 30))
def test_a_pause_never_brings_the_end_nearer(start, limit, wait, length):
    pause = (start + wait * DAY, start + (wait + length) * DAY)
    assert due(start, limit, TABLE, pauses=[pause]).at >= due(start, limit, TABLE).at


@given(moments, st.integers(1, 60), st.sampled_from((Unit.HOUR, Unit.DAY, Unit.WORKDAY)))
def test_one_more_never_ends_earlier(start, amount, unit):
    assert due(start, Limit(amount, unit), TABLE).at <= due(start, Limit(amount + 1, unit), TABLE).at
