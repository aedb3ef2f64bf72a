"""How one link of the chain follows from the link before it. Pure arithmetic, no database."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

ALGORITHM = "sha256"
GENESIS = bytes(32)
FIXED = (
    "id", "at", "verb", "actor_id", "behalf_id", "object_kind", "object_id", "path", "body_id", "sensitivity",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """A moment as one whole number, the same whatever zone or database it came from."""
    return (moment - _EPOCH) // _MICROSECOND


@dataclass(frozen=True, slots=True)
class Link:
    """Everything a head commits to besides the head before it; ``fixed`` follows the order of FIXED."""

    position: int
    sealed_at: datetime
    fixed: tuple[Any, ...]
    commitment: bytes
    algorithm: str = ALGORITHM


def canonical(fixed: tuple[Any, ...]) -> bytes:
    """The fields of an entry that never change, written in exactly one way."""
    plain = [microseconds(value) if isinstance(value, datetime) else value for value in fixed]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def head_after(previous: bytes, link: Link) -> bytes:
    """SHA-256 over the previous head, the position, the moment of sealing, the commitment and the fields."""
    if link.algorithm != ALGORITHM:
        raise ValueError(f"Unknown seal algorithm: {link.algorithm}")
    parts = (
        previous,
        link.position.to_bytes(8, "big"),
        microseconds(link.sealed_at).to_bytes(8, "big", signed=True),
        link.commitment,
        canonical(link.fixed),
    )
    return hashlib.sha256(b"".join(parts)).digest()
