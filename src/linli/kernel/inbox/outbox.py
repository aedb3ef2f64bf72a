"""The outbox: every message leaves once, however long the provider is away.

A row is claimed by compare-and-set and carries a lease; no transaction is open during the call. A sender
that dies leaves its lease to run out, and the next one calls again with the same reference.
"""

import logging
import secrets
import traceback
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from linli.kernel.inbox.channels import config_of, open_channels
from linli.kernel.inbox.errors import Outage, Rejected
from linli.kernel.inbox.gateways import Parcel, deliver
from linli.kernel.inbox.models import Channel, Medium, Message, Outgoing
from linli.kernel.inbox.quiet import is_quiet, next_loud
from linli.kernel.inbox.recipients import reach
from linli.kernel.keys.fields import read

logger = logging.getLogger(__name__)
State = Outgoing.State
BATCH = 24
HANDS = 8
LEASE = timedelta(seconds=120)  # a batch takes at most 3 rounds of 10 seconds
RETRY = timedelta(seconds=300)
RETRY_SOON = timedelta(seconds=20)
JITTER_SECONDS = 45
RETRIES = 48
REST = timedelta(seconds=60)
REST_AFTER = 3
PER_MINUTE = {Medium.WECOM: 20}


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    given_up: int = 0

    @property
    def tried(self) -> int:
        return self.sent + self.postponed + self.failed + self.given_up


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call ended."""

    row: Outgoing
    state: str
    error: str = ""


def send_due(now: datetime, *, limit: int = BATCH) -> Report:
    """Send what is due at ``now``, at most ``limit`` messages. With nothing to do it only reads."""
    channels = open_channels()
    taken = [pair for pair in packed(now, limit, channels) if claim(pair[0], now)]
    if not taken:
        return Report()
    with ThreadPoolExecutor(HANDS, thread_name_prefix="outbox") as hands:
        outcomes = list(hands.map(hand_over, taken))
    ended = [settled(outcome, channels, now) for outcome in outcomes]
    rest_where_nothing_leaves(outcomes, channels, now)
    return Report(*(ended.count(state) for state in (State.SENT, State.QUEUED, State.FAILED, State.GIVEN_UP)))


def packed(
    now: datetime, limit: int, channels: dict[str, Channel]
) -> Iterator[tuple[Outgoing, Parcel | None]]:
    """Due rows with everything their call needs; None where there is nobody to call."""
    for medium, channel in channels.items():
        config = config_of(channel)
        for row in due(channel, now)[: room_for(medium, config.get("per_minute"), now, limit)]:
            to = read(row, "to") or (reach(row.person, medium) if row.person else "")
            if row.expires_at is not None and row.expires_at <= now:
                to = None
            parcel = None if to is None else Parcel(medium, to, read(row, "text"), row.ref, now, config)
            yield row, parcel


def due(channel: Channel, now: datetime) -> QuerySet[Outgoing]:
    """What should leave by this channel: urgent things first, then the oldest."""
    rows = Outgoing.objects.filter(
        medium=channel.medium, state__in=(State.QUEUED, State.SENDING), next_try_at__lte=now
    )
    if channel.resting_until is not None and channel.resting_until > now:
        rows = rows.none()
    if is_quiet(channel, now):
        rows = rows.filter(Q(urgent=True) | Q(person=None))
    return rows.select_related("person").order_by("-urgent", "next_try_at", "id")


def room_for(medium: str, per_minute: int | None, now: datetime, limit: int) -> int:
    """How many more this minute, where the provider counts."""
    allowed = per_minute or PER_MINUTE.get(Medium(medium))
    if allowed is None:
        return limit
    busy = Q(sent_at__gt=now - timedelta(seconds=60)) | Q(state=State.SENDING, next_try_at__gt=now)
    return max(0, min(limit, allowed - Outgoing.objects.filter(busy, medium=medium).count()))


def claim(row: Outgoing, now: datetime) -> bool:
    """Make the row ours, if it still is as we read it; of two senders one gets it."""
    seen = Outgoing.objects.filter(
        pk=row.pk, state=row.state, attempts=row.attempts, next_try_at=row.next_try_at
    )
    if not seen.update(state=State.SENDING, attempts=F("attempts") + 1, next_try_at=now + LEASE, error=""):
        return False
    row.attempts += 1
    return True


def hand_over(pair: tuple[Outgoing, Parcel | None]) -> Outcome:
    """Call the provider. Runs beside others and touches no database."""
    row, parcel = pair
    if parcel is None:
        return Outcome(row, State.FAILED, "expired" if row.expires_at else "no address")
    try:
        deliver(parcel)
    except Outage as problem:
        return Outcome(row, State.QUEUED, str(problem)[:200])
    except Rejected as problem:
        return Outcome(row, State.FAILED, str(problem)[:200])
    except Exception as problem:  # noqa: BLE001 -- one message that breaks its gateway must not hold the others
        tell_the_log(row, problem)
        return Outcome(row, State.QUEUED, type(problem).__name__)
    return Outcome(row, State.SENT)


def tell_the_log(row: Outgoing, problem: Exception) -> None:
    """What broke and where, without its words: they may hold a number or a name."""
    where = traceback.extract_tb(problem.__traceback__)[-1]
    logger.error("Message %s: %s in %s:%s", row.ref, type(problem).__name__, where.filename, where.lineno)


def settled(outcome: Outcome, channels: dict[str, Channel], now: datetime) -> str:
    """Write down how it ended, unless our lease ran out and somebody else has the row."""
    row, state = outcome.row, outcome.state
    ours = Outgoing.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)
    if state == State.QUEUED and row.attempts > RETRIES:
        state = State.GIVEN_UP
    if state == State.QUEUED and is_settled(row):
        state = State.DROPPED
    changes: dict[str, object] = {"state": state, "error": outcome.error}
    if state == State.SENT:
        changes["sent_at"] = now
    if state == State.QUEUED:
        changes["next_try_at"] = retry_at(row, channels[row.medium], now)
    if row.secret and state != State.QUEUED:
        changes |= {"text": "", "to": "", "blanked_at": now}
    ours.update(**changes)
    return state


def is_settled(row: Outgoing) -> bool:
    """Whether what it reminds of was done while it could not leave."""
    done = Message.objects.filter(waits=True, done_at__isnull=False)
    return row.message_id is not None and done.filter(pk=row.message_id).exists()


def retry_at(row: Outgoing, channel: Channel, now: datetime) -> datetime:
    """Five minutes and a little chance later, so that a recovering provider is not stormed; a code sooner."""
    pause = RETRY_SOON if row.expires_at is not None else RETRY
    later = now + pause + timedelta(seconds=secrets.randbelow(JITTER_SECONDS) if pause == RETRY else 0)
    return later if row.urgent or row.person_id is None else next_loud(channel, later)


def rest_where_nothing_leaves(outcomes: list[Outcome], channels: dict[str, Channel], now: datetime) -> None:
    """A provider that takes nothing is left alone for a minute; the messages not tried keep their tries."""
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        ends[outcome.row.medium].append(outcome.state)
    for medium, states in ends.items():
        if len(states) >= REST_AFTER and set(states) == {State.QUEUED}:
            Channel.objects.filter(pk=channels[medium].pk).update(resting_until=now + REST)
