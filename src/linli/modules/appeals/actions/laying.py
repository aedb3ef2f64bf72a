"""Lay in whole appeals of the past in bulk: the path of imports and of the demo's volumes.

Every case comes in a reachable state with its steps, clocks, judgement and journal entries, as if each verb
had been said in its time; listeners are not called, since nobody is to be told about the past.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from linli.kernel.cases.models import Case, Clock, Counter, Evaluation, Link, Party, Step
from linli.kernel.clock import local
from linli.kernel.journal.actions import commitment, written
from linli.kernel.journal.models import Entry, Sensitivity
from linli.kernel.keys import new_id
from linli.kernel.keys.ids import id_at
from linli.kernel.keys.rows import insert
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.rules import moves
from linli.modules.appeals.rules.words import first_words, neutral_title


@dataclass(frozen=True, slots=True)
class Event:
    """A verb said in the past. Person and body are plain keys."""

    verb: str
    at: datetime
    by: int | None = None
    behalf: int | None = None
    body: int | None = None
    text: str = ""
    audience: int = Step.Audience.PUBLIC
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """A clock of the past: its rule, its dates, and whether it was met or dropped."""

    name: str
    rule_set: str
    rule_version: str
    limit_key: str
    starts_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    dropped_at: datetime | None = None
    holidays: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    at: datetime
    operator: int | None
    via: str
    reached: bool = True
    contacted_in_time: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One appeal of the past."""

    area: int
    path: str
    community: int | None
    street: int | None
    raised_by: int
    raised_at: datetime
    state: str
    state_since: datetime
    channel: str
    events: Sequence[Event]
    limits: Sequence[Limit] = ()
    judgement: Judgement | None = None
    text: str = ""
    title: str = ""
    spot: str = ""
    identity: str = "named"
    kind: str = ""
    l1: str = ""
    l2: str = ""
    urgency: str = "ordinary_7d"
    route: str = "none"
    operator: int | None = None
    unit: int | None = None
    handler: int | None = None
    closed_at: datetime | None = None
    dispatched_at: datetime | None = None
    contacted_at: datetime | None = None
    replied_at: datetime | None = None
    published_at: datetime | None = None
    public_title: str = ""
    public_reply: str = ""
    excluded: str = ""
    copied_to_district: datetime | None = None
    source_ref: str = ""
    suggestion: dict[str, Any] = field(default_factory=dict)
    repeats: str = ""
    joined: Sequence[int] = ()

    @property
    def due_at(self) -> datetime | None:
        running = [c.due_at for c in self.limits if c.met_at is None and c.dropped_at is None]
        return min(running, default=None)


def numbers(records: Sequence[Record]) -> list[str]:
    """Numbers of the days on which the matters were raised, drawn from the same counters as new ones."""
    days = [f"{local(record.raised_at):%y%m%d}" for record in records]
    last: dict[str, int] = {}
    for day, count in sorted(Tally(days).items()):
        name = f"case:{day}"
        Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
        Counter.objects.filter(pk=name).update(value=F("value") + count)
        last[day] = Counter.objects.values_list("value", flat=True).get(pk=name) - count
    found = []
    for day in days:
        last[day] += 1
        found.append(f"{day}-{last[day]:04d}")
    return found


@transaction.atomic
def lay(records: Sequence[Record]) -> list[int]:
    """Insert the records with everything that hangs on them; returns the keys of the cases, in order."""
    keys = [id_at(record.raised_at) for record in records]
    _cases(keys, numbers(records), records)
    _appeals(keys, records)
    _parties(keys, records)
    _steps(keys, records)
    _clocks(keys, records)
    _judgements(keys, records)
    _entries(keys, records)
    _links(keys, records)
    return keys


def _cases(keys: Sequence[int], drawn: Sequence[str], records: Sequence[Record]) -> None:
    insert(
        Case,
        (
            "id", "number", "kind", "state", "state_since", "turn", "title", "public_title", "area", "path", "community", "street",
            "raised_by", "operator", "raised_at", "unit", "handler", "sensitivity", "due_at", "closed_at",
            "query_code_hash",
        ),
        (
            (
                key, number, moves.KIND.name, r.state, r.state_since, len(r.events), r.title or first_words(r.text),
                neutral_title(r.l2),
                r.area, r.path, r.community, r.street, r.raised_by, r.operator, r.raised_at, r.unit, r.handler,
                Sensitivity.PARTIES.value, r.due_at, r.closed_at, "",
            )
            for key, number, r in zip(keys, drawn, records, strict=True)
        ),
    )  # fmt: skip


def _appeals(keys: Sequence[int], records: Sequence[Record]) -> None:
    insert(
        Appeal,
        (
            "case", "kind", "l1", "l2", "urgency", "channel", "identity", "text", "spot", "needs_words", "route",
            "suggestion", "to_grid", "copied_to_district", "times_reopened", "joined", "contacted_at",
            "dispatched_at", "replied_at", "excluded", "public_title", "public_reply", "published_at", "source_ref",
        ),
        (
            (
                key, r.kind, r.l1, r.l2, r.urgency, r.channel, r.identity, r.text, r.spot, False, r.route,
                r.suggestion, False, r.copied_to_district, _reopened(r), len(r.joined), r.contacted_at,
                r.dispatched_at, r.replied_at, r.excluded, r.public_title, r.public_reply, r.published_at,
                r.source_ref,
            )
            for key, r in zip(keys, records, strict=True)
        ),
    )  # fmt: skip


def _reopened(record: Record) -> int:
    return sum(event.verb == moves.REOPEN.verb for event in record.events)


def _parties(keys: Sequence[int], records: Sequence[Record]) -> None:
    rows: list[tuple[Any, ...]] = []
    for key, r in zip(keys, records, strict=True):
        rows.append((new_id(), key, r.raised_by, Party.Part.REPORTER.value, r.raised_at))
        rows += [(new_id(), key, person, Party.Part.JOINED.value, r.raised_at) for person in r.joined]
    insert(Party, ("id", "case", "person", "part", "at"), rows)


def _events(keys: Sequence[int], records: Sequence[Record]) -> Iterable[tuple[int, Record, Event]]:
    for key, record in zip(keys, records, strict=True):
        for event in record.events:
            yield key, record, event


def _steps(keys: Sequence[int], records: Sequence[Record]) -> None:
    insert(
        Step,
        ("id", "case", "verb", "by", "behalf", "body", "text", "audience", "at"),
        (
            (new_id(), key, e.verb, e.by, e.behalf, e.body, e.text, int(e.audience), e.at)
            for key, _record, e in _events(keys, records)
        ),
    )


def _clocks(keys: Sequence[int], records: Sequence[Record]) -> None:
    insert(
        Clock,
        (
            "id", "case", "name", "rule_set", "rule_version", "limit_key", "holidays", "starts_at", "due_at",
            "provisional", "extension", "pauses", "met_at", "dropped_at",
        ),
        (
            (
                new_id(), key, c.name, c.rule_set, c.rule_version, c.limit_key, c.holidays, c.starts_at, c.due_at,
                c.provisional, "", [], c.met_at, c.dropped_at,
            )
            for key, r in zip(keys, records, strict=True)
            for c in r.limits
        ),
    )  # fmt: skip


def _judgements(keys: Sequence[int], records: Sequence[Record]) -> None:
    insert(
        Evaluation,
        (
            "id", "case", "by", "operator", "reached", "contacted_in_time", "solved", "satisfied", "words", "via",
            "at",
        ),
        (
            (
                new_id(), key, r.raised_by, j.operator, j.reached, j.contacted_in_time, j.solved, j.satisfied,
                j.words, j.via, j.at,
            )
            for key, r in zip(keys, records, strict=True)
            if (j := r.judgement) is not None
        ),
    )  # fmt: skip


def _entries(keys: Sequence[int], records: Sequence[Record]) -> None:
    kind = Case._meta.label_lower
    insert(
        Entry,
        (
            "id", "at", "verb", "actor_id", "behalf_id", "object_kind", "object_id", "path", "body_id",
            "sensitivity", "payload", "salt", "commitment",
        ),
        (
            (
                new_id(), e.at, e.verb, e.by, e.behalf, kind, key, r.path, e.body, Sensitivity.PARTIES.value, payload,
                salt, commitment(salt, payload),
            )
            for key, r, e in _events(keys, records)
            for salt, payload in (written(e.data),)
        ),
    )  # fmt: skip


def _links(keys: Sequence[int], records: Sequence[Record]) -> None:
    """``repeats`` names the source reference of the matter that was there first."""
    wanted = {r.repeats for r in records if r.repeats}
    found = dict(Appeal.objects.filter(source_ref__in=wanted).values_list("source_ref", "case_id"))
    insert(
        Link,
        ("id", "source", "target", "kind", "at"),
        (
            (new_id(), key, found[r.repeats], Link.Kind.REPEATS.value, r.state_since)
            for key, r in zip(keys, records, strict=True)
            if found.get(r.repeats, key) != key
        ),
    )
