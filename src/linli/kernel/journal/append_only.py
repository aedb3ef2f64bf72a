"""Rows that cannot be changed back: the database itself refuses, whoever asks.

An entry may lose payload and salt together (erasure); nothing else of it may change, and neither an
entry nor a seal may be deleted. Triggers raise and do nothing else. A later migration that rebuilds a
table on SQLite drops its triggers: end it with ``install``.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = (
    "id", "at", "verb", "actor_id", "behalf_id", "object_kind", "object_id", "path", "body_id",
    "sensitivity", "commitment",
)  # fmt: skip
REFUSAL = "the journal is append-only"
TABLES = ("journal_entry", "journal_seal")


def append_only_sql(vendor: str) -> list[str]:
    """The statements that guard the journal on a database; running them again changes nothing."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


def lift_sql(vendor: str) -> list[str]:
    """The statements that take the guards away: for a migration that must rebuild a table, and for tests."""
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {table}_{act}"
            for table in TABLES
            for act in ("delete", "update", "replace")
        ]
    return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES]


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, append_only_sql(connection.vendor))


def lift(connection: BaseDatabaseWrapper) -> None:
    _run(connection, lift_sql(connection.vendor))


def guards(connection: BaseDatabaseWrapper) -> int:
    """How many of the guards stand: six on SQLite, two on PostgreSQL."""
    question = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%%append_only'"
        " AND tgrelid IN (to_regclass(%s), to_regclass(%s)) AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question, TABLES)
        return int(cursor.fetchone()[0])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
    erasure = f"WHEN NOT (NEW.payload IS NULL AND NEW.salt IS NULL AND {same})"
    made = []
    for table, key, update in (("journal_entry", "id", erasure), ("journal_seal", "position", "")):
        there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 -- our own names
        for act, event, when in (
            ("delete", "DELETE", ""), ("update", "UPDATE", update), ("replace", "INSERT", there),
        ):  # fmt: skip
            made.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_{act} BEFORE {event} ON {table} {when}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    return made


def _postgresql() -> list[str]:
    function = f"""
        CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'journal_entry' THEN
                IF (to_jsonb(NEW) - 'payload' - 'salt') = (to_jsonb(OLD) - 'payload' - 'salt')
                   AND (to_jsonb(NEW) ->> 'payload') IS NULL AND (to_jsonb(NEW) ->> 'salt') IS NULL THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """
    made = [function]
    for table in TABLES:
        made.append(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        made.append(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION journal_append_only()"
        )
    return made
