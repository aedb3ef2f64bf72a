"""Why a file was not taken, and what to do instead."""

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.files.disk import no_room


def sentence(code: str, kinds: tuple[str, ...]) -> str:
    """The reason behind a code of the workbench, in the reader's language."""
    return {
        "not_allowed": wanted(kinds),
        "empty": _("This file is empty. Please choose it again."),
        "too_big": _("This file is too large. A photo or PDF may have 20 MB, a recording 10 MB."),
        "too_many_pixels": _("This picture has too many pixels. Please send a smaller one."),
        "too_many_pages": _("This PDF has more than 300 pages. Please send the part that matters."),
        "too_long": _("This recording is longer than 5 minutes. Please make a shorter one."),
        "too_heavy": _("This file takes too long to check. Please send it in another form, such as a photo."),
        "encrypted": _("This PDF has a password. Save it without one and add it again."),
        "film": _("This is a video. Please record sound only, or add photos."),
        "broken": _("This file is damaged and cannot be opened. Please save it again, or take a new photo."),
    }[code]


def wanted(kinds: tuple[str, ...]) -> str:
    if kinds == ("photo",):
        return _("This is not a photo we can open. Please add a JPEG, PNG, WebP or HEIC picture.")
    if kinds == ("audio",):
        return _("This is not a recording we can open. Please add an M4A, MP3, WAV, OGG or WebM sound.")
    return _("This kind of file cannot be added here. Please add a photo, a PDF or a sound recording.")


def refusal(code: str, kinds: tuple[str, ...]) -> Refused:
    return no_room() if code == "full" else Refused(sentence(code, kinds))
