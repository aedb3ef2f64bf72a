"""Settings from the environment; a bad value stops the start with one sentence."""

import os
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit


def stop(sentence: str) -> NoReturn:
    """End the program with a sentence instead of a traceback."""
    sys.stderr.write(sentence + "\n")
    raise SystemExit(2)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no", ""}:
        stop(f"{name} must be 1 or 0, not “{value}”. / {name} 只能是 1 或 0。")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdecimal():
        stop(f"{name} must be a whole number, not “{value}”. / {name} 要填整数。")
    return int(value)


def folder(name: str, default: str) -> Path:
    return Path(text(name, default)).expanduser().resolve()


def database(url: str, data: Path) -> dict[str, object]:
    """The DATABASES entry: PostgreSQL by ``DATABASE_URL``, else one SQLite file in the data folder."""
    if not url:
        return sqlite_database(data / "linli.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        stop("DATABASE_URL must begin with postgresql://. / DATABASE_URL 要以 postgresql:// 开头。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"connect_timeout": 5},
    }


def sqlite_database(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON;PRAGMA cache_size=-16000;"
            ),
        },
    }
