"""What we ask a person's leave for, in the words she reads; everything else needs no leave and is never tied to it.

A new wording gets a new version, and whoever agreed to an older one is asked again (个人信息保护法 第十四条).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.people.models import Consent, Person


@dataclass(frozen=True, slots=True)
class Purpose:
    key: str
    version: str
    title: Any
    text: Any


CALLS = Purpose(
    "calls_about_other_services",
    "2026-11",
    _("May we call you about other services?"),
    _(
        "The desk may use your number to tell you of things you did not ask about, such as a check-up day or a class."
        " Calls about your own matters come anyway."
    ),
)
PHOTOS = Purpose(
    "photo_publication",
    "2026-11",
    _("May your photos be shown in public?"),
    _(
        "When an answer goes on the public board, the desk may show the photos you sent, after making faces, numbers"
        " and doors unreadable. Without your leave they stay with those who handle the matter."
    ),
)
PURPOSES = (CALLS, PHOTOS)


def purpose_of(key: str) -> Purpose | None:
    return next((purpose for purpose in PURPOSES if purpose.key == key), None)


def asked(person: Person) -> list[tuple[Purpose, Consent | None]]:
    """Each purpose with her agreement to its present wording; nothing where she has not agreed."""
    rows = Consent.objects.filter(person=person, withdrawn_at=None)
    given = {(row.purpose, row.text_version): row for row in rows}
    return [(purpose, given.get((purpose.key, purpose.version))) for purpose in PURPOSES]
