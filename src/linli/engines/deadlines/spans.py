"""What is asked of dates beside a limit's end: how long is left, how many workdays lie between, n days before."""

from datetime import date, datetime, timedelta

from linli.engines.deadlines.holidays import HolidayTable
from linli.engines.deadlines.limits import Due


def remaining(due: Due, now: datetime) -> timedelta:
    """How long until the last second; negative once it has passed."""
    return due.at - now


def workdays_between(earlier: date, later: date, table: HolidayTable) -> int:
    """The workdays after `earlier` up to and including `later`: the first day does not count."""
    return sum(map(table.works, range(earlier.toordinal() + 1, later.toordinal() + 1)))


def before(event: date, days: int) -> date:
    """The last date that is `days` days before an event: event minus days."""
    return event - timedelta(days=days)
