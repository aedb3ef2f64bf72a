"""What must be true of the database before anybody is let in."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from linli.project.sqlite import SAFE_VERSION


def sqlite_is_safe(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """A library with the WAL-reset bug may corrupt the file as soon as two processes write."""
    if not any(connections[alias].vendor == "sqlite" for alias in databases or ()):
        return []
    from sqlite3 import sqlite_version, sqlite_version_info

    return unsafe_library(sqlite_version_info, sqlite_version)


def unsafe_library(version: tuple[int, ...], text: str) -> list[CheckMessage]:
    if version >= SAFE_VERSION:
        return []
    safe = ".".join(str(part) for part in SAFE_VERSION)
    return [
        Error(
            f"SQLite {text} can corrupt the database when two processes write at once; {safe} or newer is needed. "
            f"/ SQLite {text} 在两个进程同时写入时可能损坏数据库，需要 {safe} 或更新的版本。",
            hint="Install the package pysqlite3 from requirements.lock. / 请按 requirements.lock 安装 pysqlite3。",
            id="linli.E001",
        )
    ]


def database_is_not_newer(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Old code on a newer database would write rows that the newer code no longer understands."""
    unknown = sorted(name for alias in databases or () for name in migrations_unknown(connections[alias]))
    if not unknown:
        return []
    return [
        Error(
            f"This database was made by a newer version of Linli (it knows {', '.join(unknown[:3])}). "
            f"Install that version again. / 这个数据库属于更新的版本（{'、'.join(unknown[:3])}），请装回那个版本。",
            id="linli.E002",
        )
    ]


def migrations_unknown(connection: BaseDatabaseWrapper) -> set[str]:
    """Migrations that the database has and the code has not, in apps that the code has."""
    loader = MigrationLoader(connection)
    replaced = {key for squashed in loader.replacements.values() for key in squashed.replaces}
    known = set(loader.disk_migrations) | replaced
    return {
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in known
    }
