"""How often a key was used in the last minute: one small file that all workers of a machine share.

A key owns a ring of moments. The one that lies ``limit`` uses back says whether there is room, so in no minute,
wherever it begins, do more get through, and whoever stays below is never refused. The file keeps its size in every
flood and holds keyed fingerprints, no address. Nothing in it is worth saving: what is lost is a minute's count.
"""

import fcntl
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

SETS, WAYS = 1024, 8
OWNER = struct.Struct("<QqQ")  # whose ring it is, when it was last used, how often
MOMENT = struct.Struct("<q")
MINUTE = 60_000
Owner = tuple[int, int, int]


class Counts:
    """Rings for 8,192 keys. A key finds its set by its fingerprint and takes the ring there that rested longest."""

    def __init__(self, path: Path, length: int, secret: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.length, self.secret = length, secret
        self.ring_bytes = length * MOMENT.size
        self.set_bytes = WAYS * (OWNER.size + self.ring_bytes)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.thread_lock = threading.Lock()

    def use(self, key: str, limit: int, now: int) -> int:
        """Count one use at ``now`` (milliseconds); how long to wait when there is no room, else 0."""
        mark, place = self.find(key)
        with self.held(place):
            start = place * self.set_bytes
            owners = self.owners(start)
            way = way_of(mark, owners, now)
            ring = start + WAYS * OWNER.size + way * self.ring_bytes
            if owners[way][0] != mark:
                self.write(b"\0" * self.ring_bytes, ring)
            uses = owners[way][2] if owners[way][0] == mark else 0
            wait = self.moment(ring, uses - limit) + MINUTE - now if uses >= limit else 0
            if 0 < wait <= MINUTE:
                return wait
            self.write(MOMENT.pack(now), ring + uses % self.length * MOMENT.size)
            self.write(OWNER.pack(mark, now, uses + 1), start + way * OWNER.size)
            return 0

    def find(self, key: str) -> tuple[int, int]:
        """The fingerprint and the set; keyed, so that nobody can choose addresses that share one."""
        digest = blake2b(key.encode(), digest_size=12, key=self.secret).digest()
        return int.from_bytes(digest[:8], "little") or 1, int.from_bytes(digest[8:], "little") % SETS

    @contextmanager
    def held(self, place: int) -> Iterator[None]:
        """Nobody else counts in this set: no thread, and no process. A process that dies lets go."""
        with self.thread_lock:
            fcntl.lockf(self.file, fcntl.LOCK_EX, 1, place)
            try:
                yield
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN, 1, place)

    def owners(self, start: int) -> list[Owner]:
        heads = self.read(WAYS * OWNER.size, start)
        return [OWNER.unpack_from(heads, way * OWNER.size) for way in range(WAYS)]

    def moment(self, ring: int, use: int) -> int:
        found: int = MOMENT.unpack(self.read(MOMENT.size, ring + use % self.length * MOMENT.size))[0]
        return found

    def read(self, size: int, at: int) -> bytes:
        """What was never written reads as nothing."""
        return os.pread(self.file, size, at).ljust(size, b"\0")

    def write(self, words: bytes, at: int) -> None:
        os.pwrite(self.file, words, at)


def way_of(mark: int, owners: list[Owner], now: int) -> int:
    """The ring of this key, else the one that rested longest; a use after now means the clock went back."""
    for way, owner in enumerate(owners):
        if owner[0] == mark:
            return way
    return min(range(WAYS), key=lambda way: owners[way][1] if owners[way][1] <= now else 0)
