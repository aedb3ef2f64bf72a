from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database

from linli.kernel.inbox.tests.providers import Gateway, MailServer, gateway, mail_server


@pytest.fixture
def provider() -> Iterator[Gateway]:
    with gateway() as server:
        yield server


@pytest.fixture
def post_office() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def share(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """From the call on, new threads see the rows made so far: on SQLite in a file, as memory knows no waiting."""
    known = connections.settings["default"]
    before = known["NAME"]

    def with_threads() -> None:
        if connection.vendor == "sqlite":
            with closing(Database.connect(tmp_path / "race.sqlite3")) as file:
                connection.connection.backup(file)
            known["NAME"] = str(tmp_path / "race.sqlite3")

    yield with_threads
    known["NAME"] = before
