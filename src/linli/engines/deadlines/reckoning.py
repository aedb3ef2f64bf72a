"""Until when a limit runs: 民法典 总则编 第十章 §§200-204, with suspensions and extensions.

Readings where the text is open, each visible in the steps: hours run from the moment and do not roll;
a day worked in exchange for a holiday is a workday, and a limit that ends on it stays there; an extension
is counted from the end before rolling; days beyond the published holiday table make the result provisional.
A pause is [from, to): hours lose exactly its length, days lose its dates from the day it begins up to,
not including, the day it ends. No limit ends on a date that was taken out.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from linli.engines.deadlines.holidays import Holiday, HolidayTable
from linli.engines.deadlines.limits import Due, Limit, Pause, Pauses, Step, StepKind, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)


def due(
    start: datetime,
    limit: Limit,
    table: HolidayTable,
    *,
    pauses: Pauses = (),
    extension: Limit | None = None,
    close_of_business: time | None = None,
) -> Due:
    """When `limit` ends if it begins at `start`. `close_of_business` replaces 24:00 on the last day (§203 ¶2)."""
    reckoning = Reckoning(start, table, _in_order(pauses))
    reckoning.advance(limit)
    if extension is not None:
        reckoning.extend(extension)
    rolls = (extension or limit).unit in (Unit.DAY, Unit.MONTH)
    return reckoning.result(close_of_business or END_OF_DAY, rolls=rolls)


class Reckoning:
    """One count, from its start: it stands at a moment while hours run, at the close of a day otherwise."""

    def __init__(self, start: datetime, table: HolidayTable, pauses: list[Pause]) -> None:
        if start.tzinfo is None:
            raise ValueError("A limit begins at a moment with a zone.")
        self.start = start.astimezone(SHANGHAI)
        self.moment: datetime | None = self.start
        self.day = self.start.toordinal()
        self.table = table
        self.pauses = pauses
        self.paused_dates = [(a.toordinal(), b.toordinal()) for a, b in pauses]
        self.steps: list[Step] = []
        self.consulted: tuple[int, int] | None = None  # first and last day looked up in the table

    @property
    def is_provisional(self) -> bool:
        if self.consulted is None:
            return False
        first, last = self.consulted
        return first < self.table.first.toordinal() or last > self.table.last.toordinal()

    def result(self, closing: time, *, rolls: bool) -> Due:
        unrolled = self.end(closing)
        if rolls:
            self.roll()
        end, steps = self.end(closing), tuple(self.steps)
        return Due(self.start, end, unrolled, self.is_provisional, steps, self.table.version)

    def end(self, closing: time) -> datetime:
        return self.moment or datetime.combine(date.fromordinal(self.day), closing, SHANGHAI)

    def advance(self, limit: Limit, *, first: bool = True) -> None:
        if limit.unit is Unit.HOUR:
            self._run_hours(limit.amount)
            return
        if first:
            self._tell(StepKind.FIRST_DAY, self.day, self.day)
        if limit.unit is Unit.WORKDAY:
            self._count_workdays(limit.amount)
        else:
            self._count_days(limit.amount if limit.unit is Unit.DAY else self._days_to_month(limit.amount))
        self.moment = None

    def extend(self, extension: Limit) -> None:
        at = len(self.steps)
        begins = self.day
        self.advance(extension, first=False)
        step = Step(StepKind.EXTENDED, date.fromordinal(begins), date.fromordinal(self.day), limit=extension)
        self.steps.insert(at, step)

    def roll(self) -> None:
        """民法典 §203: a limit whose last day is a day off ends on the first working day after it."""
        last = self.day
        while not self.table.works(self.day) or self._is_paused(self.day):
            self.day += 1
        self._consult(last, self.day)
        if self.day != last:
            self._tell(StepKind.ROLLED, last, self.day, self.table.holiday(date.fromordinal(last)))
        elif last in self.table.made_up:
            self._tell(StepKind.MADE_UP, last, last, self.table.made_up[last])

    def _run_hours(self, amount: int) -> None:
        begins = self.moment or datetime.combine(date.fromordinal(self.day + 1), time(), SHANGHAI)
        end = begins + timedelta(hours=amount)
        at = len(self.steps)
        for pause_begins, pause_ends in self.pauses:
            taken_from = max(pause_begins, begins)
            if taken_from < pause_ends and taken_from < end:
                length = pause_ends - taken_from
                end += length
                self.steps.append(Step(StepKind.PAUSED, taken_from.date(), pause_ends.date(), length=length))
        self.moment, self.day = end, end.toordinal()
        self.steps.insert(at, Step(StepKind.HOURS_RUN, begins.date(), end.date()))

    def _count_days(self, amount: int) -> None:
        begins = self.day
        self.day += amount
        for pause_first, beyond in self.paused_dates:
            first = max(pause_first, begins + 1)
            if first < beyond and first <= self.day:
                self.day += beyond - first
                self._tell(StepKind.PAUSED, first, beyond - 1)

    def _days_to_month(self, amount: int) -> int:
        begins = date.fromordinal(self.day)
        year, month = divmod(begins.year * 12 + begins.month - 1 + amount, 12)
        length = monthrange(year, month + 1)[1]
        end = date(year, month + 1, min(begins.day, length)).toordinal()
        self._tell(StepKind.MONTH_END if begins.day > length else StepKind.MONTH_DAY, end, end)
        return end - self.day

    def _count_workdays(self, amount: int) -> None:
        begins, left = self.day, amount
        while left:
            self.day += 1
            if self.table.works(self.day) and not self._is_paused(self.day):
                left -= 1
        self._consult(begins + 1, self.day)
        self._tell_days_between(begins + 1, self.day)

    def _tell_days_between(self, first: int, last: int) -> None:
        """What was not plain work from `first` to `last`, each run of like days as one step."""
        for (kind, holiday), run in groupby(range(first, last + 1), key=self._status):
            if kind is not None:
                days = list(run)
                self._tell(kind, days[0], days[-1], holiday)

    def _status(self, day: int) -> tuple[StepKind | None, Holiday | None]:
        if self._is_paused(day):
            return StepKind.PAUSED, None
        if day in self.table.made_up:
            return StepKind.MADE_UP, self.table.made_up[day]
        if not self.table.works(day):
            return StepKind.SKIPPED, self.table.off.get(day)
        return None, None

    def _is_paused(self, day: int) -> bool:
        return bool(self.paused_dates) and any(first <= day < beyond for first, beyond in self.paused_dates)

    def _consult(self, first: int, last: int) -> None:
        earliest, latest = self.consulted or (first, last)
        self.consulted = min(earliest, first), max(latest, last)

    def _tell(self, kind: StepKind, first: int, last: int, holiday: Holiday | None = None) -> None:
        self.steps.append(Step(kind, date.fromordinal(first), date.fromordinal(last), holiday))


def _in_order(pauses: Pauses) -> list[Pause]:
    """The pauses in China's time, sorted, those that overlap or touch joined into one."""
    pauses = list(pauses)
    if any(moment.tzinfo is None for pause in pauses for moment in pause):
        raise ValueError("A pause begins and ends at moments with a zone.")
    joined: list[Pause] = []
    for begins, ends in sorted((a.astimezone(SHANGHAI), b.astimezone(SHANGHAI)) for a, b in pauses):
        if ends < begins:
            raise ValueError(f"A pause cannot end ({ends}) before it begins ({begins}).")
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return joined
