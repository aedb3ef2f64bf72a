"""Numbers of papers: kept encrypted, found blind, doubted but never refused."""

from datetime import datetime

from django.db import transaction
from stdnum.cn import ric, uscc

from linli.kernel.answers import require
from linli.kernel.clock import local
from linli.kernel.journal.actions import record
from linli.kernel.keys.fields import blind_field, put
from linli.kernel.people import rules
from linli.kernel.people.models import Document, Person
from linli.kernel.people.standing import standing

CHECKS = {Document.Kind.IDENTITY: ric.is_valid, Document.Kind.CREDIT_CODE: uscc.is_valid}
SHOWN_BEFORE, SHOWN_AFTER = 6, 4


def plain(text: str) -> str:
    """The one form in which a number is kept: capitals and digits, full width made narrow."""
    narrow = (chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return "".join(c for c in narrow if c.isalnum()).upper()


def is_doubtful(kind: str, number: str) -> bool:
    """Whether the check digit does not fit. Genuine old numbers fail too, so this warns and never blocks."""
    check = CHECKS.get(Document.Kind(kind))
    return check is not None and not check(number)


@transaction.atomic
def add_document(person: Person, kind: str, number: str, *, by: Person | None, now: datetime) -> Document:
    """Keep the number of a paper that the desk has seen; a newer one replaces it."""
    if by is not None:
        home = person.community.path if person.community else ""
        who = standing(by, on=local(now).date())
        require(rules.may_speak_for_herself_or_at_the_desk(who, person.pk, home))
    Document.objects.filter(person=person, kind=kind).delete()
    seen_by = by if by is not None and by.pk != person.pk else None
    document = Document(person=person, kind=kind, at=now, seen_by=seen_by)
    document.doubted = is_doubtful(kind, plain(number))
    put(document, "cipher", plain(number))
    document.save(force_insert=True)
    record("people.document_noted", person, by=by, kind=kind, doubted=document.doubted)
    return document


def holders_of(kind: str, number: str) -> list[Person]:
    """Everybody entered with this number: more than one is a reason to look at merging."""
    index = blind_field(Document, "blind").any_of(plain(number))
    rows = Document.objects.filter(kind=kind, blind__in=index, person__merged_into=None).select_related(
        "person"
    )
    return [document.person for document in rows]


def masked(number: str) -> str:
    """999999********1234."""
    if len(number) <= SHOWN_BEFORE + SHOWN_AFTER:
        return "*" * len(number)
    return number[:SHOWN_BEFORE] + "*" * (len(number) - SHOWN_BEFORE - SHOWN_AFTER) + number[-SHOWN_AFTER:]
