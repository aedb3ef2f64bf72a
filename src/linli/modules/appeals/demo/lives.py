"""What becomes of a matter: its verbs and clocks from the first word to the judgement, cut off at today."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from linli.engines.deadlines import published
from linli.kernel.cases.models import Step
from linli.kernel.clock import RuleSet, due_under
from linli.modules.appeals.actions.laying import Event, Judgement, Limit, Record
from linli.modules.appeals.demo.corpus import Said
from linli.modules.appeals.models import State, Urgency
from linli.modules.appeals.rules import moves

REPLIES = (
    "已经处理好了，现场拍了照片。", "师傅上门修好了，请您看看还有没有问题。", "核实过了，问题已经解决。",
    "已和相关单位一起到现场处理完毕。", "按规定办结，后续每周巡查一次。",
)  # fmt: skip
PROGRESS = ("已到现场看过，正在备料。", "联系上了施工队，排到后天。", "和楼门长一起入户看过了。")
ANSWERS = ("按规定可以办，材料清单发您了。", "电话里已经说明办理流程。", "这项在社区服务站就能办，周末也开。")


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens and who works there; plain keys."""

    area: int
    path: str
    community: int
    street: int
    clerk: int
    rules: RuleSet


@dataclass
class Life:
    """A matter being made up; ``tell`` adds a verb if its time has come."""

    said: Said
    place: Place
    reporter: int
    unit: int
    handler: int
    now: datetime
    rng: random.Random
    at: datetime
    state: str = State.RECEIVED
    since: datetime | None = None
    events: list[Event] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    marks: dict[str, datetime] = field(default_factory=dict)
    judgement: Judgement | None = None
    going: bool = True

    def tell(self, verb: str, after: timedelta, state: str = "", **more: object) -> bool:
        """Say a verb ``after`` the one before; from the first that lies ahead of today nothing follows."""
        moment = self.at + after
        if not self.going or moment > self.now:
            self.going = False
            return False
        self.at = moment
        self.events.append(Event(verb, moment, **more))  # type: ignore[arg-type]
        if state:
            self.state, self.since = state, moment
        return True

    def run(self, name: str, key: str, start: datetime, met: datetime | None) -> None:
        """A clock from ``start``, met at a moment that has come, or still running."""
        due = due_under(self.place.rules, key, start, table=published())
        self.limits.append(
            Limit(
                name, self.place.rules.id, self.place.rules.version, key, start, due.at,
                met if met and met <= self.now else None, holidays=due.table, provisional=due.provisional,
            )
        )  # fmt: skip


def hours(rng: random.Random, low: float, high: float) -> timedelta:
    return timedelta(seconds=rng.uniform(low, high) * 3600)


def live(life: Life) -> Record:
    """The whole life, or as much of it as has happened by now."""
    raised, rng = life.at, life.rng
    phoned = life.said.channel in {"phone", "hotline_12345"}
    by, behalf = (life.place.clerk, life.reporter) if phoned else (life.reporter, None)
    life.tell("appeals.received", timedelta(), State.RECEIVED, by=by, behalf=behalf)
    if life.said.kind == "consultation" and rng.random() < 0.8:
        _answer(life)
    else:
        _handle(life)
    if life.place.rules.find("pick_up"):
        first = life.events[1].at if len(life.events) > 1 else None
        life.run("pick_up", "pick_up", raised, first)
    return record(life, raised, operator=life.place.clerk if phoned else None)


def _answer(life: Life) -> None:
    text = life.rng.choice(ANSWERS)
    done = life.tell(
        moves.ANSWER.verb, hours(life.rng, 0.05, 1.8), State.ANSWERED, by=life.place.clerk, text=text,
        audience=Step.Audience.PARTIES,
    )  # fmt: skip
    if done:
        life.marks |= {"contacted": life.at, "replied": life.at, "closed": life.at}


def _handle(life: Life) -> None:
    """Sent, signed for, worked on and replied to, late in one of forty cases."""
    rng, body = life.rng, life.unit
    soon = hours(rng, 0.05, 0.3 if life.said.urgency == Urgency.EMERGENCY else 1.9)
    if not life.tell(moves.DISPATCH.verb, soon, State.DISPATCHED, by=life.place.clerk, body=body):
        return
    sent = life.marks["dispatched"] = life.at
    limit = life.place.rules.finish(type=life.said.kind, urgency=life.said.urgency)
    share = rng.uniform(1.02, 1.5) if rng.random() < 0.025 else rng.betavariate(2, 3) * 0.97
    room = due_under(life.place.rules, limit.key, sent).at - sent
    done = _work(life, sent, room, share)
    _clocks(life, sent, limit.key, life.at if done else None)
    if done:
        life.marks["replied"] = life.at
        _call_back(life)


def _work(life: Life, sent: datetime, room: timedelta, share: float) -> bool:
    """What the unit does until its reply, which comes after this share of the limit."""
    rng, replied = life.rng, sent + room * share
    who: dict[str, Any] = {"by": life.handler, "body": life.unit}
    life.tell(moves.SIGN.verb, sent + room * min(share * 0.3, 0.08) - life.at, State.HANDLING, **who)
    soon = min((replied - life.at) * 0.3, hours(rng, 0.2, 18 if rng.random() < 0.97 else 40))
    if life.tell(moves.CONTACT.verb, soon, **who):
        life.marks["contacted"] = life.at
    if rng.random() < 0.35:
        life.tell(moves.PROGRESS.verb, (replied - life.at) * 0.4, text=rng.choice(PROGRESS), **who)
    return life.tell(moves.REPLY.verb, replied - life.at, State.REPLIED, text=rng.choice(REPLIES), **who)


def _clocks(life: Life, sent: datetime, finish: str, replied: datetime | None) -> None:
    signed = next((e.at for e in life.events if e.verb == moves.SIGN.verb), None)
    if life.place.rules.find("sign"):
        life.run("sign", "sign", sent, signed or replied)
    if life.place.rules.find("contact"):
        life.run("contact", "contact", sent, life.marks.get("contacted") or replied)
    life.run("finish", finish, sent, replied)


def _call_back(life: Life) -> None:
    """One or two days later, if that time has come."""
    replied, moment = life.at, life.at + hours(life.rng, 4, 44)
    called = moment if moment <= life.now else None
    if life.place.rules.find("callback"):
        life.run("callback", "callback", replied, called)
    if called is None:
        life.going = False
        return
    life.at = called
    _judge(life)
    if life.state == State.CLOSED:
        life.marks["closed"] = life.at


def _judge(life: Life) -> None:
    """Most are reached and content; to a few it is explained why no more can be done."""
    rng = life.rng
    solved, satisfied, reached = rng.random() < 0.94, rng.random() < 0.95, rng.random() < 0.93
    content = solved and satisfied
    life.judgement = Judgement(
        life.at, life.place.clerk, "phone", reached=reached, contacted_in_time=True if reached else None,
        solved=solved if reached else None, satisfied=satisfied if reached else None,
        words=rng.choice(("挺好", "修得快", "谢谢", "")) if content else "还是老样子",
    )  # fmt: skip
    life.events.append(Event("cases.judged", life.at, life.place.clerk, behalf=life.reporter))
    end = moves.CLOSE if content or not reached else moves.EXPLAIN
    life.tell(end.verb, timedelta(minutes=3), State.CLOSED, by=life.place.clerk)


def record(life: Life, raised: datetime, *, operator: int | None) -> Record:
    marks, sent = life.marks, "dispatched" in life.marks
    return Record(
        area=life.place.area, path=life.place.path, community=life.place.community, street=life.place.street,
        raised_by=life.reporter, raised_at=raised, state=life.state, state_since=life.since or raised,
        channel=life.said.channel, events=life.events, limits=life.limits, judgement=life.judgement,
        text=life.said.text, kind=life.said.kind, l1=life.said.l1, l2=life.said.l2, urgency=life.said.urgency,
        operator=operator, unit=life.unit if sent else None,
        handler=life.handler if life.state in {State.HANDLING, State.REPLIED, State.CLOSED} else None,
        closed_at=marks.get("closed"), dispatched_at=marks.get("dispatched"), contacted_at=marks.get("contacted"),
        replied_at=marks.get("replied"),
    )  # fmt: skip
