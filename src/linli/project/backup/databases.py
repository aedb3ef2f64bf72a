"""The database of a backup: one consistent copy taken while others write, and the way back."""

import os
import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from linli.kernel.journal.chain import GENESIS
from linli.project.backup.manifest import NotRestorable
from linli.project.cluster import programs

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
SHADOWS = "search_words_"
TAIL = "SELECT position, head FROM journal_seal ORDER BY position DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Copied:
    """What the copy holds: rows of each table, and where its journal ends."""

    counts: dict[str, int]
    position: int
    head: str


def copy_to(folder: Path) -> Copied:
    """Writers go on meanwhile; the copy is of one moment."""
    return {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}[connection.vendor](folder)


def bring_back(folder: Path) -> None:
    """Fill the empty database of this house."""
    {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}[connection.vendor](folder)


def is_empty() -> bool:
    """Whether nothing would be overwritten; a log left behind by a lost database counts as something."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        if not path.exists():
            return not path.with_name(f"{path.name}-wal").exists()
    return not connection.introspection.table_names()


def written_since(moment: datetime) -> bool:
    """Whether the database may have changed; PostgreSQL writes of its own accord, so there it always may."""
    if connection.vendor != "sqlite":
        return True
    path = Path(connection.settings_dict["NAME"])
    parts = [part for part in (path, path.with_name(f"{path.name}-wal")) if part.exists()]
    return not parts or max(part.stat().st_mtime for part in parts) >= moment.timestamp()


def size() -> int:
    """Bytes that a copy will take at most."""
    question = "SELECT pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        question = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def faults() -> list[str]:
    """What the database itself finds wrong: damaged pages, rows that refer to nothing."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return []  # PostgreSQL checks every reference at each write and every page by its checksum
        cursor.execute("PRAGMA integrity_check")
        found = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return found + [f"{row[0]} {row[1]} → {row[2]}" for row in cursor.fetchall()]


def counts(cursor: Any) -> dict[str, int]:
    """Rows of every table, by the connection the cursor belongs to."""
    names = [name for name in connection.introspection.table_names() if not name.startswith(SHADOWS)]
    found = {}
    for name in sorted(names):
        if name == "search_words" and connection.vendor == "sqlite":
            continue  # the index of words has no rows of its own to count
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 -- the database's own names
        found[name] = int(cursor.fetchone()[0])
    return found


def _tail(cursor: Any) -> tuple[int, str]:
    cursor.execute(TAIL)
    row = cursor.fetchone()
    return (int(row[0]), bytes(row[1]).hex()) if row else (0, GENESIS.hex())


def _copy_sqlite(folder: Path) -> Copied:
    import sqlite3

    path = folder / SQLITE
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        cursor = copy.cursor()
        problems = [row[0] for row in cursor.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [str(row) for row in cursor.execute("PRAGMA foreign_key_check")]
        if problems:
            raise NotRestorable(
                f"The copy did not pass its check: {problems[0]} / 备份没有通过检查：{problems[0]}"
            )
        copied = Copied(counts(cursor), *_tail(cursor))
    _to_disk(path)
    return copied


def _restore_sqlite(folder: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    coming = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(folder / SQLITE, coming)
    _to_disk(coming)
    coming.replace(target)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _copy_postgresql(folder: Path) -> Copied:
    """The rows are counted in the very snapshot that is dumped."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot(), current_schema()")
        snapshot, schema = cursor.fetchone()
        _run("pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "-n", schema,
             "-f", folder / POSTGRESQL)  # fmt: skip
        copied = Copied(counts(cursor), *_tail(cursor))
    _to_disk(folder / POSTGRESQL)
    return copied


def _restore_postgresql(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "-n", schema,
         "-d", str(connection.settings_dict["NAME"]), folder / POSTGRESQL)  # fmt: skip


def _run(program: str, *arguments: str | Path) -> None:
    """PostgreSQL's own program, told where the database is by its environment."""
    found = shutil.which(program) or (programs() and str(Path(str(programs())) / program))
    if not found or not Path(found).exists():
        raise NotRestorable(
            f"{program} is not installed here (on Debian: apt install postgresql-client). "
            f"/ 没有装 {program}（Debian 请先 apt install postgresql-client）。"
        )
    given = settings.DATABASES["default"] | {"NAME": connection.settings_dict["NAME"]}
    where = {
        "PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"],
    }  # fmt: skip
    environment = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
        [found, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotRestorable(f"{program}: {done.stderr.strip()[-600:]}")
