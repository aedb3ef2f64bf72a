"""Write a verb down."""

import hashlib
import json
import secrets
from typing import Any

from django.db import models

from linli.kernel.clock import now
from linli.kernel.journal.models import Entry, Sensitivity
from linli.kernel.journal.verbs import listeners


def key_of(who: Any) -> int | None:
    """The plain key of a person (or ``None``: the system itself)."""
    return who if who is None or isinstance(who, int) else int(who.pk)


def commitment(salt: bytes, payload: str) -> bytes:
    """What the chain holds instead of the payload: SHA-256 over 16 random bytes and the text."""
    return hashlib.sha256(salt + payload.encode()).digest()


def written(data: dict[str, Any]) -> tuple[bytes, str]:
    """A fresh salt and the canonical text of a payload."""
    if not data:
        return secrets.token_bytes(16), "{}"
    return secrets.token_bytes(16), json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)


def draft(
    verb: str,
    subject: models.Model,
    *,
    by: Any,
    behalf: Any = None,
    path: str = "",
    body_id: int | None = None,
    sensitivity: int = Sensitivity.PARTIES,
    **data: Any,
) -> Entry:
    """An entry not yet written; bulk imports collect these and insert them together."""
    salt, payload = written(data)
    return Entry(
        at=now(),
        verb=verb,
        actor_id=key_of(by),
        behalf_id=key_of(behalf),
        object_kind=subject._meta.label_lower,
        object_id=subject.pk,
        path=path,
        body_id=body_id,
        sensitivity=sensitivity,
        payload=payload,
        salt=salt,
        commitment=commitment(salt, payload),
    )


def record(verb: str, subject: models.Model, *, by: Any, **where_and_what: Any) -> Entry:
    """Write what happened, inside the caller's transaction, and let the listeners react in it."""
    entry = draft(verb, subject, by=by, **where_and_what)
    entry.save(force_insert=True)
    for listener in listeners(verb):
        listener(entry)
    return entry
