"""Take files in, put them where they belong, take them away."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

import linli
from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.files import disk
from linli.kernel.files.models import File
from linli.kernel.files.names import cleaned
from linli.kernel.files.refusals import refusal
from linli.kernel.journal.actions import key_of, record
from linli.kernel.journal.models import Sensitivity

LARGEST = 20_000_000
ALL_KINDS = (File.Kind.PHOTO, File.Kind.PDF, File.Kind.AUDIO)
PATIENCE = 30  # seconds; an honest 48-megapixel HEIC takes about four
SOURCES = str(Path(linli.__path__[0]).parent)
_one_at_a_time = threading.Lock()  # decoding is the one thing here that needs much memory


class Upload(Protocol):
    """What Django hands over for a file input."""

    name: str | None

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A file made anew that lies on the disk and waits for its row."""

    token: str
    kind: str
    name: str
    content_type: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
    pages: int | None = None


def check(upload: Upload, *, kinds: Iterable[str] = ALL_KINDS) -> Checked:
    """Decode what was handed in and make it anew, or refuse with the reason.

    Call this before opening a transaction: it takes up to seconds, and a writer holds the whole database.
    """
    wanted = tuple(kinds)
    token = disk.new_token()
    with disk.room():
        source, made, small = (disk.workplace() / f"{token}.{part}" for part in ("in", "out", "small"))
        try:
            receive(upload, source, wanted)
            found = at_the_bench(wanted, source, made, small)
            return settled(token, upload.name or "", found, made, small)
        finally:
            for path in (source, made, small):
                path.unlink(missing_ok=True)


def receive(upload: Upload, source: Path, kinds: tuple[str, ...]) -> None:
    """Copy at most the largest size to the workplace."""
    taken = 0
    with source.open("wb") as file:
        for chunk in upload.chunks():
            taken += len(chunk)
            if taken > LARGEST:
                raise refusal("too_big", kinds)
            file.write(chunk)


def at_the_bench(kinds: tuple[str, ...], source: Path, made: Path, small: Path) -> dict[str, Any]:
    """Let a process of its own do the decoding; what it dies of is the file's fault, not ours."""
    command = [sys.executable, "-sP", "-m", "linli.kernel.files.bench", ",".join(kinds)]
    command += [str(path) for path in (source, made, small)]
    surroundings = {"PYTHONPATH": SOURCES, "MALLOC_ARENA_MAX": "2"}
    with _one_at_a_time:
        try:
            done = subprocess.run(  # noqa: S603 -- our own module, no shell
                command, capture_output=True, timeout=PATIENCE, env=surroundings, check=False
            )
        except subprocess.TimeoutExpired:
            raise refusal("too_heavy", kinds) from None
    if done.returncode < 0 or b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr:
        raise refusal("too_heavy", kinds)
    if done.returncode:
        raise BenchBroken(done.stderr.decode("utf-8", "replace")[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    if "refused" in found:
        raise refusal(found["refused"], kinds)
    return found


class BenchBroken(RuntimeError):
    """The workbench itself failed: our fault, told to the log."""


def settled(token: str, name: str, found: dict[str, Any], made: Path, small: Path) -> Checked:
    ending = found["ending"]
    content = made.read_bytes()
    if small.exists():
        disk.settle(small, disk.place_of(token, ending, small=True))
    disk.settle(made, disk.place_of(token, ending))
    return Checked(
        token, found["kind"], cleaned(name, ending), found["type"], len(content),
        hashlib.sha256(content).hexdigest(),
        found.get("width"), found.get("height"), found.get("seconds"), found.get("pages"),
    )  # fmt: skip


@transaction.atomic
def keep(
    checked: Checked, *, by: Any, group_id: int | None = None, subject_id: int | None = None, path: str = "",
    body_id: int | None = None, sensitivity: int = Sensitivity.PARTIES,
    audience: int = File.Audience.PARTIES, caption: str = "", behalf: Any = None, official: bool = False,
) -> File:  # fmt: skip
    """Write the row of a checked file; ``group_id`` is the case, ``subject_id`` the step it belongs to.

    It is the file of whoever brought it, or of the person it was brought for, and goes when she is erased;
    an ``official`` one, brought by somebody at work, is nobody's own and stays.
    """
    file = File(
        token=checked.token, kind=checked.kind, name=checked.name, content_type=checked.content_type,
        size=checked.size, sha256=checked.sha256, width=checked.width, height=checked.height,
        seconds=checked.seconds, pages=checked.pages, group_id=group_id, subject_id=subject_id, path=path,
        body_id=body_id, sensitivity=sensitivity, audience=audience, caption=caption[:200],
        by_id=key_of(by), owner_id=None if official else key_of(behalf if behalf is not None else by), at=now(),
    )  # fmt: skip
    file.save(force_insert=True)
    record("files.added", file, by=by, behalf=behalf, path=path, body_id=body_id, sensitivity=sensitivity,
           kind=file.kind, group=group_id)  # fmt: skip
    return file


def store(upload: Upload, *, by: Any, kinds: Iterable[str] = ALL_KINDS, **where: Any) -> File:
    """Check and keep in one go. Outside a transaction; inside one, use ``check`` before it and ``keep`` in it."""
    return keep(check(upload, kinds=kinds), by=by, **where)


@transaction.atomic
def attach(
    file: File, *, by: Any, group_id: int, subject_id: int | None = None, path: str = "",
    body_id: int | None = None, sensitivity: int = Sensitivity.PARTIES,
    audience: int = File.Audience.PARTIES, caption: str = "",
) -> None:  # fmt: skip
    """Put a file that was handed in early (while the form was still being filled in) where it belongs."""
    fields = {
        "group_id": group_id, "subject_id": subject_id, "path": path, "body_id": body_id,
        "sensitivity": sensitivity, "audience": audience, "caption": caption[:200],
    }  # fmt: skip
    mine = File.objects.filter(pk=file.pk, group_id=None, gone_at=None, by_id=key_of(by))
    if not mine.update(**fields):
        raise Refused(_("This file already belongs elsewhere. Please add it again."))
    for name, value in fields.items():
        setattr(file, name, value)


@transaction.atomic
def remove(file: File, *, by: Any) -> None:
    """Take the bytes and the words away; that there was a file stays on record."""
    take_away([file], moment=now())
    record("files.removed", file, by=by, path=file.path, body_id=file.body_id, sensitivity=file.sensitivity)


@transaction.atomic
def erase_of(person: Any) -> int:
    """Take away everything that is one person's own; how many files that were."""
    files = list(File.objects.filter(owner_id=key_of(person), gone_at=None))
    take_away(files, moment=now())
    return len(files)


def take_away(files: list[File], *, moment: datetime) -> None:
    """The bytes go when the transaction is sure; until then nothing is lost by a rollback."""
    File.objects.filter(pk__in=[file.pk for file in files]).update(
        gone_at=moment, name="", caption="", sha256="", size=0
    )
    places = [(file.token, file.ending) for file in files]
    for file in files:
        file.gone_at = moment
    transaction.on_commit(lambda: disk.throw_all_away(places))
