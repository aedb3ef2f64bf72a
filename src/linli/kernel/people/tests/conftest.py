from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database
from django.utils import translation

from linli.kernel.people.signin import codes


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


class Gateway:
    """The phones of this test: what was sent to which number."""

    def __init__(self) -> None:
        self.received: dict[str, list[str]] = {}

    def deliver(self, phone: str, code: str, now: datetime) -> bool:
        self.received.setdefault(phone, []).append(code)
        return True

    def newest(self, phone: str) -> str:
        return self.received[phone][-1]


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(codes, "_deliveries", [gateway.deliver])
    return gateway


@pytest.fixture
def real_passwords() -> None:
    """For what depends on how long a password takes."""


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest, settings) -> None:
    """Argon2 is slow on purpose; where that does not matter, the tests need not wait."""
    if "real_passwords" not in request.fixturenames:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
