"""The nouns of a legal time limit: how long, until when, and what happened on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from linli.engines.deadlines.holidays import Holiday

Pause = tuple[datetime, datetime]
Pauses = Iterable[Pause]

SECOND = timedelta(seconds=1)


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many hours, days, workdays or months."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if self.amount < 1:
            raise ValueError(f"A time limit lasts at least one {self.unit}, not {self.amount}.")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    @classmethod
    def read(cls, text: str) -> "Limit":
        """The limit that `str()` wrote: "5 workday"."""
        amount, unit = text.split()
        return cls(int(amount), Unit(unit))


class StepKind(StrEnum):
    HOURS_RUN = "hours_run"  # from the moment, around the clock, across holidays
    FIRST_DAY = "first_day"  # not counted, 民法典 §201
    MONTH_DAY = "month_day"  # the corresponding day, §202
    MONTH_END = "month_end"  # no such day in that month: its last day, §202
    SKIPPED = "skipped"  # days off inside a limit of workdays
    MADE_UP = "made_up"  # a weekend day worked in exchange for a holiday: a workday
    PAUSED = "paused"  # dates the matter was suspended
    EXTENDED = "extended"  # counted on from the end before any rolling
    ROLLED = "rolled"  # the last day was a day off: the next working day, §203


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that moved the end, over the dates `first` to `last`, both included."""

    kind: StepKind
    first: date
    last: date
    holiday: Holiday | None = None  # None on a skipped or rolled step: an ordinary weekend
    limit: Limit | None = None  # of an extension
    length: timedelta | None = None  # of a pause that took time from hours


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends. `at` is its last second, in China's time; `unrolled` the same before 民法典 §203 moved it."""

    start: datetime
    at: datetime
    unrolled: datetime
    provisional: bool
    steps: tuple[Step, ...]
    table: str  # the version of the holiday table it was reckoned with

    def kept_by(self, moment: datetime) -> bool:
        """Whether something done at `moment` was in time. Limits are kept to the second."""
        return moment < self.at + SECOND
