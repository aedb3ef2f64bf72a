"""A machine writes down what it hears in a recording, for the desk to check. It decides nothing."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from linli.kernel.cases.actions import add_step, where_of
from linli.kernel.cases.models import Step
from linli.kernel.files.serving import open_for
from linli.kernel.inbox.errors import Outage, Rejected
from linli.kernel.inbox.listening import Ear, Sound, heard
from linli.kernel.journal.actions import record
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.listening import recording_of

log = logging.getLogger("linli.listening")
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def listen(appeal: Appeal, ear: Ear, *, moment: datetime) -> bool:
    """Ask the machine once, outside any transaction: it may take a minute. Whether it understood."""
    try:
        note = {"text": heard(sound_of(appeal), ear), "at": moment.isoformat()}
    except Rejected as refusal:
        note = {"failed": str(refusal)}
    except Outage as outage:
        log.warning("The listener could not be asked: %s", outage)
        note = another_try(appeal.suggestion.get("heard", {}), moment, str(outage))
    return write_down(appeal.pk, note)


def sound_of(appeal: Appeal) -> Sound:
    file = recording_of(appeal)
    if file is None:
        raise Rejected("no recording")
    return Sound(open_for(file).path.read_bytes(), file.content_type, file.ending)


def another_try(note: dict[str, Any], moment: datetime, why: str) -> dict[str, Any]:
    """Later and later; then people listen, as they do anyway."""
    tries = note.get("tries", 0)
    if tries >= len(WAITS):
        return {"failed": why}
    return {"tries": tries + 1, "again": (moment + WAITS[tries]).isoformat()}


@transaction.atomic
def write_down(pk: int, note: dict[str, Any]) -> bool:
    """Beside the recording, unless somebody at the desk was faster."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
    if not appeal.needs_words:
        return False
    appeal.suggestion = {**appeal.suggestion, "heard": note}
    appeal.save(update_fields=["suggestion"])
    if "text" not in note:
        return False
    add_step(appeal.case, "appeals.heard", by=None, audience=Step.Audience.PARTIES)
    record("appeals.heard", appeal.case, by=None, **where_of(appeal.case))
    return True
