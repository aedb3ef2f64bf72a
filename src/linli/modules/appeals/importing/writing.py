"""Write a batch of records: case, detail, party, first step, clock and journal row, each table in one go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from linli.kernel.cases.models import Case, Clock, Counter, Party, Step
from linli.kernel.clock import local, now
from linli.kernel.journal.actions import draft
from linli.kernel.journal.models import Entry, Sensitivity
from linli.kernel.keys import new_id
from linli.kernel.people.models import Person
from linli.kernel.places.models import Body
from linli.modules.appeals.importing.check import Record
from linli.modules.appeals.importing.finding import Spot, category_codes
from linli.modules.appeals.importing.inserting import Values, insert, values_of
from linli.modules.appeals.models import Appeal, Identity, State
from linli.modules.appeals.rules.moves import KIND
from linli.modules.appeals.rules.words import neutral_title, parent_of

VERB = "appeals.imported"
GIVEN = "given"
DONE = (State.REPLIED, State.ANSWERED, State.CLOSED)
LONGEST_SPOT = 80


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, where it lies, who answers for it, and how to find who raised it once it is written."""

    record: Record
    spot: Spot
    unit: Body | None
    reporter: Callable[[Record, Spot], Person]


@dataclass(frozen=True, slots=True)
class Writing:
    """A record under its new keys."""

    case: int
    number: str
    reporter: int
    by: int | None
    placed: Placed

    @property
    def record(self) -> Record:
        return self.placed.record


def write(batch: list[Placed], *, by: Person | None) -> None:
    """The order is that of the locks: counters, people, cases."""
    if not batch:
        return
    lines = numbered(batch, by=by.pk if by else None)
    insert(Case, map(case_of, lines))
    insert(Appeal, map(detail_of, lines))
    insert(Party, map(party_of, lines))
    insert(Step, map(step_of, lines))
    insert(Clock, (clock_of(line) for line in lines if line.record.due_at))
    insert(Entry, entries_of(lines))


def numbered(batch: list[Placed], *, by: int | None) -> list[Writing]:
    first, day = draw(len(batch)), f"{local(now()):%y%m%d}"
    return [
        Writing(new_id(), f"I{day}-{first + place:04d}", one.reporter(one.record, one.spot).pk, by, one)
        for place, one in enumerate(batch)
    ]


def draw(count: int) -> int:
    """The first of a block of numbers; the row stays locked until the transaction ends."""
    name = f"imported:{local(now()):%y%m%d}"
    Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
    Counter.objects.filter(pk=name).update(value=F("value") + count)
    return Counter.objects.values_list("value", flat=True).get(pk=name) - count + 1


def case_of(line: Writing) -> Values:
    record, spot, unit = line.record, line.placed.spot, line.placed.unit
    return {
        "id": line.case, "number": line.number, "kind": KIND.name, "state": record.state,
        "state_since": record.state_at, "title": record.title, "public_title": neutral_title(category_codes().get(record.category, "")), "area_id": spot.area.pk, "path": spot.area.path,
        "community_id": spot.community.pk if spot.community else None,
        "street_id": spot.street.pk if spot.street else None, "raised_by_id": line.reporter,
        "operator_id": line.by, "raised_at": record.raised_at, "unit_id": unit.pk if unit else None,
        "sensitivity": Sensitivity.PARTIES.value, "due_at": record.due_at if running(record) else None,
        "closed_at": record.closed_at,
    }  # fmt: skip


def detail_of(line: Writing) -> Values:
    """What the source called its category stays beside our code, known or not."""
    record = line.record
    l2 = category_codes().get(record.category, "")
    source = {
        "source_category": record.category, "source_address": record.spot[LONGEST_SPOT:] and record.spot
    }  # fmt: skip
    return {
        "case_id": line.case, "kind": record.kind, "l1": parent_of(l2), "l2": l2, "urgency": record.urgency,
        "channel": record.channel, "identity": (Identity.NAMED if record.phone else Identity.ANONYMOUS).value,
        "text": record.text, "spot": record.spot[:LONGEST_SPOT], "source_ref": record.ref,
        "suggestion": {key: said for key, said in source.items() if said},
    }  # fmt: skip


def party_of(line: Writing) -> Values:
    part = Party.Part.REPORTER.value
    return {"case_id": line.case, "person_id": line.reporter, "part": part, "at": line.record.raised_at}


def step_of(line: Writing) -> Values:
    return {"case_id": line.case, "verb": VERB, "by_id": line.by, "at": now()}


def clock_of(line: Writing) -> Values:
    """The limit as the source gave it, never reckoned anew."""
    record, met = line.record, met_at(line.record)
    return {
        "case_id": line.case, "name": "finish", "rule_set": "source", "rule_version": GIVEN, "limit_key": GIVEN,
        "starts_at": record.raised_at, "due_at": record.due_at, "met_at": met,
        "dropped_at": None if met else record.closed_at,
    }  # fmt: skip


def met_at(record: Record) -> datetime | None:
    """When the unit was done with it; what went another way was never done."""
    return record.state_at if record.state in DONE else None


def running(record: Record) -> bool:
    return record.open and met_at(record) is None


def entries_of(lines: list[Writing]) -> Iterator[Values]:
    subject = Case()
    for line in lines:
        subject.pk = line.case
        spot, unit, record = line.placed.spot, line.placed.unit, line.record
        entry = draft(
            VERB, subject, by=line.by, path=spot.area.path, body_id=unit.pk if unit else None,
            source=record.ref, row=record.number, state=record.state,
        )  # fmt: skip
        yield values_of(entry)
