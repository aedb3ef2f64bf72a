"""The file that holds the keys: made once, readable by its owner alone, replaced whole."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from linli.kernel.keys import ciphers

SORTS = ("encryption", "blind")
OWNER_ONLY = 0o600

_read: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    alg: str
    secret: bytes


def path() -> Path:
    return Path(settings.LINLI_KEYS) / "ring.json"


def current(sort: str) -> Key:
    """The key that new rows are written with."""
    ring = _ring()[sort]
    return _key(ring["current"], ring["keys"][ring["current"]])


def every(sort: str) -> list[Key]:
    """All keys of a sort, newest first."""
    kept = _ring()[sort]["keys"].items()
    return [_key(key_id, stored) for key_id, stored in reversed(list(kept))]


def begin(sort: str, alg: str) -> str:
    """Add a fresh key and make it the current one."""
    ring = json.loads(json.dumps(_ring()))
    key_id, stored = _fresh(alg)
    ring[sort]["keys"][key_id] = stored
    ring[sort]["current"] = key_id
    _write_beside(ring).replace(path())
    return key_id


def drop(sort: str, key_id: str) -> None:
    """Take an old key out of the ring, once no row needs it; the current key stays."""
    ring = json.loads(json.dumps(_ring()))
    if ring[sort]["current"] == key_id:
        raise ValueError("The current key stays in the ring.")
    del ring[sort]["keys"][key_id]
    _write_beside(ring).replace(path())


def _key(key_id: str, stored: dict[str, str]) -> Key:
    return Key(key_id, stored["alg"], base64.b64decode(stored["secret"]))


def _ring() -> dict[str, Any]:
    """The ring as it lies on disk now; a worker notices a rotation made by another process."""
    place = os.path.join(settings.LINLI_KEYS, "ring.json")  # noqa: PTH118 -- asked for every row
    try:
        facts = os.stat(place)  # noqa: PTH116 -- asked for every row
    except FileNotFoundError:
        _make()
        facts = path().stat()
    stamp = (facts.st_mtime_ns, facts.st_ino)
    known = _read.get(place)
    if known is None or known[0] != stamp:
        known = _read[place] = (stamp, json.loads(path().read_text()))
    return known[1]


def _make() -> None:
    """Make the first ring; when two workers begin at once, the first to link its file wins for both."""
    ring: dict[str, Any] = {}
    for sort in SORTS:
        key_id, stored = _fresh(ciphers.DEFAULT[sort])
        ring[sort] = {"current": key_id, "keys": {key_id: stored}}
    path().parent.mkdir(parents=True, exist_ok=True)
    made = _write_beside(ring)
    try:
        os.link(made, path())
    except FileExistsError:
        return
    finally:
        made.unlink()


def _fresh(alg: str) -> tuple[str, dict[str, str]]:
    secret = base64.b64encode(secrets.token_bytes(ciphers.KEY_BYTES[alg])).decode()
    return secrets.token_hex(4), {"alg": alg, "secret": secret, "made": datetime.now(UTC).isoformat()}


def _write_beside(ring: dict[str, Any]) -> Path:
    """A whole new file, on the disk before it takes the old one's name."""
    beside = path().with_name(f"ring.{secrets.token_hex(6)}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w") as file:
        json.dump(ring, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return beside
