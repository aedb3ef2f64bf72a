"""Dates as a neighbour says them: 2月13日（周五）, 2月15日至23日; Friday 13 February, 15 to 23 February."""

from datetime import date, timedelta

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from linli.engines.deadlines import Limit, Unit

WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)


def day_told(day: date, *, year: int) -> str:
    """The date, with its year only where that is not the year being spoken of."""
    if day.year != year:
        return formatted(day, pgettext("date format with the year", "j F Y"))
    return formatted(day, pgettext("date format", "j F"))


def day_and_weekday(day: date, *, year: int) -> str:
    return _("{weekday} {day}").format(weekday=WEEKDAYS[day.weekday()], day=day_told(day, year=year))


def days_told(first: date, last: date, *, year: int) -> str:
    if first == last:
        return day_told(first, year=year)
    if (first.year, first.month) == (last.year, last.month):
        begins = formatted(first, pgettext("date format of the first day of a range in one month", "j"))
        ends = formatted(last, pgettext("date format of the last day of a range in one month", "j F"))
    else:
        begins, ends = day_told(first, year=year), day_told(last, year=year)
    return _("{first} to {last}").format(first=begins, last=ends)


def limit_told(limit: Limit) -> str:
    """5 个工作日; 5 workdays."""
    n = limit.amount
    match limit.unit:
        case Unit.HOUR:
            return ngettext("{n} hour", "{n} hours", n).format(n=n)
        case Unit.DAY:
            return ngettext("{n} day", "{n} days", n).format(n=n)
        case Unit.WORKDAY:
            return ngettext("{n} workday", "{n} workdays", n).format(n=n)
        case Unit.MONTH:
            return ngettext("{n} month", "{n} months", n).format(n=n)


def length_told(length: timedelta) -> str:
    """2 小时 15 分; 2 hours 15 minutes."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    minutes_told = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if not hours:
        return minutes_told
    hours_told = limit_told(Limit(hours, Unit.HOUR))
    return f"{hours_told} {minutes_told}" if minutes else hours_told
