from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def many_connections(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Threads begun in the test share one real database: on SQLite a file, since memory has no busy waiting."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    with closing(Database.connect(tmp_path / "race.sqlite3")) as file:
        connection.connection.backup(file)
    known = connections.settings["default"]
    before, known["NAME"] = known["NAME"], str(tmp_path / "race.sqlite3")
    yield
    known["NAME"] = before
