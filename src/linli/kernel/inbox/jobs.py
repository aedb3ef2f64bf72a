"""By the clock: send what is due, and forget old words. Idle runs only read."""

from datetime import datetime, timedelta

from linli.kernel.clock import now
from linli.kernel.inbox.models import Outgoing
from linli.kernel.inbox.outbox import Report, send_due

LEGIBLE_FOR = timedelta(
    days=30
)  # [D] how long the words of a sent message can still be read by an administrator
ROUNDS = 50


def send_outbox() -> int:
    """Batch after batch until nothing is due; how many left."""
    sent = 0
    for _round in range(ROUNDS):
        report: Report = send_due(now())
        sent += report.sent
        if not report.tried:
            break
    return sent


def blank_old() -> int:
    return blank_before(now() - LEGIBLE_FOR, moment=now())


def blank_before(limit: datetime, *, moment: datetime) -> int:
    """Take the words and numbers out of messages that left long ago. Reads first."""
    ended = Outgoing.objects.filter(blanked_at=None, at__lt=limit).exclude(
        state__in=(Outgoing.State.QUEUED, Outgoing.State.SENDING)
    )
    keys = list(ended.values_list("pk", flat=True)[:2000])
    return Outgoing.objects.filter(pk__in=keys).update(text="", to="", blanked_at=moment) if keys else 0


JOBS = [("inbox.outbox", 5, send_outbox), ("inbox.blank", 3600, blank_old)]
