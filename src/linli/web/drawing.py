"""Numbers into coordinates for the charts that templates draw as SVG. Integers in, short decimals out."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

RING_LENGTH = 358


def ring_dash(starts_at: datetime, due_at: datetime, *, now: datetime) -> int:
    """How much of the ring is still green: its whole length when nothing is used, 0 when time is up."""
    whole = int((due_at - starts_at).total_seconds())
    left = int((due_at - now).total_seconds())
    if whole <= 0 or left <= 0:
        return 0
    return min(RING_LENGTH, RING_LENGTH * left // whole)


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of values between low and high, with a target."""

    points: str
    last_x: str
    last_y: str
    target_y: str | None


def _y(value: Fraction, low: Fraction, high: Fraction, height: int) -> str:
    share = (value - low) / (high - low) if high > low else Fraction(1, 2)
    return short(height - 14 - share * (height - 26))


def short(number: Fraction) -> str:
    """One decimal, exactly rounded, no trailing zero."""
    tenths = round(number * 10)
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def spark_of(
    values: list[Fraction], *, target: Fraction | None = None, width: int = 260, height: int = 76
) -> Spark | None:
    """The polyline of a row of rates; nothing for an empty row."""
    if not values:
        return None
    everything = [*values, *([target] if target is not None else [])]
    low, high = min(everything), max(everything)
    step = Fraction(width - 14, max(len(values) - 1, 1))
    spots = [(short(4 + i * step), _y(value, low, high, height)) for i, value in enumerate(values)]
    line = _y(target, low, high, height) if target is not None else None
    return Spark(" ".join(f"{x},{y}" for x, y in spots), *spots[-1], line)


def percent(value: Fraction | None, *, digits: int = 0) -> str:
    """93% or 93.4%; a rate of nothing is a dash, never 100%."""
    if value is None:
        return "—"
    scaled = round(value * 100 * 10**digits)
    if not digits:
        return f"{scaled}%"
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}d}%"
