"""Legal time limits under 民法典 §§200-204 and the State Council's yearly holiday arrangements."""

from linli.engines.deadlines.holidays import Holiday, HolidayTable, Notice, published
from linli.engines.deadlines.limits import Due, Limit, Pause, Pauses, Step, StepKind, Unit
from linli.engines.deadlines.reckoning import SHANGHAI, due
from linli.engines.deadlines.spans import before, remaining, workdays_between

__all__ = [
    "SHANGHAI",
    "Due",
    "Holiday",
    "HolidayTable",
    "Limit",
    "Notice",
    "Pause",
    "Pauses",
    "Step",
    "StepKind",
    "Unit",
    "before",
    "due",
    "published",
    "remaining",
    "workdays_between",
]
