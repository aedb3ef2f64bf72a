"""The three rates, exactly: numerator, denominator and every row that was left out, with its reason.

北京市接诉即办工作条例 §32 makes 响应率, 解决率 and 满意率 the core of the assessment. It fixes no weights and no
formula: the definitions here are the usual ones, and the weights of a composite are a district's own choice.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Why a row that nobody excluded is still outside one rate's denominator.
NOT_YET = "not_yet"  # still running, or never measured
NO_CALLBACK = "no_callback"  # nobody was reached
NO_ANSWER = "no_answer"  # reached, and did not say


@dataclass(frozen=True, slots=True)
class Row:
    """One assessed matter, as plain values. None means: not known, or not yet."""

    unit: str
    area: str
    contacted_in_time: bool | None
    solved: bool | None
    satisfied: bool | None
    effective: bool  # the call-back reached the resident
    excluded: str | None = None  # the reason code of a reviewed exclusion (剔除, 挂账)
    closed_on_time: bool | None = None
    month: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    numerator: int
    denominator: int
    excluded: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no rate.")

    @property
    def value(self) -> Fraction | None:
        """None without a denominator: nothing assessed is not 100 %."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def interval(self, level: int = 95) -> tuple[float, float]:
        """Wilson's interval, for display only; without a denominator everything is possible."""
        if not self.denominator:
            return 0.0, 1.0
        n, p = self.denominator, self.numerator / self.denominator
        z = NormalDist().inv_cdf((1 + level / 100) / 2)
        centre = p + z * z / (2 * n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        low = (centre - reach) / scale if self.numerator else 0.0
        high = (centre + reach) / scale if self.numerator < n else 1.0
        return max(0.0, low), min(1.0, high)

    def __add__(self, other: "Rate") -> "Rate":
        """Two groups taken together: counts add, percentages never do."""
        excluded = Counter(self.excluded) + Counter(other.excluded)
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator, dict(excluded))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each rate counts in a composite. Configuration, not law: 条例 §32 fixes the rates, not weights."""

    response: Fraction
    solved: Fraction
    satisfied: Fraction

    def __post_init__(self) -> None:
        shares = (self.response, self.solved, self.satisfied)
        if not all(isinstance(share, Fraction | int) for share in shares):
            raise TypeError("Weights are exact fractions, never floats.")
        if min(shares) < 0 or sum(shares) != 1:
            raise ValueError("Weights are not negative and add up to one.")


EQUAL = Weights(Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))


@dataclass(frozen=True, slots=True)
class Rates:
    response: Rate
    solved: Rate
    satisfied: Rate
    on_time: Rate
    weights: Weights = EQUAL

    @property
    def composite(self) -> Fraction | None:
        """The weighted mean of the three; None while a rate that counts has no denominator."""
        total = Fraction(0)
        for name in ("response", "solved", "satisfied"):
            weight, value = getattr(self.weights, name), getattr(self, name).value
            if weight and value is None:
                return None
            total += weight * (value or 0)
        return total

    def __add__(self, other: "Rates") -> "Rates":
        if self.weights != other.weights:
            raise ValueError("Groups under different weights cannot be taken together.")
        return Rates(
            self.response + other.response,
            self.solved + other.solved,
            self.satisfied + other.satisfied,
            self.on_time + other.on_time,
            self.weights,
        )


def unit_of(row: Row) -> str:
    return row.unit


def three_rates(
    rows: Iterable[Row],
    weights: Weights | None = None,
    *,
    by: Callable[[Row], Key] = unit_of,  # type: ignore[assignment]  # the default's key is a str
) -> dict[Key, Rates]:
    """The rates of each group, by unit unless told otherwise: `by=lambda row: row.area`."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(by(row), []).append(row)
    return {key: rates_of(group, weights) for key, group in groups.items()}


def rates_of(rows: Iterable[Row], weights: Weights | None = None) -> Rates:
    """The rates of all rows together. In each, denominator and left-out rows add up to the number of rows."""
    rows = list(rows)
    return Rates(
        response=_rate(_measured(row, row.contacted_in_time) for row in rows),
        solved=_rate(_judged(row, row.solved) for row in rows),
        satisfied=_rate(_judged(row, row.satisfied) for row in rows),
        on_time=_rate(_measured(row, row.closed_on_time) for row in rows),
        weights=weights or EQUAL,
    )


def _rate(outcomes: Iterable[bool | str]) -> Rate:
    """Of each row either its outcome or the reason why it is left out."""
    counted: Counter[bool | str] = Counter(outcomes)
    yes, no = counted.pop(True, 0), counted.pop(False, 0)
    return Rate(yes, yes + no, {str(reason): number for reason, number in sorted(counted.items(), key=str)})


def _measured(row: Row, outcome: bool | None) -> bool | str:
    if row.excluded:
        return row.excluded
    return NOT_YET if outcome is None else outcome


def _judged(row: Row, outcome: bool | None) -> bool | str:
    """What the resident said: only a call-back that reached her counts."""
    if row.excluded:
        return row.excluded
    if not row.effective:
        return NO_CALLBACK
    return NO_ANSWER if outcome is None else outcome
