"""剔除: leave a matter out of the rates, in the open and never alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import actions as cases
from linli.kernel.cases.models import Step
from linli.kernel.clock import now
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, Exclusion
from linli.modules.appeals.rules import who


@transaction.atomic
def propose_exclusion(appeal: Appeal, *, by: Standing, code: str, evidence: str) -> Exclusion:
    require(who.may_propose_exclusion(by, appeal.case))
    if code not in Exclusion.Code.values:
        raise Refused(_("Choose the reason from the list."))
    if not evidence.strip():
        raise Refused(_("Describe the evidence; the reviewer decides by it."))
    if appeal.excluded or Exclusion.objects.filter(case=appeal.case, decided_at=None).exists():
        raise Refused(_("This was proposed already."))
    assert by.person is not None
    proposal = Exclusion(
        case=appeal.case, code=code, evidence=evidence.strip(), proposed_by=by.person, at=now()
    )
    proposal.save(force_insert=True)
    cases.say(
        appeal.case, by=by.person, text=evidence.strip(), verb="appeals.exclusion_proposed",
        audience=Step.Audience.STAFF, code=code,
    )  # fmt: skip
    return proposal


@transaction.atomic
def review_exclusion(proposal: Exclusion, appeal: Appeal, *, by: Standing, upheld: bool, note: str) -> None:
    """Somebody who neither handled nor proposed it decides; the matter stays visible in the figures."""
    require(who.may_review_exclusion(by, appeal.case, proposed_by=proposal.proposed_by_id))
    if not note.strip():
        raise Refused(_("Give the reason for your decision."))
    decided = Exclusion.objects.filter(pk=proposal.pk, decided_at=None).update(
        decided_by=by.person, decided_at=now(), upheld=upheld, note=note.strip()
    )
    if not decided:
        raise Refused(_("Somebody else decided this first. Please look again."))
    if upheld:
        appeal.excluded = proposal.code
        appeal.save(update_fields=["excluded"])
    assert by.person is not None
    cases.say(
        appeal.case, by=by.person, text=note.strip(), verb="appeals.exclusion_reviewed",
        audience=Step.Audience.STAFF, upheld=upheld, code=proposal.code,
    )  # fmt: skip
