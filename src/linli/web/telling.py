"""Moments and limits in the words of the street: 今天 18:00, 超时 40 分, 还剩 1 小时, 11月25日."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from linli.kernel.clock import local

HOUR = 60
DAY = 24 * HOUR
SOON = 2 * HOUR
WEEK = 7
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def short_date(day: date, *, today: date) -> str:
    """11月25日 or 25 Nov; with the year when it is another one."""
    if is_chinese():
        told = f"{day.month}月{day.day}日"
        return told if day.year == today.year else f"{day.year}年{told}"
    told = f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"
    return told if day.year == today.year else f"{told} {day.year}"


def near_day(day: date, *, today: date) -> str:
    """今天, 明天 or 昨天; nothing for any other day."""
    words = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return words.get((day - today).days, "")


def short_moment(moment: datetime, *, now: datetime) -> str:
    """今天 18:00 · 明天 09:00 · 11月25日 09:00; another year shows the day alone."""
    there, here = local(moment), local(now)
    day = near_day(there.date(), today=here.date()) or short_date(there.date(), today=here.date())
    return f"{day} {there:%H:%M}" if there.year == here.year else day


def span(minutes: int, *, days_from: int = DAY) -> str:
    """A length of time in at most two units: 40 分, 1 小时 50 分, 3 天 2 小时."""
    return " ".join(span_parts(minutes, days_from=days_from))


def span_parts(minutes: int, *, days_from: int = DAY) -> list[str]:
    """The units one by one; below ``days_from`` hours are not gathered into days."""
    if minutes < HOUR:
        return [_minutes(max(minutes, 1))]
    if minutes < days_from:
        rest = minutes % HOUR
        return [_hours(minutes // HOUR), *([_minutes(rest)] if rest else [])]
    days, hours = minutes // DAY, minutes % DAY // HOUR
    told = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return [told, *([_hours(hours)] if hours and days < WEEK else [])]


def _hours(hours: int) -> str:
    return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}


def _minutes(minutes: int) -> str:
    return _("%(minutes)d min") % {"minutes": minutes}


def minutes_between(earlier: datetime, later: datetime) -> int:
    return int((later - earlier) / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class DueWords:
    """A limit in words, with the kind of tag, its icon and the edge of a work card."""

    kind: str
    icon: str
    edge: str
    words: str


def due_words(due_at: datetime, *, now: datetime) -> DueWords:
    """Late, due today, or in good time; colour is never the only sign."""
    if now > due_at:
        late = span(_coarse(minutes_between(due_at, now)))
        return DueWords("bad", "alarm-clock", "late", _("%(span)s late") % {"span": late})
    left = minutes_between(now, due_at)
    today = local(now).date()
    day = local(due_at).date()
    if left <= SOON:
        return DueWords("warn", "clock", "today", _("%(span)s left") % {"span": span(left)})
    if day == today:
        return DueWords("warn", "clock", "today", short_moment(due_at, now=now))
    return DueWords("ok", "calendar", "ok", near_day(day, today=today) or short_date(day, today=today))


def _coarse(minutes: int) -> int:
    """What is late by days is told in days, by hours in hours."""
    if minutes >= DAY:
        return minutes // DAY * DAY
    return minutes if minutes < HOUR else minutes // HOUR * HOUR


def greeting(now: datetime) -> str:
    """By the clock on the wall."""
    hour = local(now).hour
    words = ((5, _("It is late")), (9, _("Good morning")), (12, _("Good day")), (18, _("Good afternoon")))
    return next((told for until, told in words if hour < until), _("Good evening"))


def weekday(day: date) -> str:
    """星期二 or Tuesday."""
    if is_chinese():
        return "星期" + "一二三四五六日"[day.weekday()]
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
