"""Why that day? One short paragraph, spoken as a neighbour would, for a due date and the rule it comes from."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.engines.deadlines import Due, Step, StepKind, Unit, published
from linli.kernel.clock.dates import day_and_weekday, day_told, days_told, length_told, limit_told
from linli.kernel.clock.moment import local
from linli.kernel.clock.phrases import BEGINNINGS, CLAUSES
from linli.kernel.clock.rulesets import Mark, RuledLimit
from linli.kernel.clock.words import Words

FEW = 2  # weekends told by their dates; more are told together


def explain(due: Due, ruled_limit: RuledLimit, language: str) -> str:
    """「为什么是这一天？」 in "zh-hans" or "en"."""
    with translation.override("zh-hans" if language.startswith("zh") else "en"):
        sentences = [
            _beginning(due, ruled_limit),
            rule_told(ruled_limit),
            _counting(due, ruled_limit),
            _end(due),
            _caution(due),
        ]
    between = "" if language.startswith("zh") else " "
    return between.join(sentence for sentence in sentences if sentence)


def _beginning(due: Due, ruled: RuledLimit) -> str:
    day = day_and_weekday(due.start.date(), year=due.start.year)
    if due.steps[0].kind is StepKind.HOURS_RUN:
        day = _("{day} at {time}").format(day=day, time=_hour(due.start))
    return str(BEGINNINGS[ruled.starts_at]).format(day=day)


def rule_told(ruled: RuledLimit) -> str:
    """What must be done and on whose word; never "the law says" of what is not law."""
    if ruled.mark is not Mark.LAW:
        return capfirst(_("{duty} ({basis}).").format(duty=ruled.duty, basis=ruled.basis.told))
    if ruled.absolute:
        return _("{article} says: {duty}.").format(article=ruled.article, duty=ruled.duty)
    return _("{article} says that, as a rule, {duty}.").format(article=ruled.article, duty=ruled.duty)


def _counting(due: Due, ruled: RuledLimit) -> str:
    clauses = [_clause(steps, due.start.year) for steps in _alike(due.steps)]
    if ruled.limit.unit is Unit.DAY:
        clauses.insert(1, _("every day after it does, weekends too"))
    return capfirst(pgettext("between clauses", "; ").join(clauses)) + pgettext("ends a sentence", ".")


def _alike(steps: tuple[Step, ...]) -> Iterator[list[Step]]:
    """Steps told together: of one sort, and days off of the same holiday, wherever they lie."""

    def sort_of(step: Step) -> tuple[object, ...]:
        return step.kind, step.holiday, step.length is None

    order = [sort_of(step) for step in steps]
    for _key, group in groupby(sorted(steps, key=lambda s: order.index(sort_of(s))), key=sort_of):
        yield list(group)


def _clause(steps: list[Step], year: int) -> str:
    step = steps[0]
    if step.kind is StepKind.SKIPPED and not step.holiday and len(steps) > FEW:
        return _("weekends do not count")
    by_the_hour = step.length is not None
    return str(CLAUSES[step.kind, by_the_hour or step.holiday is not None]).format(
        days=pgettext("between dates", ", ").join(days_told(s.first, s.last, year=year) for s in steps),
        first=day_told(step.first, year=year),
        last=day_told(step.last, year=year),
        holiday=Words(step.holiday.zh, step.holiday.en) if step.holiday else "",
        limit=limit_told(step.limit) if step.limit else "",
        length=length_told(sum((s.length for s in steps if s.length), timedelta())),
    )


def _end(due: Due) -> str:
    day = day_and_weekday(due.at.date(), year=due.start.year)
    if due.at.timetz().replace(tzinfo=None) == time(23, 59, 59):
        return _("So the last day is {day}, until 24:00.").format(day=day)
    return _("So the latest is {day} at {time}.").format(day=day, time=_hour(due.at))


def _caution(due: Due) -> str:
    if not due.provisional:
        return ""
    if due.at.date() > published().last:
        return _("The holidays of {year} are not published yet, so this day may still change.").format(
            year=due.at.year
        )
    return _("We have no holiday table for all of these days, so this day may change.")


def _hour(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"
