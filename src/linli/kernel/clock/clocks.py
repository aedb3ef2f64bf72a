"""A limit of a rule set set running: until when, and why that day."""

from datetime import datetime, time

from linli.engines.deadlines import Due, HolidayTable, Limit, Pause, Pauses, due, published
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
    stated: Limit | None = None,
    table: HolidayTable | None = None,
    close_of_business: time | None = None,
) -> Due:
    """When the limit `key` ends if it starts at `start`; `stated` is a limit on the ticket that goes before it."""
    limit = stated or rule_set.limit(key).limit
    lawful = _lawful(pauses, rule_set, key)
    return due(
        start, limit, table or published(), pauses=lawful, extension=extension, close_of_business=close_of_business
    )  # fmt: skip


def _lawful(pauses: Pauses, rule_set: RuleSet, key: str) -> list[Pause]:
    pauses = list(pauses)
    if pauses and not rule_set.suspending.touches(key):
        raise ValueError(f"The rule set {rule_set.id} does not suspend {key!r}.")
    return pauses
