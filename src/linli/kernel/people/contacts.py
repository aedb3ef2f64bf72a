"""Numbers and addresses: a number leads to a contact, a contact to a person, each for its own days."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.journal.actions import record
from linli.kernel.keys import ring
from linli.kernel.keys.fields import blind_field, put, read
from linli.kernel.people.models import Contact, Person
from linli.kernel.people.phones import masked, normalise

PHONE = Contact.Kind.PHONE
PROOF_LASTS = timedelta(days=180)
"""A number is given to somebody else after 90 days of rest at the earliest. When nobody has confirmed a
number for twice that long, whoever answers it now may be another person."""


def plain(kind: str, text: str) -> str:
    """The one form in which a contact is kept and looked up."""
    return normalise(text) if kind == PHONE else text.strip().lower()


def contact_by(kind: str, text: str) -> Contact | None:
    """The contact in force that belongs to its person (a borrowed number identifies nobody)."""
    found = Contact.objects.filter(
        kind=kind,
        blind__in=blind_field(Contact, "blind").any_of(plain(kind, text)),
        valid_to=None,
        borrowed=False,
    )
    return found.select_related("person").first()


def person_by_phone(phone: str) -> Person | None:
    contact = contact_by(PHONE, phone)
    return contact.person if contact else None


def holder_at(phone: str, moment: datetime) -> Person | None:
    """Whose number it was at a moment, whoever has it now."""
    numbers = Contact.objects.filter(
        kind=PHONE, blind__in=blind_field(Contact, "blind").any_of(normalise(phone)), borrowed=False
    )
    then = numbers.filter(Q(valid_to=None) | Q(valid_to__gt=moment), valid_from__lte=moment)
    contact = then.select_related("person").order_by("-valid_from").first()
    return contact.person if contact else None


def phone_of(person: Person) -> str | None:
    """Her own number, else the one through which somebody passes messages on. For sending, never for showing."""
    contact = (
        Contact.objects.filter(person=person, kind=PHONE, valid_to=None).order_by("borrowed", "-id").first()
    )
    return read(contact, "cipher") if contact else None


def masked_phone_of(person: Person) -> str:
    """100****0417, or nothing."""
    return masked(phone_of(person) or "")


@transaction.atomic
def add_contact(
    person: Person, kind: str, text: str, *, by: Person | None, now: datetime, verified: bool = False,
    borrowed: bool = False,
) -> Contact:  # fmt: skip
    """Note how to reach a person. A number that is somebody else's is refused unless it is ``borrowed``."""
    _keys_fit()
    contact = Contact(
        person=person, kind=kind, borrowed=borrowed, valid_from=now, verified_at=now if verified else None
    )
    put(contact, "cipher", plain(kind, text))
    if not borrowed and contact_by(kind, text) is not None:
        raise Refused(_("This number belongs to somebody else. Note it as a number that passes messages on."))
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("Somebody has just signed in with this number. Please try again.")) from None
    record("people.contact_added", person, by=by, kind=kind)
    return contact


def confirm_contact(contact: Contact, *, now: datetime) -> None:
    """Its person has just proved or repeated it."""
    Contact.objects.filter(pk=contact.pk, valid_to=None).update(verified_at=now)


@transaction.atomic
def end_contact(
    contact: Contact, *, by: Person | None, now: datetime, verb: str = "people.contact_ended"
) -> None:
    """The number no longer leads to this person; the row stays, with its last day."""
    if Contact.objects.filter(pk=contact.pk, valid_to=None).update(valid_to=now):
        record(verb, contact.person, by=by, kind=contact.kind)


def number_changed_hands(phone: str, *, by: Person | None, now: datetime) -> bool:
    """The number has a new holder: the next sign-in with it makes a new person, who inherits nothing."""
    contact = contact_by(PHONE, phone)
    if contact is not None:
        end_contact(contact, by=by, now=now, verb="people.number_changed_hands")
    return contact is not None


def is_stale(contact: Contact, now: datetime) -> bool:
    """Whether so much time has passed that the number may have been given to somebody else."""
    return now - (contact.verified_at or contact.valid_from) > PROOF_LASTS


def _keys_fit() -> None:
    """With a foreign keyring no number would be found and every resident would be entered twice: stop first."""
    newest = Contact.objects.order_by("-id").values_list("blind", flat=True).first()
    if newest and not ring.holds(newest, "blind"):
        raise ring.KeyMissing(ring.key_id_of(newest))
