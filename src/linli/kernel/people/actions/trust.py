"""Who acts for whom, and what a person agreed to."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import local
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Consent, Mandate, Person
from linli.kernel.people.queries import relatives_of
from linli.kernel.people.standing import standing


@transaction.atomic
def give_mandate(
    giver: Person, holder: Person, scope: str, *, by: Person, now: datetime, until: date | None = None,
    basis: str = "",
) -> Mandate:  # fmt: skip
    """A neighbour, a child or a clerk may act for her, once the other has agreed.

    The desk may write down a paper that both have signed: then it counts at once, and ``basis`` says which paper.
    """
    on = local(now).date()
    _require_voice(giver, by, on)
    require(rules.may_give_mandate(giver.pk, holder.pk, by.pk, basis=basis, on=on, until=until))
    at_the_desk = by.pk != giver.pk
    mandate = Mandate(
        giver=giver, holder=holder, scope=scope, valid_from=on, valid_to=until, basis=basis.strip(),
        recorded_by=by if at_the_desk else None, accepted_at=now if at_the_desk else None,
    )  # fmt: skip
    mandate.full_clean(validate_constraints=False)
    mandate.save(force_insert=True)
    record("people.mandate_given", mandate, by=by, behalf=giver, scope=scope)
    return mandate


@transaction.atomic
def accept_mandate(mandate: Mandate, *, by: Person, now: datetime) -> None:
    """The other agrees; from this moment on she may act."""
    if by.pk != mandate.holder_id:
        raise Refused(_("Only the person who was asked can agree."))
    waiting = Mandate.objects.filter(pk=mandate.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(accepted_at=now):
        raise Refused(_("This was taken back or answered already."))
    record("people.mandate_accepted", mandate, by=by, behalf=mandate.giver)


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: Person, now: datetime) -> None:
    """Taken back by the giver, laid down by the holder, or written down at the desk; it ends at once."""
    if by.pk != mandate.holder_id:
        _require_voice(mandate.giver, by, local(now).date())
    if Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=now):
        record("people.mandate_revoked", mandate, by=by, behalf=mandate.giver)


@transaction.atomic
def give_consent(
    person: Person,
    purpose: str,
    text_version: str,
    *,
    by: Person,
    now: datetime,
    guardian: Person | None = None,
) -> Consent:
    """She agrees, to this wording; an earlier agreement for the same purpose is closed by it.

    For a child a close relative agrees, herself or through the desk (``guardian``).
    """
    on = local(now).date()
    relatives = relatives_of(person) if rules.may_be_a_child(person.birth_year, on) else []
    guardian = by if by.pk in relatives else guardian
    if by.pk not in relatives:
        _require_voice(person, by, on)
    known = guardian is not None and guardian.pk in relatives
    require(rules.may_consent(person.birth_year, on, guardian=known))
    Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
    consent = Consent(
        person=person, purpose=purpose, text_version=text_version, given_at=now, guardian=guardian,
        recorded_by=by if by.pk != person.pk else None,
    )  # fmt: skip
    consent.save(force_insert=True)
    record("people.consent_given", person, by=by, purpose=purpose, text_version=text_version)
    return consent


@transaction.atomic
def withdraw_consent(person: Person, purpose: str, *, by: Person, now: datetime) -> None:
    """As easily as it was given, and without a reason (个人信息保护法 第十五条)."""
    _require_voice(person, by, local(now).date())
    given = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    if given.update(withdrawn_at=now):
        record("people.consent_withdrawn", person, by=by, purpose=purpose)


def has_consent(person: Person, purpose: str) -> bool:
    """Asked anew before every use."""
    return Consent.objects.filter(Q(person=person, purpose=purpose, withdrawn_at=None)).exists()


def _require_voice(person: Person, by: Person, on: date) -> None:
    home = person.community.path if person.community else ""
    require(rules.may_speak_for_herself_or_at_the_desk(standing(by, on=on), person.pk, home))
