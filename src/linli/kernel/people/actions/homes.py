"""Who lives where and who owns what: claims first, made surer by whoever checks them."""

from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from linli.kernel.answers import require
from linli.kernel.clock import local, today
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Household, Ownership, Person, Residence
from linli.kernel.people.models.homes import Level
from linli.kernel.people.standing import standing
from linli.kernel.places.models import Area

AnyClaim = Residence | Ownership
ClaimT = TypeVar("ClaimT", Residence, Ownership)


@transaction.atomic
def keep_house(dwelling: Area, *, head: Person | None, on: date, by: Person | None) -> Household:
    """A household in a dwelling."""
    household = Household.objects.create(dwelling=dwelling, head=head, valid_from=on)
    record("people.household_noted", household, by=by, path=dwelling.path)
    return household


@transaction.atomic
def claim_residence(
    person: Person, dwelling: Area, kind: str, *, on: date, by: Person | None, household: Household | None = None,
    evidence: str = "", file_id: int | None = None,
) -> Residence:  # fmt: skip
    """Somebody says that a person lives in a dwelling."""
    _require_voice(person, dwelling, by)
    claim = Residence(
        person=person, dwelling=dwelling, kind=kind, valid_from=on, household=household, evidence=evidence,
        file_id=file_id,
    )  # fmt: skip
    return _claimed("people.residence_claimed", claim, by)


@transaction.atomic
def claim_ownership(
    person: Person, dwelling: Area, *, share: Fraction, on: date, by: Person | None,
    basis: str = Ownership.Basis.REGISTERED, evidence: str = "", file_id: int | None = None,
) -> Ownership:  # fmt: skip
    """Somebody says that a person owns a share of a dwelling (区分所有权解释 第一条 for the bases)."""
    _require_voice(person, dwelling, by)
    require(rules.may_be_a_share(share))
    claim = Ownership(
        person=person, dwelling=dwelling, share_num=share.numerator, share_den=share.denominator, basis=basis,
        valid_from=on, evidence=evidence, file_id=file_id,
    )  # fmt: skip
    return _claimed("people.ownership_claimed", claim, by)


@transaction.atomic
def verify_claim(claim: AnyClaim, level: int, *, by: Person, now: datetime) -> None:
    """Confirm a claim, by whoever stands closer to it; confirmed shares never exceed the whole."""
    who = standing(by, on=local(now).date())
    require(rules.may_verify(who, claim.person_id, claim.dwelling.path, level))
    if isinstance(claim, Ownership):
        Area.objects.select_for_update().get(pk=claim.dwelling_id)
        require(rules.shares_fit(_confirmed_beside(claim), Fraction(claim.share_num, claim.share_den)))
    sure = {"level": Level(level), "verifier": by, "verified_at": now}
    type(claim)._default_manager.filter(pk=claim.pk).update(**sure)
    record(
        "people.claim_verified", claim, by=by, behalf=claim.person_id, path=claim.dwelling.path, level=level
    )


@transaction.atomic
def end_claim(claim: AnyClaim, *, on: date, by: Person | None) -> None:
    """Moved out, or sold: the last day."""
    _require_voice(claim.person, claim.dwelling, by)
    open_still = type(claim)._default_manager.filter(Q(valid_to=None) | Q(valid_to__gt=on), pk=claim.pk)
    if open_still.update(valid_to=on):
        record("people.claim_ended", claim, by=by, behalf=claim.person_id, path=claim.dwelling.path)


def _require_voice(person: Person, dwelling: Area, by: Person | None) -> None:
    if by is not None:
        who = standing(by, on=today())
        require(rules.may_speak_for_herself_or_at_the_desk(who, person.pk, dwelling.path))


def _claimed(verb: str, claim: ClaimT, by: Person | None) -> ClaimT:
    claim.save(force_insert=True)
    record(verb, claim, by=by, behalf=claim.person_id, path=claim.dwelling.path)
    return claim


def _confirmed_beside(claim: Ownership) -> list[Fraction]:
    """The confirmed shares of the same dwelling that share a day with this one."""
    others = Ownership.objects.filter(dwelling=claim.dwelling_id, level__gt=Level.CLAIMED).exclude(
        pk=claim.pk
    )
    days = (claim.valid_from, claim.valid_to)
    return [
        Fraction(other.share_num, other.share_den)
        for other in others
        if rules.overlaps((other.valid_from, other.valid_to), days)
    ]
