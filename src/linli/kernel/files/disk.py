"""Where the bytes lie: under random names, outside everything the web server offers by itself."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


class StorageFull(Refused):
    """The disk takes no more; the rest of the house goes on working."""

    status = 503


def no_room() -> StorageFull:
    return StorageFull(
        _("There is no room for files at the moment. Send your words without it, or try later.")
    )


@contextmanager
def room() -> Iterator[None]:
    """Turn a full or unwritable disk into a sentence."""
    try:
        yield
    except OSError as problem:
        if problem.errno in NO_ROOM:
            raise no_room() from problem
        raise


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def workplace() -> Path:
    """Where files lie while they are being checked; nobody is served from here."""
    place = root() / "work"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def new_token() -> str:
    return secrets.token_hex(16)


def place_of(token: str, ending: str, *, small: bool = False) -> Path:
    return root() / token[:2] / f"{token}{'.small' if small else ''}.{ending}"


def settle(made: Path, place: Path) -> None:
    """Make the bytes last, then give them their name in one step: never half a file under a real name."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def throw_away(token: str, ending: str) -> None:
    for small in (False, True):
        place_of(token, ending, small=small).unlink(missing_ok=True)


def throw_all_away(places: list[tuple[str, str]]) -> None:
    for token, ending in places:
        throw_away(token, ending)
