"""What a page needs to hand a file out. Whether the reader may have it is asked before (``rules.may_open``)."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.http import content_disposition_header

from linli.kernel.files import disk
from linli.kernel.files.models import File

Size = Literal["full", "small"]
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@dataclass(frozen=True, slots=True)
class Served:
    """A path, its type and the headers that keep it from being anything else."""

    path: Path
    content_type: str
    headers: dict[str, str]


def open_for(file: File, size: Size = "full") -> Served:
    """Where the bytes lie and how to send them. Only photos have a small form."""
    small = size == "small" and file.kind == File.Kind.PHOTO
    return Served(
        disk.place_of(file.token, file.ending, small=small), file.content_type, headers_of(file, small=small)
    )


def headers_of(file: File, *, small: bool = False) -> dict[str, str]:
    """A PDF is saved rather than shown: a sandbox has no reader for it."""
    disposition = content_disposition_header(file.kind == File.Kind.PDF, file.name)
    return {
        "Content-Type": file.content_type,
        "Content-Disposition": str(disposition),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256[:32]}{"-s" if small else ""}"',
        "Accept-Ranges": "bytes",
    }


def part_of(wanted: str, total: int) -> tuple[int, int] | None:
    """(first byte, byte after the last) of a ``Range`` header; ``None``: send everything. Phones play sound so."""
    found = RANGE.fullmatch(wanted.strip())
    if found is None or found[1] == found[2] == "" or not total:
        return None
    if not found[1]:
        return (max(0, total - int(found[2])), total) if int(found[2]) else None
    first = int(found[1])
    end = min(int(found[2]) + 1, total) if found[2] else total
    return (first, end) if first < end else None
