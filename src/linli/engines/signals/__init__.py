"""Rates with what they leave out, intervals, and counts that are more than usual."""

from linli.engines.signals.rates import (
    EQUAL,
    NO_ANSWER,
    NO_CALLBACK,
    NOT_YET,
    Rate,
    Rates,
    Row,
    Weights,
    rates_of,
    three_rates,
)
from linli.engines.signals.unusual import Signal, Verdict, now_and_before, now_and_other_years, unusual

__all__ = [
    "EQUAL",
    "NOT_YET",
    "NO_ANSWER",
    "NO_CALLBACK",
    "Rate",
    "Rates",
    "Row",
    "Signal",
    "Verdict",
    "Weights",
    "now_and_before",
    "now_and_other_years",
    "rates_of",
    "three_rates",
    "unusual",
]
