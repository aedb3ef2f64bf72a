"""Many rows at once: one prepared statement, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as plain values in the order of ``names`` (field names); defaults are the caller's.

    For imports and the demo, where building a model object a row would cost more than the row itself.
    Values go through the field's own preparation only where the database needs it (moments, JSON).
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    prepare = [_preparer(field) for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    ready = [
        tuple(p(v) if p and v is not None else v for p, v in zip(prepare, row, strict=True)) for row in rows
    ]
    if not ready:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", ready)  # noqa: S608 -- names are our own


def _preparer(field: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_value(value, connection)
    if isinstance(field, models.BinaryField):
        return bytes
    return None
