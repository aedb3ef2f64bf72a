"""Is this more than usual? A control chart for one place and one kind of matter (S22: risk signals).

The same span of days is counted now and in the past. Now is unusual when it lies above the past mean by more
than three standard deviations, where the variance is the larger of what chance alone gives such counts (the mean)
and what the past really showed, widened because the mean of few spans is itself uncertain. All in fractions.
By chance alone up to one span in eighty looks unusual, so a signal asks somebody to look; it accuses nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

DEVIATIONS = 3
LEAST = 3  # fewer than three of a kind are never a signal
FEWEST_SPANS = 4  # with less past there is nothing to compare with


class Verdict(StrEnum):
    USUAL = "usual"
    UNUSUAL = "unusual"
    TOO_FEW = "too_few"
    NO_HISTORY = "no_history"


@dataclass(frozen=True, slots=True)
class Signal:
    """What was counted, what was to be expected, and from which count on it would be unusual."""

    verdict: Verdict
    count: int
    expected: Fraction | None
    alarm_from: int | None
    spans: int

    @property
    def is_unusual(self) -> bool:
        return self.verdict is Verdict.UNUSUAL


def unusual(count_now: int, baseline_counts: Sequence[int], *, least: int = LEAST) -> Signal:
    """Compare a count with those of earlier spans of the same length."""
    if count_now < 0 or min(baseline_counts, default=0) < 0:
        raise ValueError("A count is not negative.")
    spans = len(baseline_counts)
    if spans < FEWEST_SPANS:
        return Signal(Verdict.NO_HISTORY, count_now, None, None, spans)
    mean = Fraction(sum(baseline_counts), spans)
    alarm_from = max(least, _first_beyond(mean, _variance(mean, baseline_counts)))
    return Signal(_verdict(count_now, least, alarm_from), count_now, mean, alarm_from, spans)


def _verdict(count: int, least: int, alarm_from: int) -> Verdict:
    if count < least:
        return Verdict.TOO_FEW
    return Verdict.UNUSUAL if count >= alarm_from else Verdict.USUAL


def _variance(mean: Fraction, counts: Sequence[int]) -> Fraction:
    spread = sum(((count - mean) ** 2 for count in counts), Fraction(0)) / (len(counts) - 1)
    return max(mean, spread) * (1 + Fraction(1, len(counts)))


def _first_beyond(mean: Fraction, variance: Fraction) -> int:
    """The smallest whole number above the mean by more than the deviations, without a square root."""
    count = int(mean) + 1
    while (count - mean) ** 2 <= DEVIATIONS**2 * variance:
        count += 1
    return count


def now_and_before(
    days: Iterable[date], *, until: date, length: int = 30, spans: int = 12
) -> tuple[int, list[int]]:
    """Count events in the `length` days up to `until` and in each of the `spans` before, newest first."""
    counts = [0] * (spans + 1)
    for day in days:
        back = (until - day) // timedelta(days=1)
        if 0 <= back < length * (spans + 1):
            counts[back // length] += 1
    return counts[0], counts[1:]


def now_and_other_years(
    days: Iterable[date], *, until: date, length: int = 30, years: int = 5
) -> tuple[int, list[int]]:
    """The same season: the `length` days up to `until`, and up to the same date of each earlier year."""
    ends = [_years_before(until, back) for back in range(years + 1)]
    days = list(days)
    counts = [sum(end - timedelta(days=length) < day <= end for day in days) for end in ends]
    return counts[0], counts[1:]


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
