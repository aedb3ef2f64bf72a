"""Whether a vote, a meeting or a petition reached what the law asks: exact shares, both owners' axes, edges explained."""

from linli.engines.thresholds.judging import Check, Counts, NotCounted, Outcome, judge
from linli.engines.thresholds.owners import Both, Said, Silence, Unit, count
from linli.engines.thresholds.rules import Rule, Test, rule, rules, set_on, sets
from linli.engines.thresholds.shares import Compare, least
from linli.engines.thresholds.telling import tell, tell_check

__all__ = [
    "Both",
    "Check",
    "Compare",
    "Counts",
    "NotCounted",
    "Outcome",
    "Rule",
    "Said",
    "Silence",
    "Test",
    "Unit",
    "count",
    "judge",
    "least",
    "rule",
    "rules",
    "set_on",
    "sets",
    "tell",
    "tell_check",
]
