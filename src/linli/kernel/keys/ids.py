"""Time-ordered 63-bit integers, the same on SQLite and PostgreSQL."""

import secrets
import threading
import time
from datetime import datetime

EPOCH_MS = 1_262_304_000_000  # 2010-01-01T00:00:00Z; 42 bits last until 2149
ROOM_BITS = 21

_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A key above every key this process made before: 42 bits of milliseconds, 21 bits of room.

    The room starts at a random place each millisecond, so that two processes seldom meet; when they
    do, the primary key refuses the second row and nothing is overwritten.
    """
    global _last  # noqa: PLW0603 -- one counter a process, guarded by the lock
    moment = (time.time_ns() // 1_000_000 - EPOCH_MS) << ROOM_BITS
    with _lock:
        _last = max(_last + 1, moment | secrets.randbits(ROOM_BITS - 1))
        return _last


def id_at(moment: datetime) -> int:
    """A key among those of a past moment, for rows laid in by imports: so that keys still follow time."""
    since = max(int(moment.timestamp() * 1000) - EPOCH_MS, 0)
    return since << ROOM_BITS | secrets.randbits(ROOM_BITS)
