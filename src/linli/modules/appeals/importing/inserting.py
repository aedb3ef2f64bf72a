"""Many rows into one table by one prepared statement, without a model object for each.

An import writes six tables for every matter; building and inspecting the objects would take most of its time.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db import connection, models

Values = dict[str, Any]
Maker = Callable[[Values], Any]


def insert(model: type[models.Model], rows: Iterable[Values]) -> None:
    """Insert rows given by column, all with the same columns; a column left out gets the default of its field."""
    rest = iter(rows)
    first = next(rest, None)
    if first is None:
        return
    makers = [maker(field, given=field.attname in first) for field in model._meta.concrete_fields]
    values = [tuple([make(row) for make in makers]) for row in chain((first,), rest)]
    with connection.cursor() as cursor:
        cursor.executemany(statement(model, connection.vendor), values)


def maker(field: models.Field[Any, Any], *, given: bool) -> Maker:
    """How a row's value of this column is found and turned into what the database takes."""
    adapt = adapter_of(field)
    if given:
        value: Maker = itemgetter(field.attname)
        return value if adapt is None else lambda row: adapt(value(row))
    if callable(field.default):
        return lambda _row: adapt(field.get_default()) if adapt else field.get_default()
    constant = adapt(field.get_default()) if adapt else field.get_default()
    return lambda _row: constant


@lru_cache(maxsize=32)
def statement(model: type[models.Model], _vendor: str) -> str:
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in model._meta.concrete_fields]
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 -- names of our own models


def adapter_of(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How this database wants a value of the field; most it takes as they are."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.JSONField | models.BinaryField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def values_of(row: models.Model) -> Values:
    """The columns of an object made elsewhere, such as a drafted journal entry."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
