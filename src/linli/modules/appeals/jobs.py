"""What the clock does by itself: tell those above about missed limits and days to look again."""

from datetime import datetime

from django.db import transaction

from linli.kernel.cases.actions import add_step, where_of
from linli.kernel.cases.clocks import GIVEN
from linli.kernel.cases.models import Clock, Step
from linli.kernel.clock import local, now
from linli.kernel.inbox.listening import ear_of_district
from linli.kernel.journal.actions import record
from linli.modules.appeals.actions.listening import listen
from linli.modules.appeals.importing.background import forget_old_imports
from linli.modules.appeals.models import Hanging
from linli.modules.appeals.queries.listening import waiting
from linli.modules.appeals.rules.moves import KIND

BATCH = 200
AT_ONCE = 5


def tell_of_missed_limits() -> int:
    """Each missed limit is told once, even after the clock stood still for a day; an old file's dates never are."""
    moment = now()
    missed = Clock.objects.filter(
        due_at__lt=moment, met_at=None, dropped_at=None, told_at=None, case__kind=KIND.name
    ).exclude(rule_set=GIVEN)
    return sum(_tell(clock, moment) for clock in missed.select_related("case", "case__unit")[:BATCH])


@transaction.atomic
def _tell(clock: Clock, moment: datetime) -> int:
    if not Clock.objects.filter(pk=clock.pk, told_at=None, met_at=None, dropped_at=None).update(
        told_at=moment
    ):
        return 0
    case = clock.case
    add_step(case, "appeals.overdue", by=None, body=case.unit, audience=Step.Audience.PUBLIC)
    record("appeals.overdue", case, by=None, **where_of(case), limit=clock.limit_key, due_at=clock.due_at)
    return 1


def tell_of_days_to_look_again() -> int:
    """挂账 whose review day has come."""
    day = local(now()).date()
    due = Hanging.objects.filter(review_on__lte=day, ended_at=None, told_on=None).select_related("case")[
        :BATCH
    ]
    return sum(_remind(hanging) for hanging in due)


@transaction.atomic
def _remind(hanging: Hanging) -> int:
    day = local(now()).date()
    if not Hanging.objects.filter(pk=hanging.pk, told_on=None).update(told_on=day):
        return 0
    case = hanging.case
    record("appeals.review_due", case, by=None, **where_of(case), review_on=hanging.review_on)
    return 1


def listen_to_recordings() -> int:
    """A few at a time: each may take the machine a minute. Without a machine nothing is even looked for."""
    ear = ear_of_district()
    if ear is None:
        return 0
    moment = now()
    return sum(listen(appeal, ear, moment=moment) for appeal in waiting(moment)[:AT_ONCE])


JOBS = [
    ("appeals.recordings", 10, listen_to_recordings),
    ("appeals.missed_limits", 30, tell_of_missed_limits),
    ("appeals.review_days", 600, tell_of_days_to_look_again),
    ("appeals.old_imports", 3600, forget_old_imports),
]
