"""Private fields: masked for everybody, opened for a reason, and the person can see who opened them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Answer, Refused, no, require
from linli.kernel.clock import local
from linli.kernel.journal.actions import record
from linli.kernel.keys.fields import read
from linli.kernel.people import documents, openings, phones, rules
from linli.kernel.people.models import Contact, Document, Look, Person
from linli.kernel.people.standing import Standing, standing

CONTACTS = {kind.value for kind in Contact.Kind}
DOCUMENTS = {kind.value for kind in Document.Kind}
NOT_OTHERWISE = no("")


def may_open(who: Standing, subject: Person, otherwise: Answer = NOT_OTHERWISE) -> Answer:
    """Whether somebody on duty may open her private fields: shows the button, and explains its absence."""
    home = subject.community.path if subject.community else ""
    allowed = rules.may_work_with(who, home)
    return allowed if allowed.ok or not otherwise.ok else otherwise


@transaction.atomic
def reveal(
    subject: Person, field: str, *, by: Person, reason: str, now: datetime, otherwise: Answer = NOT_OTHERWISE
) -> str:
    """A private field in full, for somebody on duty, with a line in the person's own list of looks.

    ``otherwise``: the caller's own rule, where a matter joins the two (a fitter calls who waits for him).
    """
    require(rules.has_a_reason(reason))
    require(may_open(standing(by, on=local(now).date()), subject, otherwise))
    require(openings.may_read(subject, field, by, now))
    home = subject.community.path if subject.community else ""
    agreed = openings.given(subject, field, by, now)
    text = _read(subject, field)
    Look.objects.create(
        viewer=by, subject=subject, fields=field, reason=reason.strip(), at=now,
        approved_by=agreed.decided_by if agreed else None,
    )  # fmt: skip
    record("people.looked", subject, by=by, path=home, fields=field)
    return text


def own(person: Person, field: str) -> str:
    """A person's own field, shown to herself; nobody looks, so nothing is written."""
    return _read(person, field)


def masked(subject: Person, field: str) -> str:
    """What anybody who sees the person may see of the field."""
    text = _read(subject, field)
    if field in DOCUMENTS:
        return documents.masked(text)
    if field == Contact.Kind.PHONE:
        return phones.masked(text)
    name, at, domain = text.partition("@")
    return f"{name[:1]}***{at}{domain}" if text else ""


def _read(subject: Person, field: str) -> str:
    row: Contact | Document | None
    if field in CONTACTS:
        live = Contact.objects.filter(person=subject, kind=field, valid_to=None)
        row = live.order_by("borrowed", "-id").first()
    elif field in DOCUMENTS:
        row = Document.objects.filter(person=subject, kind=field).first()
    else:
        raise Refused(_("There is no such field."))
    return read(row, "cipher") if row else ""
