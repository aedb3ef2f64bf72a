"""A database that takes no writing just now: how it is recognised, and that pages say so."""

import os
import time
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InternalError, OperationalError, connections

REMEMBERED = 60.0
READ_ONLY_IN_POSTGRES = "25006"
_noticed = {"at": float("-inf")}


def is_outage(problem: BaseException) -> bool:
    """Locked, full, read-only or away: not a fault of the page. PostgreSQL calls read-only an internal error."""
    if isinstance(problem, OperationalError):
        return True
    code = getattr(problem.__cause__, "sqlstate", "")
    return isinstance(problem, InternalError) and code == READ_ONLY_IN_POSTGRES


def notice() -> None:
    """Something could not be written a moment ago, told by this process."""
    _noticed["at"] = time.monotonic()


def noticed_lately() -> bool:
    return time.monotonic() - _noticed["at"] < REMEMBERED


def takes_no_writing() -> str:
    """Why the database could not write now, asked of it without writing; empty when it could."""
    connection = connections[DEFAULT_DB_ALIAS]
    question = "SHOW transaction_read_only" if connection.vendor == "postgresql" else "PRAGMA query_only"
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            told = cursor.fetchone()
    except DatabaseError as problem:
        return f"database: {type(problem).__name__}"
    refused = bool(told) and str(told[0]) in {"1", "on"}
    return (
        "database: read-only" if refused or is_on_a_read_only_disk(connection.settings_dict["NAME"]) else ""
    )


def is_on_a_read_only_disk(database: object) -> bool:
    """A disk with faults is often remounted read-only; SQLite notices at the next write, the watchman earlier."""
    path = Path(str(database))
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
