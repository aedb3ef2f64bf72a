"""Call back, judge, close, open again, and show what was answered."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import actions as cases
from linli.kernel.cases import clocks
from linli.kernel.cases.models import Evaluation, Step
from linli.kernel.clock import now, today
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.queries import acting, thread
from linli.modules.appeals.rules import moves, who


@dataclass(frozen=True, slots=True)
class Verdict:
    """Solved? Satisfied? In your words. ``None``: not said."""

    solved: bool | None
    satisfied: bool | None
    words: str = ""
    contacted_in_time: bool | None = None

    @property
    def content(self) -> bool:
        return self.solved is True and self.satisfied is not False


@transaction.atomic
def call_back(
    appeal: Appeal, *, by: Standing, verdict: Verdict, via: str = "phone", reached: bool = True
) -> Evaluation:
    """回访: the desk asks by phone or at the door and writes the answer down (条例 第二十三条)."""
    require(who.may_call_back(by, appeal.case))
    case = appeal.case
    evaluation = cases.judge(
        case, by=case.raised_by, operator=by.person, via=via, reached=reached, solved=verdict.solved,
        satisfied=verdict.satisfied, words=verdict.words, contacted_in_time=verdict.contacted_in_time,
    )  # fmt: skip
    _after(appeal, verdict, by, reached=reached)
    return evaluation


@transaction.atomic
def judge(appeal: Appeal, *, by: Standing, verdict: Verdict) -> Evaluation:
    """The neighbour judges it herself, by page or by the link in a message."""
    require(who.may_judge(by, appeal.case))
    require(acting.may_end_for(by, appeal.case))
    assert by.person is not None
    evaluation = cases.judge(
        appeal.case, by=by.person, operator=by.acting, via="web", solved=verdict.solved, satisfied=verdict.satisfied,
        words=verdict.words, contacted_in_time=verdict.contacted_in_time,
    )  # fmt: skip
    _after(appeal, verdict, by, reached=True)
    return evaluation


@transaction.atomic
def judge_too(appeal: Appeal, *, by: Standing, verdict: Verdict) -> Evaluation:
    """A neighbour who joined, or whose matter repeats another, judges for herself.

    What counts for the unit, and whether the matter closes, stays with whoever raised the one that is handled.
    """
    require(thread.may_judge(by, appeal))
    require(acting.may_end_for(by, thread.main_of(appeal).case))
    return cases.judge(
        appeal.case, by=_person(by), operator=by.acting, via="web", solved=verdict.solved, satisfied=verdict.satisfied,
        words=verdict.words, contacted_in_time=verdict.contacted_in_time,
    )  # fmt: skip


def _after(appeal: Appeal, verdict: Verdict, by: Standing, *, reached: bool) -> None:
    """Content closes; a neighbour who is not content leaves the decision to the desk; unreachable closes."""
    case = appeal.case
    if case.state == State.ANSWERED:
        if verdict.solved is False:
            cases.make_move(case, moves.DISPATCH_AGAIN, by=by.hand, behalf=by.behalf)
            rules = clocks.rules_for(case.path, today())
            clocks.start(case, "pick_up", rules, rules.find("pick_up"))
        return
    if reached and not verdict.content:
        return
    clocks.meet(case, "callback")
    cases.make_move(case, moves.CLOSE, by=by.hand, behalf=by.behalf, audience=Step.Audience.PUBLIC)


@transaction.atomic
def reopen(appeal: Appeal, *, by: Standing, reason: str) -> None:
    """A real omission goes back to the unit with a new limit (唐山条例 第三十八条)."""
    case = appeal.case
    require(who.may_reopen(by, case))
    if not reason.strip():
        raise Refused(_("Say what is still to be done."))
    clocks.drop(case, "callback")
    appeal.times_reopened += 1
    appeal.replied_at = None
    appeal.published_at = None
    appeal.save(update_fields=["times_reopened", "replied_at", "published_at"])
    cases.make_move(case, moves.REOPEN, by=by.person, text=reason.strip(), audience=Step.Audience.PUBLIC)
    rules = clocks.rules_for(case.path, today())
    clocks.start(case, "finish", rules, rules.finish(type=appeal.kind, urgency=appeal.urgency))


@transaction.atomic
def explain(appeal: Appeal, *, by: Standing, text: str) -> None:
    """Law or policy sets the limit: explained to the neighbour and closed as judged (唐山条例 第三十八条)."""
    case = appeal.case
    require(who.may_call_back(by, case))
    if not text.strip():
        raise Refused(_("Write what was explained to the neighbour."))
    if not Evaluation.objects.filter(case=case, by=case.raised_by_id).exists():
        raise Refused(_("Call the neighbour back first; her judgement stays on record."))
    clocks.meet(case, "callback")
    cases.make_move(case, moves.EXPLAIN, by=by.person, text=text.strip())


@transaction.atomic
def publish(appeal: Appeal, *, by: Standing, title: str, text: str) -> None:
    """Put the answer on the public board in words that name nobody."""
    require(who.may_publish(by, appeal.case))
    if not title.strip() or not text.strip():
        raise Refused(_("Write a title and an answer without names, numbers or doors."))
    appeal.public_title, appeal.public_reply = title.strip(), text.strip()
    appeal.published_at = now()
    appeal.save(update_fields=["public_title", "public_reply", "published_at"])
    cases.say(appeal.case, by=_person(by), text="", verb="appeals.published", audience=Step.Audience.PUBLIC)


@transaction.atomic
def unpublish(appeal: Appeal, *, by: Standing) -> None:
    require(who.is_desk(by, appeal.case))
    appeal.published_at = None
    appeal.save(update_fields=["published_at"])
    cases.say(appeal.case, by=_person(by), text="", verb="appeals.unpublished", audience=Step.Audience.STAFF)


def _person(by: Standing) -> Person:
    assert by.person is not None
    return by.person
