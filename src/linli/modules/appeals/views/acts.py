"""Every verb that staff may say on the page of a matter: its form, its rule, its action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import Answer, Refused, first_no
from linli.kernel.cases import clocks
from linli.kernel.cases.models import Case, Clock
from linli.kernel.clock import today
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Body
from linli.modules.appeals.actions import closing, dispatching, handling, intake, scoring
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.forms import staff as forms
from linli.modules.appeals.models import Appeal, Exclusion
from linli.modules.appeals.queries.seen import appeals_seen_by
from linli.modules.appeals.rules import who

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on the page. ``may`` guards the action, shows the form and explains its absence."""

    key: str
    title: Any
    icon: str
    group: str
    form: type[forms.ActForm]
    may: Callable[[Standing, Appeal], Answer]
    do: Callable[[Appeal, Standing, Data], Any]


def _on_case(rule: Callable[..., Answer]) -> Callable[[Standing, Appeal], Answer]:
    return lambda standing, appeal: rule(standing, appeal.case)


def _merge(appeal: Appeal, by: Standing, data: Data) -> None:
    into = appeals_seen_by(by).filter(case__number=data["number"].strip()).first()
    if into is None:
        raise Refused(gettext("No matter with this number is in your area."))
    intake.merge(appeal, into=into, by=by)


def _may_dispatch(standing: Standing, appeal: Appeal) -> Answer:
    return first_no(who.may_dispatch(standing, appeal.case), who.is_ready(appeal))


def _may_extend(standing: Standing, appeal: Appeal) -> Answer:
    return _extending(standing, appeal.case, clocks.running(appeal.case))


def _extending(standing: Standing, case: Case, running: list[Clock]) -> Answer:
    finish = next((clock for clock in running if clock.name == "finish"), None)
    above = clocks.rules_for(case.path, today()).extending.approver != "none"
    return who.may_extend(standing, case, approved_above=above, already=bool(finish and finish.extension))


def _whistle(appeal: Appeal, by: Standing, data: Data) -> None:
    offices = by.bodies(Role.Kind.STREET)
    caller = (
        Body.objects.filter(pk__in=offices).first()
        or Body.objects.filter(kind=Body.Kind.STREET_OFFICE, area=appeal.case.street).first()
    )
    if caller is None:
        raise Refused(gettext("No subdistrict office is registered here; ask the administrator to add it."))
    handling.whistle(appeal, by=by, caller=caller, called=data["called"], task=data["task"])


def _review(appeal: Appeal, by: Standing, data: Data) -> None:
    proposal = Exclusion.objects.filter(case=appeal.case, decided_at=None).first()
    if proposal is None:
        raise Refused(gettext("There is nothing to review here."))
    scoring.review_exclusion(proposal, appeal, by=by, upheld=data["upheld"], note=data["note"])


NOTHING_TO_REVIEW = Answer(ok=False, reason=_("There is nothing to review here."))


def _may_review(standing: Standing, appeal: Appeal) -> Answer:
    if not standing.paths(Role.Kind.REVIEWER):
        return who.may_review_exclusion(standing, appeal.case, proposed_by=0)
    proposal = Exclusion.objects.filter(case=appeal.case, decided_at=None).first()
    if proposal is None:
        return NOTHING_TO_REVIEW
    return who.may_review_exclusion(standing, appeal.case, proposed_by=proposal.proposed_by_id)


def call_back(appeal: Appeal, by: Standing, data: Data) -> None:
    said = forms.CallBack.said
    verdict = Verdict(
        solved=said(data["solved"]), satisfied=said(data["satisfied"]), words=data["words"],
        contacted_in_time=said(data["contacted"]),
    )  # fmt: skip
    closing.call_back(appeal, by=by, verdict=verdict, reached=data["reached"])


DESK, UNIT, ABOVE, AFTER = "desk", "unit", "above", "after"

ACTS = (
    Act("transcribe", _("Write down the recording"), "pencil", DESK, forms.Transcript,
        lambda w, a: who.is_desk(w, a.case) if a.needs_words else Answer(ok=False),
        lambda a, by, d: intake.transcribe(a, by=by, text=d["text"])),
    Act("dispatch", _("Send to a unit"), "send", DESK, forms.Dispatch, _may_dispatch,
        lambda a, by, d: dispatching.dispatch(a, unit=d["unit"], by=by, note=d["note"])),
    Act("classify", _("Say what it is"), "tags", DESK, forms.Classification, _on_case(who.may_classify),
        lambda a, by, d: intake.classify(a, by=by, kind=d["kind"], l2=d["l2"], urgency=d["urgency"])),
    Act("answer", _("Answer at once"), "message-circle", DESK, forms.Answer, _on_case(who.may_answer),
        lambda a, by, d: intake.answer(a, by=by, text=d["text"])),
    Act("refer", _("Show another way"), "signpost", DESK, forms.Referral, _on_case(who.may_refer),
        lambda a, by, d: intake.refer(a, by=by, route=d["route"], text=d["text"])),
    Act("transfer", _("Hand to 110, 119, 120 or 122"), "siren", DESK, forms.Emergency, _on_case(who.may_transfer),
        lambda a, by, d: intake.transfer(a, by=by, route=d["route"], text=d["text"])),
    Act("merge", _("Join with the same matter"), "merge", DESK, forms.Merge, _on_case(who.may_merge), _merge),
    Act("sign", _("Take it in hand"), "hand", UNIT, forms.Nothing, _on_case(who.may_sign),
        lambda a, by, d: dispatching.sign(a, by=by)),
    Act("reply", _("Reply: it is done"), "circle-check", UNIT, forms.Reply, _on_case(who.may_reply),
        lambda a, by, d: handling.reply(a, by=by, text=d["text"], public=d["public"])),
    Act("contact", _("I spoke with the neighbour"), "phone", UNIT, forms.Contact, _on_case(who.may_contact),
        lambda a, by, d: handling.contact(a, by=by, text=d["text"])),
    Act("progress", _("Report progress"), "wrench", UNIT, forms.Progress, _on_case(who.may_progress),
        lambda a, by, d: handling.progress(a, by=by, text=d["text"], public=d["public"])),
    Act("extend", _("Ask for more time"), "calendar-plus", UNIT, forms.Reason, _may_extend,
        lambda a, by, d: handling.extend(a, by=by, reason=d["text"])),
    Act("object", _("Object: not our duty"), "undo-2", UNIT, forms.Reason, _on_case(who.may_object),
        lambda a, by, d: dispatching.object_to(a, by=by, reason=d["text"])),
    Act("redispatch", _("Send on to another unit"), "shuffle", ABOVE, forms.Dispatch, _on_case(who.may_redispatch),
        lambda a, by, d: dispatching.redispatch(a, unit=d["unit"], by=by, note=d["note"])),
    Act("keep", _("Refuse the objection"), "gavel", ABOVE, forms.Reason, _on_case(who.may_decide_objection),
        lambda a, by, d: dispatching.refuse_objection(a, by=by, text=d["text"])),
    Act("whistle", _("Whistle: call a department"), "megaphone", ABOVE, forms.Whistle, _on_case(who.may_whistle), _whistle),
    Act("suspend", _("Let the clock stand still"), "pause", ABOVE, forms.Pause, _on_case(who.may_suspend),
        lambda a, by, d: handling.suspend(a, by=by, cause=d["cause"], text=d["text"])),
    Act("resume", _("Let the clock run on"), "play", ABOVE, forms.Contact, _on_case(who.may_resume),
        lambda a, by, d: handling.resume(a, by=by, text=d["text"])),
    Act("hang", _("Put on the long list"), "pin", ABOVE, forms.Hang, _on_case(who.may_hang),
        lambda a, by, d: handling.hang(a, by=by, plan=d["plan"], review_on=d["review_on"])),
    Act("take_down", _("Take off the long list"), "pin-off", ABOVE, forms.Contact, _on_case(who.may_take_down),
        lambda a, by, d: handling.take_down(a, by=by, text=d["text"])),
    Act("call_back", _("Call back"), "phone-call", AFTER, forms.CallBack, _on_case(who.may_call_back), call_back),
    Act("reopen", _("Send it back to the unit"), "rotate-ccw", AFTER, forms.Reason, _on_case(who.may_reopen),
        lambda a, by, d: closing.reopen(a, by=by, reason=d["text"])),
    Act("explain", _("Explain and close"), "message-square-text", AFTER, forms.Reason, _on_case(who.may_call_back),
        lambda a, by, d: closing.explain(a, by=by, text=d["text"])),
    Act("publish", _("Put the answer on the board"), "clipboard-check", AFTER, forms.Publication, _on_case(who.may_publish),
        lambda a, by, d: closing.publish(a, by=by, title=d["title"], text=d["text"])),
    Act("exclude", _("Propose to leave it out of the rates"), "circle-slash", AFTER, forms.Exclude,
        _on_case(who.may_propose_exclusion),
        lambda a, by, d: scoring.propose_exclusion(a, by=by, code=d["code"], evidence=d["evidence"])),
    Act("review", _("Review the exclusion"), "scale", AFTER, forms.Review, _may_review, _review),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}


def answers_of(
    standing: Standing, appeal: Appeal, *, found: list[Clock], excluded: bool
) -> list[tuple[Act, Answer]]:
    """Each rule once; what the page has read already (its clocks, whether anything is excluded) is not asked again."""
    known = {"extend": _extending(standing, appeal.case, [clock for clock in found if clock.met_at is None])}
    if not excluded:
        known["review"] = NOTHING_TO_REVIEW
    return [(act, known[act.key] if act.key in known else act.may(standing, appeal)) for act in ACTS]
