"""What the inbox does when somebody below says a verb."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from linli.kernel.cases.erasing import raised_by
from linli.kernel.inbox.actions import forget_person, queue, retitle
from linli.kernel.inbox.channels import is_open
from linli.kernel.inbox.models import Medium
from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on

CODE_LIVES = timedelta(minutes=10)


@on("people.erased")
def erase(entry: Entry) -> None:
    """Hers goes; what others were told of her matters keeps its sense and loses her words."""
    forget_person(entry.object_id)
    retitle({case.pk: case.title for case in raised_by([entry.object_id])})


def send_code(phone: str, code: str, now: datetime) -> bool:
    """Bring a sign-in code to a phone, at any hour; false where no text messages leave this house."""
    if not is_open(Medium.SMS):
        return False
    words = _("Your sign-in code is {code}. It works for 10 minutes. Give it to nobody, not even to us.")
    queue(
        Medium.SMS, words.format(code=code), to=phone, urgent=True, secret=True, lives=CODE_LIVES, moment=now
    )
    return True
