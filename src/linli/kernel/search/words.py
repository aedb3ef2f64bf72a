"""The table of words beside the documents: FTS5 on SQLite, a tsvector under GIN on PostgreSQL.

SQLite: contentless, so no text lies in it twice; ``secure-delete`` wipes a forgotten token from the
file at once. It can only forget a row whose tokens it is told again, exactly. ``detail=none`` would be
smaller, but together with ``secure-delete`` it loses other rows (seen with SQLite 3.53.4).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[int, Sequence[str]]

SQLITE = (
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_words
    USING fts5(words, content='', detail=column, columnsize=0, tokenize='ascii')
    """,
    "INSERT INTO search_words(search_words, rank) VALUES ('secure-delete', 1)",
)
POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS search_words (doc_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS search_words_gin ON search_words USING gin (words)",
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the table where it is missing; running it again changes nothing."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_words")


def clear(connection: BaseDatabaseWrapper) -> None:
    """Empty the index, for a rebuild."""
    sqlite = "INSERT INTO search_words(search_words) VALUES ('delete-all')"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else "DELETE FROM search_words")


def post(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Put documents into the index; none of them may be in it already."""
    values: list[tuple[Any, ...]]
    if connection.vendor == "sqlite":
        statement = "INSERT INTO search_words(rowid, words) VALUES (%s, %s)"
        values = [(key, " ".join(tokens)) for key, tokens in rows]
    else:
        statement = "INSERT INTO search_words(doc_id, words) VALUES (%s, array_to_tsvector(%s))"
        values = [(key, list(tokens)) for key, tokens in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def take(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Take documents out again; ``rows`` repeats exactly what was posted."""
    values: list[tuple[Any, ...]]
    if connection.vendor == "sqlite":
        statement = "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', %s, %s)"
        values = [(key, " ".join(tokens)) for key, tokens in rows]
    else:
        statement = "DELETE FROM search_words WHERE doc_id = %s"
        values = [(key,) for key, _tokens in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def find(
    connection: BaseDatabaseWrapper, *, any_of: Sequence[str], all_of: Sequence[str], before: int, limit: int
) -> list[int]:
    """Keys below ``before`` of documents with one of the scopes and every one of the words, newest first."""
    if connection.vendor == "sqlite":
        statement = (
            "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid < %s"
            " ORDER BY rowid DESC LIMIT %s"
        )
        spell, join_all, join_any = _fts5, " AND ", " OR "
    else:
        statement = (
            "SELECT doc_id FROM search_words WHERE words @@ %s::tsquery AND doc_id < %s"
            " ORDER BY doc_id DESC LIMIT %s"
        )
        spell, join_all, join_any = _tsquery, " & ", " | "
    scope = join_any.join(spell(token) for token in any_of)
    query = join_all.join([f"({scope})", *(spell(token) for token in all_of)])
    with connection.cursor() as cursor:
        cursor.execute(statement, [query, before, limit])
        return [int(row[0]) for row in cursor.fetchall()]


def _fts5(token: str) -> str:
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def _tsquery(token: str) -> str:
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"
