"""What a unit does with a matter until it replies."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import actions as cases
from linli.kernel.cases import clocks
from linli.kernel.cases.models import Step
from linli.kernel.clock import now, today
from linli.kernel.people.models import Person, Role
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Body
from linli.modules.appeals.models import Appeal, Hanging, Whistle
from linli.modules.appeals.rules import moves, who

ARRIVE_WITHIN = timedelta(minutes=30)  # Pinggu's practice, a default: no statute fixes it


def _said(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refused(sentence)
    return text.strip()


@transaction.atomic
def contact(appeal: Appeal, *, by: Standing, text: str = "") -> None:
    """The unit reached the neighbour (条例 第十五条: contact promptly)."""
    require(who.may_contact(by, appeal.case))
    if appeal.contacted_at is None:
        appeal.contacted_at = now()
        appeal.save(update_fields=["contacted_at"])
    clocks.meet(appeal.case, "contact")
    cases.make_move(appeal.case, moves.CONTACT, by=by.person, text=text, body=appeal.case.unit)


@transaction.atomic
def progress(appeal: Appeal, *, by: Standing, text: str, public: bool = True) -> Step:
    """A line in the thread: what was done today, what comes next."""
    require(who.may_progress(by, appeal.case))
    audience = Step.Audience.PUBLIC if public else Step.Audience.PARTIES
    text = _said(text, _("Write what was done."))
    return cases.make_move(
        appeal.case, moves.PROGRESS, by=by.person, text=text, audience=audience, body=appeal.case.unit
    )


@transaction.atomic
def extend(appeal: Appeal, *, by: Standing, reason: str) -> None:
    """Lengthen the limit once, before it ends, with the reason told to the neighbour (条例 第十五条)."""
    case = appeal.case
    rules = clocks.rules_for(case.path, today())
    finish = next((c for c in clocks.running(case) if c.name == "finish"), None)
    if finish is None or now() > finish.due_at:
        raise Refused(
            _("The limit has passed; it cannot be extended any more. Tell the neighbour and reply.")
        )
    require(
        who.may_extend(
            by, case, approved_above=rules.extending.approver != "none", already=bool(finish.extension)
        )
    )
    reason = _said(reason, _("Give the reason; the neighbour will read it."))
    extended = clocks.extend(case, "finish", rules.limit("extension").limit)
    assert extended is not None
    data = {"due_at": extended.due_at}
    cases.make_move(case, moves.EXTEND, by=by.person, text=reason, data=data, body=case.unit)


@transaction.atomic
def suspend(appeal: Appeal, *, by: Standing, cause: str, text: str) -> None:
    """中止: the clock stands still for a cause the rule set knows, approved above the unit."""
    case = appeal.case
    require(who.may_suspend(by, case))
    pausing = clocks.rules_for(case.path, today()).suspending
    if not pausing.allowed:
        raise Refused(
            _("The rules in force here know no pause. Extend the limit, or put it on the long list.")
        )
    if cause not in pausing.causes:
        raise Refused(_("Choose one of the causes for which the clock may stand still."))
    text = _said(text, _("Say what is waited for and until when."))
    clocks.pause(case, "finish")
    cases.make_move(case, moves.SUSPEND, by=by.person, text=text, data={"cause": cause})


@transaction.atomic
def resume(appeal: Appeal, *, by: Standing, text: str = "") -> None:
    require(who.may_resume(by, appeal.case))
    clocks.resume(appeal.case, "finish")
    cases.make_move(appeal.case, moves.RESUME, by=by.person, text=text)


@transaction.atomic
def whistle(appeal: Appeal, *, by: Standing, caller: Body, called: Body, task: str) -> Whistle:
    """吹哨: the street calls a department to the spot."""
    require(who.may_whistle(by, appeal.case))
    if called.kind not in {Body.Kind.DEPARTMENT, Body.Kind.UTILITY}:
        raise Refused(_("The whistle calls district departments and utilities; ask your own unit directly."))
    task = _said(task, _("Say what they are called to do."))
    assert by.person is not None
    moment = now()
    made = Whistle(
        case=appeal.case, caller=caller, called=called, by=by.person, task=task, at=moment,
        arrive_by=moment + ARRIVE_WITHIN,
    )  # fmt: skip
    made.save(force_insert=True)
    cases.make_move(
        appeal.case, moves.WHISTLE, by=by.person, text=task, audience=Step.Audience.PUBLIC, body=called,
        data={"called": called.pk, "whistle": made.pk},
    )  # fmt: skip
    return made


@transaction.atomic
def arrive(whistle_: Whistle, appeal: Appeal, *, by: Standing) -> None:
    """报到: the department is on the spot."""
    if not by.acts_for(whistle_.called_id):
        raise Refused(_("Only the department that was called can report its arrival."))
    if not Whistle.objects.filter(pk=whistle_.pk, arrived_at=None).update(arrived_at=now()):
        raise Refused(_("The arrival was recorded already."))
    cases.make_move(
        appeal.case, moves.ARRIVE, by=by.person, audience=Step.Audience.PUBLIC, body=whistle_.called,
        data={"whistle": whistle_.pk},
    )  # fmt: skip


@transaction.atomic
def score_whistle(whistle_: Whistle, appeal: Appeal, *, by: Standing, score: int) -> None:
    """Both are scored, 1 to 5: the street scores the department, the department the street (条例 第三十三条)."""
    if score not in range(1, 6):
        raise Refused(_("Give a score from 1 to 5."))
    if by.acts_for(whistle_.called_id):
        field = "score_of_caller"
    elif by.holds(Role.Kind.STREET, appeal.case.path):
        field = "score_of_called"
    else:
        raise Refused(_("Only the street that called and the department that came score each other."))
    Whistle.objects.filter(pk=whistle_.pk).update(**{field: score})
    cases.say(
        appeal.case, by=_person(by), text="", verb="appeals.whistle_scored", audience=Step.Audience.STAFF,
        whistle=whistle_.pk, score=score, side=field,
    )  # fmt: skip


def _person(by: Standing) -> Person:
    assert by.person is not None
    return by.person


@transaction.atomic
def hang(appeal: Appeal, *, by: Standing, plan: str, review_on: date) -> Hanging:
    """挂账: it leaves the scored set until the review day and never disappears."""
    case = appeal.case
    require(who.may_hang(by, case))
    plan = _said(plan, _("Write the plan: who does what, and what is missing now."))
    if review_on <= today():
        raise Refused(_("The day to look again must lie ahead."))
    level = Hanging.Level.DISTRICT if by.holds(Role.Kind.DISTRICT, case.path) else Hanging.Level.STREET
    assert by.person is not None
    hanging = Hanging(case=case, plan=plan, review_on=review_on, level=level, by=by.person, at=now())
    hanging.save(force_insert=True)
    clocks.drop(case, "finish")
    rules = clocks.rules_for(case.path, today())
    data = {"review_on": review_on, "level": level, "rule_set": rules.id}
    cases.make_move(case, moves.HANG, by=by.person, text=plan, audience=Step.Audience.PUBLIC, data=data)
    return hanging


@transaction.atomic
def take_down(appeal: Appeal, *, by: Standing, text: str = "") -> None:
    """销账: the obstacle is gone; the ordinary limit runs again from today."""
    case = appeal.case
    require(who.may_take_down(by, case))
    Hanging.objects.filter(case=case, ended_at=None).update(ended_at=now())
    cases.make_move(case, moves.TAKE_DOWN, by=by.person, text=text, audience=Step.Audience.PUBLIC)
    rules = clocks.rules_for(case.path, today())
    clocks.start(case, "finish", rules, rules.finish(type=appeal.kind, urgency=appeal.urgency))


@transaction.atomic
def reply(appeal: Appeal, *, by: Standing, text: str, public: bool = True) -> None:
    """办结答复: what was done or why it cannot be; the call-back follows."""
    require(who.may_reply(by, appeal.case))
    text = _said(text, _("Write the reply: what was done, or why it cannot be done and what to do instead."))
    case, moment = appeal.case, now()
    appeal.replied_at = moment
    appeal.contacted_at = appeal.contacted_at or moment
    appeal.save(update_fields=["replied_at", "contacted_at"])
    clocks.meet(case, "sign", "finish", "contact")
    audience = Step.Audience.PUBLIC if public else Step.Audience.PARTIES
    cases.make_move(case, moves.REPLY, by=by.person, text=text, audience=audience, body=case.unit)
    rules = clocks.rules_for(case.path, today())
    clocks.start(case, "callback", rules, rules.find("callback"))
