"""The clock's phrases: how a limit begins, what must be done within it, what happened on the way."""

from django.utils.translation import gettext_lazy

from linli.engines.deadlines import StepKind

BEGINNINGS = {
    "received": gettext_lazy("You raised this on {day}."),
    "accepted": gettext_lazy("It was accepted on {day}."),
    "studied": gettext_lazy("It was studied on {day}."),
    "dispatched": gettext_lazy("It was sent to the unit on {day}."),
    "expired": gettext_lazy("The time to deal with it ran out on {day}."),
    "answered": gettext_lazy("The written answer arrived on {day}."),
    "review_requested": gettext_lazy("The review was asked for on {day}."),
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

# By what happened, and whether a holiday was behind it (of a pause: whether it is told by the hour).
CLAUSES = {
    (StepKind.HOURS_RUN, False): gettext_lazy("hours run on around the clock, holidays included"),
    (StepKind.FIRST_DAY, False): gettext_lazy("that day itself does not count"),
    (StepKind.MONTH_DAY, False): gettext_lazy("the time is full on the same day of the month, {last}"),
    (StepKind.MONTH_END, False): gettext_lazy(
        "that month has no such day, so the time is full on its last day, {last}"
    ),
    (StepKind.PAUSED, False): gettext_lazy("while the matter was suspended, {days}, nothing counts"),
    (StepKind.PAUSED, True): gettext_lazy("the {length} while the matter was suspended do not count"),
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
