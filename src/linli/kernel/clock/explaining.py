"""Why that day? One short paragraph, spoken as a neighbour would, for a due date and the rule it comes from."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import groupby

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.engines.deadlines import Due, Step, StepKind, Unit, published
from linli.kernel.clock.dates import day_and_weekday, day_told, days_told, limit_told
from linli.kernel.clock.moment import local
from linli.kernel.clock.rulesets import Mark, RuledLimit, StartsAt
from linli.kernel.clock.words import Words

BEGINNINGS = {
    StartsAt.RECEIVED: gettext_lazy("You raised this on {day}."),
    StartsAt.ACCEPTED: gettext_lazy("It was accepted on {day}."),
    StartsAt.STUDIED: gettext_lazy("It was studied on {day}."),
    StartsAt.DISPATCHED: gettext_lazy("It was sent to the unit on {day}."),
    StartsAt.EXPIRED: gettext_lazy("The time to deal with it ran out on {day}."),
    StartsAt.ANSWERED: gettext_lazy("The written answer arrived on {day}."),
    StartsAt.REVIEW_REQUESTED: gettext_lazy("The review was asked for on {day}."),
}
# By the limit's key, or by its first word where the whole key is not here.
DUTIES = {
    "pick_up": gettext_lazy("it must be registered within {limit}"),
    "dispatch": gettext_lazy("it must be passed to the unit in charge within {limit}"),
    "seat_reply": gettext_lazy("the caller must be answered within {limit}"),
    "sign": gettext_lazy("the unit must sign for it within {limit}"),
    "objection": gettext_lazy("the unit may object within {limit}"),
    "contact": gettext_lazy("somebody must contact you within {limit}"),
    "finish": gettext_lazy("it must be finished and answered within {limit}"),
    "callback": gettext_lazy("you must be called back within {limit}"),
    "extension": gettext_lazy("it may take {limit} more"),
    "review.request": gettext_lazy("you may ask for a review within {limit}"),
    "review.answer": gettext_lazy("the review must be answered within {limit}"),
    "second_review.request": gettext_lazy("you may ask for a second review within {limit}"),
    "second_review.answer": gettext_lazy("the second review must be answered within {limit}"),
}

# By what happened, and whether a holiday was behind it.
CLAUSES = {
    (StepKind.HOURS_RUN, False): gettext_lazy("hours run on around the clock, holidays included"),
    (StepKind.FIRST_DAY, False): gettext_lazy("that day itself does not count"),
    (StepKind.MONTH_DAY, False): gettext_lazy("the time is full on the same day of the month, {last}"),
    (StepKind.MONTH_END, False): gettext_lazy(
        "that month has no such day, so the time is full on its last day, {last}"
    ),
    (StepKind.PAUSED, False): gettext_lazy("while the matter was suspended, {days}, nothing counts"),
    (StepKind.EXTENDED, False): gettext_lazy("{limit} more were granted, counted on from {first}"),
    (StepKind.SKIPPED, False): gettext_lazy("the weekend of {days} does not count"),
    (StepKind.SKIPPED, True): gettext_lazy("the {holiday} holiday, {days}, does not count"),
    (StepKind.MADE_UP, True): gettext_lazy("{days}, worked in exchange for the holiday, counts as a workday"),
    (StepKind.ROLLED, False): gettext_lazy(
        "the last day, {first}, is a weekend, so it moves to the next working day"
    ),
    (StepKind.ROLLED, True): gettext_lazy(
        "the last day, {first}, falls in the {holiday} holiday, so it moves to the next working day"
    ),
}
FEW = 2  # weekends told by their dates; more are told together


def explain(due: Due, ruled_limit: RuledLimit, language: str) -> str:
    """「为什么是这一天？」 in "zh-hans" or "en"."""
    with translation.override("zh-hans" if language.startswith("zh") else "en"):
        sentences = [
            _beginning(due, ruled_limit),
            _rule(ruled_limit),
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


def _rule(ruled: RuledLimit) -> str:
    """What must be done and on whose word; never "the law says" of what is not law."""
    duty = str(DUTIES.get(ruled.key) or DUTIES[ruled.key.partition(".")[0]])
    duty = duty.format(limit=limit_told(ruled.limit))
    match ruled.mark:
        case Mark.LAW if ruled.absolute:
            return _("{article} says: {duty}.").format(article=ruled.article, duty=duty)
        case Mark.LAW:
            return _("{article} says that, as a rule, {duty}.").format(article=ruled.article, duty=duty)
        case Mark.SEEN:
            told = _("{duty} (from {source}).").format(duty=duty, source=ruled.basis.source)
        case _:
            told = _("{duty} (set by this district, not by law).").format(duty=duty)
    return capfirst(told)


def _counting(due: Due, ruled: RuledLimit) -> str:
    clauses = [_clause(steps, due.start.year) for steps in _alike(due.steps)]
    if ruled.limit.unit is Unit.DAY:
        clauses.insert(1, _("every day after it does, weekends too"))
    return capfirst(pgettext("between clauses", "; ").join(clauses)) + pgettext("ends a sentence", ".")


def _alike(steps: tuple[Step, ...]) -> Iterator[list[Step]]:
    """Steps told together: the same kind, and for days off the same holiday, wherever they lie."""
    order = [(step.kind, step.holiday) for step in steps]
    keyed = sorted(steps, key=lambda step: order.index((step.kind, step.holiday)))
    for _key, group in groupby(keyed, key=lambda step: (step.kind, step.holiday)):
        yield list(group)


def _clause(steps: list[Step], year: int) -> str:
    step = steps[0]
    if step.kind is StepKind.SKIPPED and not step.holiday and len(steps) > FEW:
        return _("weekends do not count")
    return str(CLAUSES[step.kind, step.holiday is not None]).format(
        days=pgettext("between dates", ", ").join(days_told(s.first, s.last, year=year) for s in steps),
        first=day_told(step.first, year=year),
        last=day_told(step.last, year=year),
        holiday=Words(step.holiday.zh, step.holiday.en) if step.holiday else "",
        limit=limit_told(step.limit) if step.limit else "",
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
