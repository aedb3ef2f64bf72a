"""What happens to a case of any kind. Every write is one transaction: check, write, record."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.cases.kinds import Move, kind_of
from linli.kernel.cases.models import Case, Clock, Counter, Evaluation, Link, Party, Step
from linli.kernel.clock import local, now
from linli.kernel.journal.actions import record
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area, Body

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def draw(name: str) -> int:
    """The next number of a counter; the row stays locked until the transaction ends."""
    if not Counter.objects.filter(pk=name).update(value=F("value") + 1):
        Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
        Counter.objects.filter(pk=name).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(pk=name)


def new_number() -> str:
    """A number people can say on the phone: the day and a count, such as 261124-0417."""
    day = f"{local(now()):%y%m%d}"
    return f"{day}-{draw(f'case:{day}'):04d}"


def new_query_code() -> str:
    """Ten letters and digits without look-alikes: about 49 bits, told once and kept only as a hash."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(10))


def hash_of_code(code: str) -> str:
    """How a query code is kept: never itself."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(f"linli query code {plain}".encode()).hexdigest()


def where_of(case: Case) -> dict[str, Any]:
    """The keys by which a journal row of this case is seen."""
    return {"path": case.path, "body_id": case.unit_id, "sensitivity": case.sensitivity}


@transaction.atomic
def open_case(
    *,
    kind: str,
    verb: str,
    state: str,
    title: str,
    area: Area,
    by: Person,
    operator: Person | None = None,
    sensitivity: int,
    text: str = "",
    query_code: str = "",
    parents: dict[str, Area] | None = None,
    public_title: str = "",
    **data: Any,
) -> Case:
    """Open a case, its first party and its first step; ``parents`` saves looking up the tree again."""
    parents = parents if parents is not None else parents_of(area)
    moment = now()
    case = Case(
        number=new_number(), kind=kind, state=state, state_since=moment, title=title[:120], area=area,
        public_title=public_title,
        path=area.path, community=parents.get("community"), street=parents.get("street"), raised_by=by,
        operator=operator, raised_at=moment, sensitivity=sensitivity,
        query_code_hash=hash_of_code(query_code) if query_code else "",
    )  # fmt: skip
    case.save(force_insert=True)
    Party(case=case, person=by, part=Party.Part.REPORTER, at=moment).save(force_insert=True)
    add_step(case, verb, by=operator or by, behalf=by if operator else None, text=text)
    record(verb, case, by=operator or by, behalf=by if operator else None, **where_of(case), **data)
    return case


def parents_of(area: Area) -> dict[str, Area]:
    """The street and community that contain an area (itself included), by kind."""
    parts = area.path.rstrip("/").split("/")
    paths = ["/".join(parts[: i + 1]) + "/" for i in range(len(parts))]
    found = Area.objects.filter(path__in=paths, kind__in=("street", "community"), valid_to=None)
    return {found_area.kind: found_area for found_area in found}


def add_step(
    case: Case, verb: str, *, by: Person | None, behalf: Person | None = None, body: Body | None = None,
    text: str = "", audience: int = Step.Audience.PARTIES,
) -> Step:  # fmt: skip
    step = Step(case=case, verb=verb, by=by, behalf=behalf, body=body, text=text, audience=audience, at=now())
    step.save(force_insert=True)
    return step


@transaction.atomic
def say(
    case: Case, *, by: Person, text: str, behalf: Person | None = None, body: Body | None = None,
    verb: str = "cases.said", audience: int = Step.Audience.PARTIES, **data: Any,
) -> Step:  # fmt: skip
    """A word in the thread that moves nothing."""
    step = add_step(case, verb, by=by, behalf=behalf, body=body, text=text, audience=audience)
    record(verb, case, by=by, behalf=behalf, **where_of(case), **data)
    return step


@transaction.atomic
def make_move(
    case: Case, move: Move, *, by: Person | None, behalf: Person | None = None, body: Body | None = None,
    text: str = "", audience: int = Step.Audience.PARTIES, data: dict[str, Any] | None = None, **changes: Any,
) -> Step:  # fmt: skip
    """Take one arrow, or refuse if somebody else moved the case first (compare-and-set on state and turn)."""
    kind = kind_of(case.kind)
    to = move.ends(case.state)
    if case.state not in move.origins:
        raise Refused(_("This step is not possible any more. Please look again."))
    unit = changes.get("unit", case.unit)
    if to in kind.accountable and unit is None:
        raise Refused(_("Choose the unit that answers for it first."))
    fields = {"state": to, "turn": F("turn") + 1, **changes}
    if to != case.state:
        fields["state_since"] = now()
    if (to in kind.final) != (case.state in kind.final):
        fields["closed_at"] = now() if to in kind.final else None
    rows = Case.objects.filter(pk=case.pk, state=case.state, turn=case.turn).update(**fields)
    if not rows:
        raise Refused(_("Somebody else changed this first. Please look again."))
    data = {"from": case.state, "to": to, **(data or {})}
    _apply(case, fields)
    step = add_step(case, move.verb, by=by, behalf=behalf, body=body, text=text, audience=audience)
    record(move.verb, case, by=by, behalf=behalf, **where_of(case), **data)
    return step


def _apply(case: Case, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(case, name, case.turn + 1 if name == "turn" else value)


@transaction.atomic
def link(source: Case, target: Case, *, kind: str, by: Person | None) -> Link:
    """Remember how one case leads to another."""
    made, _created = Link.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"at": now()}
    )
    record("cases.linked", source, by=by, **where_of(source), kind=kind, target=target.pk)
    return made


def join(case: Case, *, person: Person, part: str = Party.Part.JOINED) -> bool:
    """Add a party; false when she already has this part."""
    _party, created = Party.objects.get_or_create(case=case, person=person, part=part, defaults={"at": now()})
    return created


@transaction.atomic
def judge(
    case: Case, *, by: Person, via: str, operator: Person | None = None, reached: bool = True,
    contacted_in_time: bool | None = None, solved: bool | None = None, satisfied: bool | None = None,
    words: str = "",
) -> Evaluation:  # fmt: skip
    """Write down what those who asked say of the result."""
    evaluation = Evaluation(
        case=case, by=by, operator=operator, reached=reached, contacted_in_time=contacted_in_time,
        solved=solved, satisfied=satisfied, words=words, via=via, at=now(),
    )  # fmt: skip
    evaluation.save(force_insert=True)
    record(
        "cases.judged", case, by=operator or by, behalf=by if operator else None, **where_of(case),
        reached=reached, solved=solved, satisfied=satisfied, via=via,
    )  # fmt: skip
    return evaluation


def refresh_due(case: Case) -> None:
    """The queue sorts by the nearest clock still running."""
    running = Clock.objects.filter(case=case, met_at=None, dropped_at=None).order_by("due_at")
    due = running.values_list("due_at", flat=True).first()
    Case.objects.filter(pk=case.pk).update(due_at=due)
    case.due_at = due
