"""The clock: what time it is, until when, and why that day."""

from linli.kernel.clock.clocks import due_under, explain
from linli.kernel.clock.explaining import rule_told
from linli.kernel.clock.moment import SHANGHAI, local, moved_to, now, today
from linli.kernel.clock.rulesets import (
    Mark,
    RuledLimit,
    RuleSet,
    StartsAt,
    all_rule_sets,
    rule_set,
    special_routes,
)

__all__ = [
    "SHANGHAI",
    "Mark",
    "RuleSet",
    "RuledLimit",
    "StartsAt",
    "all_rule_sets",
    "due_under",
    "explain",
    "local",
    "moved_to",
    "now",
    "rule_set",
    "rule_told",
    "special_routes",
    "today",
]
