"""Who may do what to an appeal. Every answer that says no says whom to ask instead."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import YES, Answer, first_no, no
from linli.kernel.cases.kinds import Move
from linli.kernel.cases.models import Case
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.rules import moves

ABOVE = (Role.Kind.STREET, Role.Kind.DISTRICT)


def in_state(case: Case, move: Move) -> Answer:
    """Whether the arrow starts where the case is."""
    if case.state in move.origins:
        return YES
    return no(_("This step is not possible now: the matter is “%s”.") % State(case.state).label)


def is_desk(who: Standing, case: Case) -> Answer:
    if who.holds(Role.Kind.CLERK, case.path):
        return YES
    return no(_("Only the desk of this community may do this."))


def is_unit(who: Standing, case: Case) -> Answer:
    if who.acts_for(case.unit_id):
        return YES
    return no(_("Only the unit that answers for this matter may do this."))


def is_above(who: Standing, case: Case) -> Answer:
    if any(who.holds(kind, case.path) for kind in ABOVE):
        return YES
    return no(_("Only the subdistrict or the district that supervises this may decide it."))


def is_desk_or_above(who: Standing, case: Case) -> Answer:
    return YES if is_desk(who, case) else is_above(who, case)


def is_desk_or_unit(who: Standing, case: Case) -> Answer:
    return YES if is_desk(who, case) else is_unit(who, case)


def is_reporter(who: Standing, case: Case) -> Answer:
    if who.pk is not None and who.pk == case.raised_by_id:
        return YES
    return no(_("Only the neighbour who raised it may do this."))


def may_classify(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.CLASSIFY), is_desk_or_above(who, case))


def may_answer(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.ANSWER), is_desk(who, case))


def may_refer(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.REFER), is_desk_or_above(who, case))


def may_transfer(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.TRANSFER), is_desk_or_above(who, case))


def may_merge(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.MERGE), is_desk(who, case))


def may_dispatch(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.DISPATCH), is_desk_or_above(who, case))


def is_ready(appeal: Appeal) -> Answer:
    """Nothing is sent before somebody could tell what it is."""
    if appeal.needs_words:
        return no(_("Write down what the recording says first."))
    return YES if appeal.l2 else no(_("Say first what kind of matter it is."))


def may_redispatch(who: Standing, case: Case) -> Answer:
    """After an objection only those above decide; before, the desk may correct itself."""
    if case.state == State.OBJECTED:
        return is_above(who, case)
    return first_no(in_state(case, moves.REDISPATCH), is_desk_or_above(who, case))


def may_decide_objection(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.UPHOLD_DISPATCH), is_above(who, case))


def may_sign(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.SIGN), is_unit(who, case))


def may_object(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.OBJECT), is_unit(who, case))


def may_contact(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.CONTACT), is_desk_or_unit(who, case))


def may_progress(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.PROGRESS), is_desk_or_unit(who, case))


def may_extend(who: Standing, case: Case, *, approved_above: bool, already: bool) -> Answer:
    """Only before expiry and once; where the rule set wants approval, those above do it."""
    if already:
        return no(_("This limit was extended once; put the matter on the long list with a plan instead."))
    asked = is_above(who, case) if approved_above else is_unit(who, case)
    return first_no(in_state(case, moves.EXTEND), asked)


def may_suspend(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.SUSPEND), is_above(who, case))


def may_resume(who: Standing, case: Case) -> Answer:
    allowed = YES if is_unit(who, case) else is_above(who, case)
    return first_no(in_state(case, moves.RESUME), allowed)


def may_whistle(who: Standing, case: Case) -> Answer:
    """街道吹哨: the street calls; a department never whistles for the street (条例 第十六条)."""
    if not any(who.holds(kind, case.path) for kind in (Role.Kind.STREET,)):
        return no(_("Only the subdistrict may call departments to the spot."))
    return in_state(case, moves.WHISTLE)


def may_hang(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.HANG), is_above(who, case))


def may_take_down(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.TAKE_DOWN), is_above(who, case))


def may_reply(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.REPLY), is_unit(who, case))


def may_call_back(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.CLOSE), is_desk(who, case))


def may_judge(who: Standing, case: Case) -> Answer:
    """The reporter judges a replied matter, or one answered at once."""
    if case.state not in {State.REPLIED, State.ANSWERED}:
        return no(_("You can judge it once the unit has replied."))
    return is_reporter(who, case)


def may_judge_too(main: Appeal, *, concerned: bool) -> Answer:
    """Whoever said “me too”, or whose matter repeats it, says for herself what came of it (条例 第二十三条)."""
    if not concerned:
        return no(_("Only those who raised it or said “me too” can judge it."))
    if main.replied_at is None or main.case.state not in {State.REPLIED, State.ANSWERED, State.CLOSED}:
        return no(_("You can judge it once the unit has replied."))
    return YES


def may_reopen(who: Standing, case: Case) -> Answer:
    """After closing, an honest omission is put right by the desk or those above (条例 第三十六条 leaves room)."""
    return first_no(in_state(case, moves.REOPEN), is_desk_or_above(who, case))


def may_add_word(who: Standing, case: Case) -> Answer:
    if case.state in moves.KIND.final:
        return no(_("This matter is closed. Raise a new one, or ask the desk to open it again."))
    return is_reporter(who, case)


def may_nudge(who: Standing, appeal: Appeal, *, today: object) -> Answer:
    """Once a day is enough; the clock presses the office by itself."""
    case = appeal.case
    if case.state not in moves.AT_WORK:
        return no(_("There is nobody to nudge at this step."))
    if appeal.nudged_on == today:
        return no(_("You nudged them today already. You can do it again tomorrow."))
    return is_reporter(who, case)


def may_withdraw(who: Standing, case: Case) -> Answer:
    return first_no(in_state(case, moves.WITHDRAW), is_reporter(who, case))


def may_propose_exclusion(who: Standing, case: Case) -> Answer:
    if case.state == State.RECEIVED:
        return no(_("It has not been sent to a unit yet, so no rate counts it."))
    return is_desk_or_unit(who, case)


def may_review_exclusion(who: Standing, case: Case, *, proposed_by: int) -> Answer:
    """剔除: the reviewer neither handled the matter nor proposed to leave it out."""
    if not who.holds(Role.Kind.REVIEWER, case.path):
        return no(_("Only an exclusion reviewer may decide this."))
    if who.pk in {proposed_by, case.handler_id} or who.acts_for(case.unit_id):
        return no(_("You proposed or handled this, so somebody else must review it."))
    return YES


def may_publish(who: Standing, case: Case) -> Answer:
    if case.state not in {State.CLOSED, State.ANSWERED}:
        return no(_("It can go on the public board once it is closed."))
    return is_desk(who, case)
