"""A limit of a rule set set running: until when, and why that day."""

from datetime import datetime, time

from linli.engines.deadlines import Due, HolidayTable, Limit, Pauses, due, published
from linli.kernel.clock.explaining import explain
from linli.kernel.clock.rulesets import RuleSet

__all__ = ["due_under", "explain"]


def due_under(
    rule_set: RuleSet,
    key: str,
    start: datetime,
    *,
    pauses: Pauses = (),
    extension: Limit | None = None,
    table: HolidayTable | None = None,
    close_of_business: time | None = None,
) -> Due:
    """When the limit `key` ends if it starts at `start`; a pause where the rule set knows none is an error."""
    pauses = list(pauses)
    if pauses and not rule_set.suspending.touches(key):
        raise ValueError(f"The rule set {rule_set.id} does not suspend {key!r}.")
    return due(
        start,
        rule_set.limit(key).limit,
        table or published(),
        pauses=pauses,
        extension=extension,
        close_of_business=close_of_business,
    )
