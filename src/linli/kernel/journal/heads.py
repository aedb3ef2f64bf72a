"""Heads of the chain, published day by day outside the database, so that cutting the end off shows.

One file a day in ``LINLI_DATA/heads``, one line each time the chain has grown: place, algorithm, head,
moment. Print it, post it, copy it elsewhere: whoever holds a line can prove what the journal held then.
"""

import os
from datetime import date
from pathlib import Path

from django.conf import settings

from linli.kernel.clock import local, now
from linli.kernel.journal.chain import ALGORITHM
from linli.kernel.journal.sealing import tail


def folder() -> Path:
    return Path(settings.LINLI_DATA) / "heads"


def publish_head(day: date) -> Path | None:
    """Add the present head to the day's file; nothing when the chain has not grown since the last line."""
    position, head = tail()
    if position <= max(published_heads(), default=0):
        return None
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{day:%Y-%m-%d}.txt"
    line = f"{position} {ALGORITHM} {head.hex()} {local(now()).isoformat(timespec='seconds')}\n"
    with path.open("a", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return path


def published_heads() -> dict[int, tuple[str, str]]:
    """Place in the chain → (head in hex, day it was published on)."""
    found = {}
    for path in sorted(folder().glob("????-??-??.txt")):
        for line in path.read_text(encoding="ascii").splitlines():
            position, _algorithm, head, _moment = line.split()
            found[int(position)] = (head, path.stem)
    return found
