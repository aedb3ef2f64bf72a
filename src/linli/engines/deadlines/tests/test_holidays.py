"""The year's arrangements: what is worked and what is not, against the notices."""

import json
from datetime import date, timedelta

import pytest

from linli.engines.deadlines import HolidayTable, published


def days(text: str) -> list[date]:
    return [date.fromisoformat(f"2026-{day}") for day in text.split()]


def test_the_weekend_days_worked_in_2026_are_these_six():
    table = published()
    worked = [
        day
        for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
        if day.weekday() >= 5 and table.is_workday(day)
    ]
    assert worked == days("01-04 02-14 02-28 05-09 09-20 10-10")


def test_the_spring_festival_of_2026_lasts_nine_days():
    table = published()
    off = [day for day in days(" ".join(f"02-{n:02}" for n in range(1, 29))) if not table.is_workday(day)]
    assert off == days("02-01 02-07 02-08 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23")
    assert {table.holiday(day).zh for day in days("02-15 02-19 02-23")} == {"春节"}
    assert table.holiday(date(2026, 2, 8)) is None


def test_the_table_says_where_it_comes_from_and_how_far_it_reaches():
    table = published()
    assert (table.version, table.years) == ("2026.1", (2024, 2025, 2026))
    assert table.notices[-1].title == "国务院办公厅关于2026年部分节假日安排的通知"
    assert [table.covers(day) for day in (date(2023, 12, 31), date(2024, 1, 1))] == [False, True]
    assert [table.covers(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [True, False]


def test_a_date_reckoned_long_ago_finds_its_own_table_again():
    assert published("2026.1") is published()
    with pytest.raises(LookupError, match="no holiday table '1999'"):
        published("1999")


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_shipped_table_agrees_with_an_independent_list(year, shared):
    path = shared / f"domain/data/holiday-cn_{year}.json"
    listed = {date.fromisoformat(row["date"]): row for row in json.loads(path.read_text())["days"]}
    table = published()
    for day in (
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ):
        off = listed[day]["isOffDay"] if day in listed else day.weekday() >= 5
        assert table.is_workday(day) is not off, day
        name = listed[day]["name"] if day in listed and off else None
        assert getattr(table.holiday(day), "zh", None) == name, day


def small(**changes):
    row = {"name": "rest", "from": "2030-05-01", "to": "2030-05-03", "work": ["2030-05-05"]}
    year = {"year": 2030, "notice": "通知", "address": "", "holidays": [row | changes]}
    return {"version": "x", "names": {"rest": {"zh": "休", "en": "Rest"}}, "years": [year]}


def test_a_table_refuses_a_weekday_worked_in_exchange():
    assert HolidayTable.read(small()).is_workday(date(2030, 5, 5))
    with pytest.raises(ValueError, match="Only a weekend day"):
        HolidayTable.read(small(work=["2030-05-06"]))


def test_a_table_refuses_a_gap_between_its_years():
    text = small()
    text["years"].append(text["years"][0] | {"year": 2032, "holidays": []})
    with pytest.raises(ValueError, match="years in a row"):
        HolidayTable.read(text)
