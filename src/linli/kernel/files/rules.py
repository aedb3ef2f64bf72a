"""Who may open a file."""

from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.files.models import File


def may_open(file: File, *, reader_id: int | None, sees: bool, handles: bool) -> Answer:
    """``sees``: the reader may see the matter the file belongs to; ``handles``: she works on it.

    The caller asks the matter's own rules for both. A file that belongs nowhere yet is its owner's alone.
    """
    if file.gone_at is not None:
        return no(_("This file was removed."))
    if file.group_id is None:
        return YES if reader_id is not None and reader_id == file.by_id else hidden()
    if file.audience == File.Audience.STAFF:
        return YES if sees and handles else hidden()
    return YES if sees else hidden()


def hidden() -> Answer:
    return no(_("Only those who take part in the matter can open this file."))
