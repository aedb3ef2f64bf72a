import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from linli.project.cluster import private_cluster, programs

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this run's own, kept safe as in production."""
    if programs() is None:
        reason = "No PostgreSQL server is installed (on Debian: apt install postgresql)."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with private_cluster("-c listen_addresses='' -c max_connections=60 -c shared_buffers=64MB") as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty database on it."""
    parts = urlsplit(postgres_server)
    host, name = parse_qs(parts.query)["host"][0], f"drill{next(_names)}"
    with psycopg.connect(host=host, user=parts.username, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return postgres_server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each of the two databases: nothing for the SQLite file of the data folder, or an address."""
    url: str = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    return url


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
