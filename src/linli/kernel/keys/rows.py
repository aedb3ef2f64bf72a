"""Many rows at once: one prepared statement, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as plain values in the order of ``names`` (field names); defaults are the caller's.

    For imports and the demo, where building a model object a row would cost more than the row itself.
    Values go through the field's own preparation only where the database needs it (moments, JSON).
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    kept = list(rows)
    if not kept:
        return
    values = [prepared(field, column) for field, column in zip(fields, zip(*kept, strict=True), strict=True)]
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 -- names are our own
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))


def prepared(field: Any, column: Sequence[Any]) -> Sequence[Any]:
    """A column of values as the database takes them."""
    prepare = _preparer(field)
    if prepare is None:
        return column
    return [None if value is None else prepare(value) for value in column]


@lru_cache(maxsize=50_000)
def _moment(value: datetime) -> Any:
    """One moment stands in many rows: on the case, its step, its clock and its journal entry."""
    return connection.ops.adapt_datetimefield_value(value)


def _preparer(field: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_value(value, connection)
    if isinstance(field, models.BinaryField):
        return bytes
    return None
