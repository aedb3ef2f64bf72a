"""Write a batch of records: case, detail, party, first step, clock and journal row, each kind in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from linli.kernel.cases.models import Case, Clock, Counter, Party, Step
from linli.kernel.clock import local, now
from linli.kernel.journal.actions import draft
from linli.kernel.journal.models import Entry, Sensitivity
from linli.kernel.people.models import Person
from linli.kernel.places.models import Body
from linli.modules.appeals.importing.check import Record
from linli.modules.appeals.importing.finding import Spot, category_codes
from linli.modules.appeals.models import Appeal, Identity, State
from linli.modules.appeals.rules.moves import KIND
from linli.modules.appeals.rules.words import parent_of

VERB = "appeals.imported"
GIVEN = "given"
DONE = (State.REPLIED, State.ANSWERED, State.CLOSED)
LONGEST_SPOT = 80
BATCH = 500


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, where it lies, who answers for it, and how to find who raised it once it is written."""

    record: Record
    spot: Spot
    unit: Body | None
    reporter: Callable[[Record, Spot], Person]


def write(batch: list[Placed], *, by: Person | None) -> None:
    """The order is that of the locks: counters, people, cases."""
    if not batch:
        return
    first = draw(len(batch))
    day = f"{local(now()):%y%m%d}"
    cases = [case_of(one, f"I{day}-{first + place:04d}", by) for place, one in enumerate(batch)]
    pairs = list(zip(cases, batch, strict=True))
    Case.objects.bulk_create(cases, batch_size=BATCH)
    Appeal.objects.bulk_create([detail_of(case, one) for case, one in pairs], batch_size=BATCH)
    Party.objects.bulk_create([party_of(case) for case in cases], batch_size=BATCH)
    Step.objects.bulk_create([step_of(case, by) for case in cases], batch_size=BATCH)
    Clock.objects.bulk_create(
        [c for case, one in pairs if (c := clock_of(case, one.record))], batch_size=BATCH
    )
    Entry.objects.bulk_create([entry_of(case, one.record, by) for case, one in pairs], batch_size=BATCH)


def draw(count: int) -> int:
    """The first of a block of numbers; the row stays locked until the transaction ends."""
    name = f"imported:{local(now()):%y%m%d}"
    Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
    Counter.objects.filter(pk=name).update(value=F("value") + count)
    return Counter.objects.values_list("value", flat=True).get(pk=name) - count + 1


def case_of(one: Placed, number: str, by: Person | None) -> Case:
    record, spot = one.record, one.spot
    return Case(
        number=number, kind=KIND.name, state=record.state, state_since=record.state_at, title=record.title,
        area=spot.area, path=spot.area.path, community=spot.community, street=spot.street,
        raised_by=one.reporter(record, spot), operator=by, raised_at=record.raised_at, unit=one.unit,
        sensitivity=Sensitivity.PARTIES, due_at=record.due_at if record.open and not met_at(record) else None,
        closed_at=record.closed_at,
    )  # fmt: skip


def detail_of(case: Case, one: Placed) -> Appeal:
    """What the source called its category stays beside our code, known or not."""
    record = one.record
    l2 = category_codes().get(record.category, "")
    source = {
        "source_category": record.category,
        "source_address": record.spot[LONGEST_SPOT:] and record.spot,
    }
    return Appeal(
        case=case, kind=record.kind, l1=parent_of(l2), l2=l2, urgency=record.urgency, channel=record.channel,
        identity=Identity.NAMED if record.phone else Identity.ANONYMOUS, text=record.text,
        spot=record.spot[:LONGEST_SPOT], suggestion={key: said for key, said in source.items() if said},
        source_ref=record.ref,
    )  # fmt: skip


def party_of(case: Case) -> Party:
    return Party(case=case, person=case.raised_by, part=Party.Part.REPORTER, at=case.raised_at)


def step_of(case: Case, by: Person | None) -> Step:
    return Step(case=case, verb=VERB, by=by, at=now())


def clock_of(case: Case, record: Record) -> Clock | None:
    """The limit as the source gave it, never reckoned anew; only a closed matter met it."""
    if record.due_at is None:
        return None
    met = met_at(record)
    return Clock(
        case=case, name="finish", rule_set="source", rule_version=GIVEN, limit_key=GIVEN,
        starts_at=record.raised_at, due_at=record.due_at, met_at=met, dropped_at=None if met else record.closed_at,
    )  # fmt: skip


def met_at(record: Record) -> datetime | None:
    """When the unit was done with it; what went another way was never done."""
    return record.state_at if record.state in DONE else None


def entry_of(case: Case, record: Record, by: Person | None) -> Entry:
    return draft(
        VERB, case, by=by, path=case.path, body_id=case.unit_id, sensitivity=case.sensitivity,
        source=record.ref, row=record.number, state=record.state,
    )  # fmt: skip
