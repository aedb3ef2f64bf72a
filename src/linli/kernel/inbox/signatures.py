"""Signed calls: who sends and when, so that an old call cannot be played again."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

FRESH = timedelta(minutes=5)
STAMP, SIGNATURE = "X-Linli-Timestamp", "X-Linli-Signature"


def mac(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers for a call we make."""
    stamp = str(int(at.timestamp()))
    return {STAMP: stamp, SIGNATURE: f"sha256={mac(secret, stamp, body)}"}


def is_genuine(secret: str, body: bytes, *, stamp: str, signature: str, now: datetime) -> bool:
    """Whether a call made to us carries a signature of this body, not older than five minutes."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):  # noqa: PLR2004 -- seconds since 1970
        return False
    age = now - datetime.fromtimestamp(int(stamp), UTC)
    expected = f"sha256={mac(secret, stamp, body)}"
    return abs(age) <= FRESH and hmac.compare_digest(expected.encode(), signature.encode())
