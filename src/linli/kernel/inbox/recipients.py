"""Where a person can be reached today. A number is looked up when the message leaves, not when it is written."""

from linli.kernel.inbox.models import Medium
from linli.kernel.keys.fields import read
from linli.kernel.people.contacts import phone_of
from linli.kernel.people.models import Contact, Person


def reach(person: Person, medium: str) -> str | None:
    if medium == Medium.MAIL:
        return mail_of(person)
    return phone_of(person) if medium in {Medium.SMS, Medium.CALL} else ""


def mail_of(person: Person) -> str | None:
    contact = (
        Contact.objects.filter(person=person, kind=Contact.Kind.EMAIL, valid_to=None)
        .order_by("borrowed", "-id")
        .first()
    )
    return read(contact, "cipher") if contact else None
