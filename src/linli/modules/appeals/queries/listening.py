"""Recordings that a machine may write down, and what it made of them."""

from datetime import datetime
from typing import Any

from linli.kernel.files.models import File
from linli.modules.appeals.models import Appeal, State

LOOKED_THROUGH = 200


def waiting(moment: datetime) -> list[Appeal]:
    """Nobody has written them down, whoever spoke has agreed, and it is their turn; the oldest first."""
    unheard = Appeal.objects.filter(
        needs_words=True, case__state=State.RECEIVED, suggestion__machine_may_listen=True,
        suggestion__heard__text__isnull=True, suggestion__heard__failed__isnull=True,
    )  # fmt: skip
    found = unheard.select_related("case").order_by("pk")[:LOOKED_THROUGH]
    return [appeal for appeal in found if is_due(appeal.suggestion.get("heard", {}), moment)]


def is_due(note: dict[str, Any], moment: datetime) -> bool:
    if "text" in note or "failed" in note:
        return False
    return "again" not in note or datetime.fromisoformat(note["again"]) <= moment


def recording_of(appeal: Appeal) -> File | None:
    sounds = File.objects.filter(group_id=appeal.pk, kind=File.Kind.AUDIO, gone_at=None)
    return sounds.order_by("id").first()


def heard_text(appeal: Appeal) -> str:
    """What a machine made of the recording, as long as nobody has written it down."""
    note = appeal.suggestion.get("heard", {}) if appeal.needs_words else {}
    return str(note.get("text", ""))
