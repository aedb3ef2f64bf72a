"""Somebody becomes known here: at the desk, by signing in, or without a name."""

from datetime import datetime

from django.db import transaction

from linli.kernel.clock import now as clock_now
from linli.kernel.journal.actions import record
from linli.kernel.people import contacts
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area


@transaction.atomic
def register(
    *, name: str = "", called: str = "", phone: str = "", community: Area | None = None, by: Person | None = None,
    borrowed: bool = False, verified: bool = False, birth_year: int | None = None, now: datetime | None = None,
) -> Person:  # fmt: skip
    """Enter a person; ``borrowed`` when the phone is a daughter's or a neighbour's who passes messages on."""
    moment = now or clock_now()
    person = Person(name=name, called=called, community=community, birth_year=birth_year)
    person.full_clean(exclude=["community", "merged_into"])
    person.save(force_insert=True)
    record("people.registered", person, by=by or person, path=community.path if community else "")
    if phone:
        contacts.add_contact(
            person, contacts.PHONE, phone, by=by or person, now=moment, verified=verified, borrowed=borrowed
        )
    return person


@transaction.atomic
def find_or_register_by_phone(
    phone: str, *, name: str = "", called: str = "", community: Area | None = None, by: Person | None = None,
    now: datetime | None = None,
) -> tuple[Person, bool]:  # fmt: skip
    """The person a number leads to today, or a new one; the second value says whether she is new."""
    found = contacts.person_by_phone(phone)
    if found is not None:
        return found, False
    person = register(name=name, called=called, phone=phone, community=community, by=by, now=now)
    return person, True


@transaction.atomic
def confirm_by_phone(phone: str, *, now: datetime) -> Person:
    """Whoever has just proved a number: its person, or a new one if it is unknown or may have changed hands."""
    contact = contacts.contact_by(contacts.PHONE, phone)
    if contact is not None and not contacts.is_stale(contact, now):
        contacts.confirm_contact(contact, now=now)
        return contact.person
    if contact is not None:
        contacts.number_changed_hands(phone, by=None, now=now)
    return register(phone=phone, verified=True, now=now)


@transaction.atomic
def rename(person: Person, *, name: str, called: str, by: Person) -> None:
    """Correct a name (个人信息保护法 第四十六条); the journal keeps that it changed, not what it was."""
    person.name, person.called = name, called
    person.full_clean(exclude=["community", "merged_into"])
    Person.objects.filter(pk=person.pk).update(name=name, called=called)
    record("people.renamed", person, by=by)


@transaction.atomic
def live_in(person: Person, community: Area, *, by: Person | None) -> None:
    """The community whose desk serves her; chosen by herself or noted by a desk."""
    Person.objects.filter(pk=person.pk).update(community=community)
    person.community = community
    record("people.moved", person, by=by or person, path=community.path)


@transaction.atomic
def pseudonym(*, community: Area | None = None) -> Person:
    """An anonymous reporter: a key to hang a matter on, and nothing else."""
    person = Person(kind=Person.Kind.PSEUDONYM, community=community)
    person.save(force_insert=True)
    record("people.pseudonym_made", person, by=None, path=community.path if community else "")
    return person
