"""What a person may ask of us: that everything we keep about her be gone (个人信息保护法 第四十七条)."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import local
from linli.kernel.journal import erase as journal_erase
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Account, Merge, Person, Role, Slip
from linli.kernel.people.personal import Declared, declared, records_of
from linli.kernel.people.standing import standing


@transaction.atomic
def erase(person: Person, *, by: Person | None, now: datetime) -> None:
    """Make her unknown: contacts, papers and homes go, words in the journal go, keys and counts stay.

    Rooms above listen to ``people.erased`` and take away what they keep about her.
    """
    _require_erasable(person, by, now)
    for one in records_of(person):
        for facts in declared():
            _erase_rows(facts, one, now)
        _close_doors(one)
        record("people.erased", one, by=by if by is not None and by.pk != one.pk else None)
        journal_erase.forget_person(one.pk)


def _require_erasable(person: Person, by: Person | None, now: datetime) -> None:
    """A refusal says why (第五十条)."""
    if by is not None:
        home = person.community.path if person.community else ""
        who = standing(by, on=local(now).date())
        require(rules.may_speak_for_herself_or_at_the_desk(who, person.pk, home))
    if person.erased_at is not None:
        raise Refused(_("Nothing is kept about this person any more."))
    if Role.objects.filter(person=person, revoked_at=None, valid_to=None).exists():
        raise Refused(
            _("Somebody who works here leaves first: an administrator ends the roles, then this is possible.")
        )


def _erase_rows(facts: Declared, person: Person, now: datetime) -> None:
    rows = facts.of(person)
    if facts.erase == "delete":
        rows.delete()
    elif facts.erase != "keep":
        rows.update(**{name: now if value == "now" else value for name, value in facts.erase.items()})


def _close_doors(person: Person) -> None:
    """Nobody comes in as her any more; words about a merge name nobody."""
    Slip.objects.filter(person=person).delete()
    for account in Account.objects.filter(person=person):
        account.set_unusable_password()
        account.save(update_fields=["password"])
    Merge.objects.filter(models.Q(gone=person) | models.Q(kept=person)).update(reason="")
