"""The clocks of a case: started, met, paused, extended; every date can be explained again later."""

from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from linli.engines.deadlines import Due, Limit, published
from linli.kernel.cases.actions import refresh_due
from linli.kernel.cases.models import Case, Clock
from linli.kernel.clock import RuledLimit, RuleSet, all_rule_sets, due_under, explain, now, rule_set
from linli.kernel.places.choices import chosen

DEFAULT_RULES = "beijing"
GIVEN = "source"  # the rule set of a date that came with an imported file and is never reckoned anew


def rules_for(path: str, on: date) -> RuleSet:
    """The rule set that the district or community chose, as valid on that day."""
    return rule_set(chosen("rule_set", path=path, on=on, default=DEFAULT_RULES), on=on)


def rules_of(clock: Clock) -> RuleSet:
    """The very version the clock was started under; a later change never alters it."""
    found = (r for r in all_rule_sets() if (r.id, r.version) == (clock.rule_set, clock.rule_version))
    return next(found)


def running(case: Case) -> list[Clock]:
    return list(Clock.objects.filter(case=case, met_at=None, dropped_at=None).order_by("due_at"))


def build(case: Case, name: str, rules: RuleSet, limit: RuledLimit, starts_at: datetime) -> Clock:
    """A clock not yet written; bulk imports collect these."""
    due = due_under(rules, limit.key, starts_at)
    return Clock(
        case=case, name=name, rule_set=rules.id, rule_version=rules.version, limit_key=limit.key,
        holidays=due.table, starts_at=starts_at, due_at=due.at, provisional=due.provisional,
    )  # fmt: skip


def start(
    case: Case, name: str, rules: RuleSet, limit: RuledLimit | None, starts_at: datetime | None = None
) -> None:
    """Let a limit run on the case; a rule set without this limit starts nothing."""
    if limit is None:
        return
    build(case, name, rules, limit, starts_at or now()).save(force_insert=True)
    refresh_due(case)


def meet(case: Case, *names: str, at: datetime | None = None) -> None:
    """The limit was kept or missed at this moment; the clock stops."""
    found = Clock.objects.filter(case=case, name__in=names, met_at=None, dropped_at=None)
    if found.update(met_at=at or now()):
        refresh_due(case)


def drop(case: Case, *names: str) -> None:
    """The limit no longer matters (merged, referred, sent elsewhere)."""
    found = Clock.objects.filter(case=case, met_at=None, dropped_at=None)
    if names:
        found = found.filter(name__in=names)
    if found.update(dropped_at=now()):
        refresh_due(case)


def again(clock: Clock) -> tuple[Due, RuledLimit]:
    """The date computed anew from what the clock remembers."""
    rules = rules_of(clock)
    pauses = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in clock.pauses if b]
    extension = Limit.read(clock.extension) if clock.extension else None
    due = due_under(
        rules, clock.limit_key, clock.starts_at, pauses=pauses, extension=extension,
        table=published(clock.holidays or None),
    )  # fmt: skip
    return due, rules.limit(clock.limit_key)


def _recompute(clock: Clock) -> None:
    due, _limit = again(clock)
    clock.due_at, clock.provisional = due.at, due.provisional
    clock.save(update_fields=["due_at", "provisional", "pauses", "extension"])


def pause(case: Case, name: str) -> None:
    """Only a suspended case lets its clock stand still."""
    for clock in Clock.objects.filter(case=case, name=name, met_at=None, dropped_at=None):
        clock.pauses = [*clock.pauses, [now().isoformat(), None]]
        clock.save(update_fields=["pauses"])


def resume(case: Case, name: str) -> None:
    for clock in Clock.objects.filter(case=case, name=name, met_at=None, dropped_at=None):
        clock.pauses = [[a, b or now().isoformat()] for a, b in clock.pauses]
        _recompute(clock)
    refresh_due(case)


def extend(case: Case, name: str, limit: Limit) -> Clock | None:
    """Lengthen a limit once, counted from its unrolled end; ``None`` when none runs that may be."""
    clock = Clock.objects.filter(case=case, name=name, met_at=None, dropped_at=None, extension="").first()
    if clock is not None:
        clock.extension = str(limit)
        _recompute(clock)
        refresh_due(case)
    return clock


def why(clock: Clock, language: str) -> str:
    """「为什么是这一天？」 in one short paragraph."""
    if clock.rule_set == GIVEN:
        with translation.override(language):
            return _("The date as given in the imported file.")
    due, limit = again(clock)
    return explain(due, limit, language)


def summary(clock: Clock) -> dict[str, Any]:
    """What an export says of a clock."""
    return {
        "name": clock.name, "rule_set": clock.rule_set, "version": clock.rule_version,
        "limit": clock.limit_key, "starts_at": clock.starts_at, "due_at": clock.due_at, "met_at": clock.met_at,
    }  # fmt: skip
