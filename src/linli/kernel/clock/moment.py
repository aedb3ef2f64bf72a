"""What time it is: the real one, or the one a story or a test has moved to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The moment, in UTC: the world's, unless somebody moved the clock in this thread or task."""
    return _moved.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as the wall clock in China shows it."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a zone before it can be told in another.")
    return moment.astimezone(SHANGHAI)


def today() -> date:
    return local(now()).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[datetime]:
    """Hold the clock still at `moment` for this thread or task; the inner move wins, then the outer returns."""
    if moment.tzinfo is None:
        raise ValueError("The clock can only be moved to a moment with a zone.")
    held = moment.astimezone(UTC)
    token = _moved.set(held)
    try:
        yield held
    finally:
        _moved.reset(token)
