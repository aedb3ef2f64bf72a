"""Send a matter to the one unit that answers for it, and settle who that is."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import actions as cases
from linli.kernel.cases import clocks
from linli.kernel.cases.kinds import Move
from linli.kernel.cases.models import Step
from linli.kernel.clock import due_under, now, today
from linli.kernel.clock.rulesets import RuleSet, StartsAt
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Body
from linli.modules.appeals.models import Appeal, CatalogueRow, Objection
from linli.modules.appeals.queries.catalogue import duty_part, unit_for
from linli.modules.appeals.rules import moves, who
from linli.modules.appeals.rules.dispatching import copied_to_district, may_give_to_community


def check_gate(appeal: Appeal, unit: Body, *, from_kind: str | None, lead: bool = True) -> None:
    """Refuse to push work down to the community, by the rule set in force here."""
    case = appeal.case
    rules = clocks.rules_for(case.path, today())
    named_unit, _row = unit_for(appeal.l2, path=case.path, on=today())
    require(
        may_give_to_community(
            push_down=rules.push_down,
            unit_kind=unit.kind,
            part=duty_part(appeal.l2, path=case.path, on=today()),
            lead=lead,
            from_kind=from_kind,
            catalogue_kind=named_unit.kind if named_unit else None,
        )
    )


@transaction.atomic
def dispatch(appeal: Appeal, *, unit: Body, by: Standing, note: str = "", to_grid: bool = False) -> None:
    """派单: one accountable unit, its clock, and a copy to the district where a street gets it."""
    require(who.may_dispatch(by, appeal.case))
    require(who.is_ready(appeal))
    check_gate(appeal, unit, from_kind=None)
    _send(appeal, moves.DISPATCH, unit, by, note, to_grid=to_grid)


@transaction.atomic
def redispatch(appeal: Appeal, *, unit: Body, by: Standing, note: str = "") -> None:
    """改派: after an upheld objection, or when the desk corrects itself."""
    case = appeal.case
    require(who.may_redispatch(by, case))
    if case.unit_id == unit.pk and case.state != moves.OBJECT.to:
        raise Refused(_("It is with this unit already."))
    check_gate(appeal, unit, from_kind=case.unit.kind if case.unit else None)
    _settle_objection(appeal, by, upheld=case.unit_id != unit.pk)
    clocks.drop(case, "sign", "contact", "finish")
    _send(appeal, moves.REDISPATCH, unit, by, note)


def _send(appeal: Appeal, move: Move, unit: Body, by: Standing, note: str, *, to_grid: bool = False) -> None:
    case, moment = appeal.case, now()
    rules = clocks.rules_for(case.path, today())
    clocks.meet(case, "pick_up")
    appeal.dispatched_at, appeal.to_grid = moment, to_grid
    if copied_to_district(unit.kind):
        appeal.copied_to_district = moment
    appeal.save(update_fields=["dispatched_at", "to_grid", "copied_to_district"])
    _start_clocks(appeal, rules, moment)  # before the verb: who hears it tells the neighbour until when
    data = {"unit": unit.pk, "l2": appeal.l2, "urgency": appeal.urgency}
    cases.make_move(
        case, move, by=by.person, audience=Step.Audience.PUBLIC, data=data, unit=unit, handler=None, body=unit,
    )  # fmt: skip
    if note and by.person is not None:
        cases.say(case, by=by.person, text=note, audience=Step.Audience.STAFF)


def _start_clocks(appeal: Appeal, rules: RuleSet, moment: datetime) -> None:
    case = appeal.case
    clocks.start(case, "sign", rules, rules.find("sign"))
    clocks.start(case, "contact", rules, rules.find("contact"))
    limit = rules.finish(type=appeal.kind, urgency=appeal.urgency)
    clocks.start(
        case, "finish", rules, limit, case.raised_at if limit.starts_at == StartsAt.RECEIVED else moment
    )


@transaction.atomic
def dispatch_by_catalogue(appeals: Iterable[Appeal], *, by: Standing) -> list[tuple[Appeal, str]]:
    """Send many at once to the unit the catalogue names; what cannot go comes back with its reason."""
    left: list[tuple[Appeal, str]] = []
    for appeal in appeals:
        unit, row = unit_for(appeal.l2, path=appeal.case.path, on=today())
        if unit is None:
            left.append((appeal, _("The catalogue names no unit for this here.")))
            continue
        try:
            with transaction.atomic():
                dispatch(appeal, unit=unit, by=by, to_grid=goes_to_grid(row))
        except Refused as refusal:
            left.append((appeal, str(refusal)))
    return left


def goes_to_grid(row: CatalogueRow | None) -> bool:
    """Small clear matters go straight to the grid worker (唐山条例 第二十二条)."""
    return row is not None and row.to_grid


@transaction.atomic
def sign(appeal: Appeal, *, by: Standing) -> None:
    """签收: a named person of the unit takes it in hand."""
    require(who.may_sign(by, appeal.case))
    clocks.meet(appeal.case, "sign")
    cases.make_move(
        appeal.case, moves.SIGN, by=by.person, audience=Step.Audience.PUBLIC, handler=by.person,
        body=appeal.case.unit,
    )  # fmt: skip


@transaction.atomic
def object_to(appeal: Appeal, *, by: Standing, reason: str, suggests: Body | None = None) -> Objection:
    """The unit says why it is not its duty; it still answers for it until somebody above decides."""
    require(who.may_object(by, appeal.case))
    if not reason.strip():
        raise Refused(_("Say why this is not your unit's duty."))
    case = appeal.case
    require_in_time(appeal)
    assert by.person is not None
    assert case.unit is not None
    objection = Objection(case=case, body=case.unit, by=by.person, reason=reason, suggests=suggests, at=now())
    objection.save(force_insert=True)
    cases.make_move(
        case, moves.OBJECT, by=by.person, text=reason, audience=Step.Audience.STAFF, body=case.unit
    )
    return objection


def require_in_time(appeal: Appeal) -> None:
    """An objection comes soon after the dispatch or not at all, where the rule set says until when."""
    rules = clocks.rules_for(appeal.case.path, today())
    sent = appeal.dispatched_at
    if rules.find("objection") and sent and not due_under(rules, "objection", sent).kept_by(now()):
        raise Refused(
            _("The time for an objection has passed. Handle it, or ask the subdistrict to coordinate.")
        )


@transaction.atomic
def refuse_objection(appeal: Appeal, *, by: Standing, text: str) -> None:
    """The unit keeps the matter; its clock never stopped."""
    require(who.may_decide_objection(by, appeal.case))
    if not text.strip():
        raise Refused(_("Tell the unit why it keeps the matter."))
    _settle_objection(appeal, by, upheld=False)
    cases.make_move(appeal.case, moves.UPHOLD_DISPATCH, by=by.person, text=text, audience=Step.Audience.STAFF)


def _settle_objection(appeal: Appeal, by: Standing, *, upheld: bool) -> None:
    Objection.objects.filter(case=appeal.case, decided_at=None).update(
        decided_by=by.person, decided_at=now(), upheld=upheld
    )
