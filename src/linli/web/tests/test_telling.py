"""Moments and limits in words."""

from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from linli.kernel.clock import SHANGHAI
from linli.web import telling
from linli.web.tests.conftest import at

NOW = at("2026-11-24 14:00")

SHORT = [
    ("2026-11-24 18:00", "今天 18:00", "today 18:00"),
    ("2026-11-25 09:05", "明天 09:05", "tomorrow 09:05"),
    ("2026-11-23 23:59", "昨天 23:59", "yesterday 23:59"),
    ("2026-11-28 08:00", "11月28日 08:00", "28 Nov 08:00"),
    ("2025-01-02 08:00", "2025年1月2日", "2 Jan 2025"),
]


@pytest.mark.parametrize(("moment", "chinese", "english"), SHORT)
def test_a_moment_is_told_shortly(moment: str, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert telling.short_moment(at(moment), now=NOW) == chinese
    with translation.override("en"):
        assert telling.short_moment(at(moment), now=NOW) == english


DUE = [
    ("2026-11-24 13:20", "bad", "late", "超时 40 分", "40 min late"),
    ("2026-11-24 10:30", "bad", "late", "超时 3 小时", "3 hours late"),
    ("2026-11-23 09:00", "bad", "late", "超时 1 天", "1 day late"),
    ("2026-11-24 15:00", "warn", "today", "还剩 1 小时", "1 hour left"),
    ("2026-11-24 15:50", "warn", "today", "还剩 1 小时 50 分", "1 hour 50 min left"),
    ("2026-11-24 18:00", "warn", "today", "今天 18:00", "today 18:00"),
    ("2026-11-25 18:00", "ok", "ok", "明天", "tomorrow"),
    ("2026-11-27 23:59", "ok", "ok", "11月27日", "27 Nov"),
]


@pytest.mark.parametrize(("due", "kind", "edge", "chinese", "english"), DUE)
def test_a_limit_is_told_by_how_near_it_is(
    due: str, kind: str, edge: str, chinese: str, english: str
) -> None:
    with translation.override("zh-hans"):
        told = telling.due_words(at(due), now=NOW)
        assert (told.kind, told.edge, told.words) == (kind, edge, chinese)
    with translation.override("en"):
        assert telling.due_words(at(due), now=NOW).words == english


@given(some.integers(-60 * 24 * 400, 60 * 24 * 400))
def test_a_limit_is_late_exactly_when_its_moment_has_passed(minutes: int) -> None:
    due = NOW + timedelta(minutes=minutes)

    assert (telling.due_words(due, now=NOW).kind == "bad") is (minutes < 0)


@given(some.integers(1, 60 * 24 * 400))
def test_a_length_never_claims_more_than_it_is_and_misses_less_than_a_unit(minutes: int) -> None:
    with translation.override("en"):
        words = telling.span(minutes).split()
    units = {"min": 1, "hour": 60, "hours": 60, "day": 1440, "days": 1440}
    told = sum(int(n) * units[unit] for n, unit in zip(words[::2], words[1::2], strict=True))

    assert told <= minutes < told + (1440 if minutes >= 7 * 1440 else 60 if minutes >= 1440 else 1)


@given(some.datetimes(timezones=some.just(SHANGHAI)))
def test_every_hour_has_a_greeting(moment: object) -> None:
    assert telling.greeting(moment)  # type: ignore[arg-type]
