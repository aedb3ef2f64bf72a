"""A question that many pages ask: its SQL is written once a process, only the values change.

Of the time of a short read, five parts of six go into writing its SQL anew. A ``Question`` is given a function that
builds the query set, calls it once with stand-ins for the values, and keeps what Django's compiler made of it::

    BY_UNIT = Question(lambda unit: Case.objects.filter(unit=unit).order_by("id")[:20])
    BY_UNIT(7)      # the same rows as the query set would give, as a list

Values may be whole numbers, words, days, moments, and tuples of them. Whatever else changes the SQL (an order, a part,
the paths of an area) is given by name, and the SQL is kept once for each.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Row = TypeVar("Row")
Value = int | str | date | datetime
MOST = 200  # ways of writing one question that are kept
A_NUMBER = 7_340_211_958_000_000
A_MOMENT = datetime(1903, 4, 5, 6, 7, 8, tzinfo=UTC)


def padded(values: Iterable[Value], by: int = 16) -> tuple[Value, ...]:
    """As many values as the next multiple, the last one repeated: a few more or less are asked in the same words."""
    given = tuple(values)
    return given + given[-1:] * (-len(given) % by)


class Question(Generic[Row]):
    """Call it with the values; it answers with a list of what the query set would yield."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self.ask = ask
        self.written: dict[Any, Written | None] = {}

    def __call__(self, *values: Value | tuple[Value, ...], **ways: Hashable) -> list[Row]:
        key = (*(_form(value) for value in values), *sorted(ways.items()))
        found = self.written[key] if key in self.written else self._write(key, values, ways)
        return list(found.rows(list(_flat(values)))) if found else []

    def one(self, *values: Value | tuple[Value, ...], **ways: Hashable) -> Row | None:
        """The first row, or nothing."""
        return next(iter(self(*values, **ways)), None)

    def _write(self, key: Any, values: tuple[Any, ...], ways: dict[str, Any]) -> "Written | None":
        stand_ins = _stand_ins(values)
        asked = self.ask(*stand_ins, **ways)
        try:
            written = Written(asked, list(_flat(stand_ins)))
        except EmptyResultSet:  # such as one of no bodies: nothing is asked for
            written = None
        if len(self.written) < MOST:
            self.written[key] = written
        return written


class Written:
    """What the compiler made of a query set, and where in it each value stands."""

    def __init__(self, asked: Any, stand_ins: list[Value]) -> None:
        self.asked, self.compiler = asked, asked.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        self.compiler.connection = None  # the one of the thread that asks takes its place
        places = {_adapted(stand_in): number for number, stand_in in enumerate(stand_ins)}
        self.params = [(param, _place(param, places)) for param in params]
        if {place for _param, place in self.params if place is not None} != set(places.values()):
            raise TypeError("A value does not stand in the SQL as it was given; give it by name.")

    def rows(self, values: list[Value]) -> Iterator[Any]:
        params = [param if place is None else _adapted(values[place]) for param, place in self.params]
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: (self.sql, params)
        asked = SimpleNamespace(  # what Django's own iterables read of a query set
            db=DEFAULT_DB_ALIAS, query=_Query(self.asked.query, compiler), model=self.asked.model,
            _fields=self.asked._fields, _known_related_objects={},
        )  # fmt: skip
        return iter(self.asked._iterable_class(asked))  # noqa: SLF001 -- as above


class _Query:
    """The query of the query set, but with our compiler."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_args: Any, **_more: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _form(value: Any) -> Any:
    """What of a value changes the SQL: its kind, and how many there are."""
    return (type(value), len(value)) if isinstance(value, tuple) else type(value)


def _flat(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _stand_ins(values: tuple[Any, ...]) -> list[Any]:
    """For each value another of its kind that occurs nowhere else."""
    numbers = iter(range(1, 1_000_000))

    def one(value: Any) -> Any:
        return (
            tuple(one(part) for part in value)
            if isinstance(value, tuple)
            else _stand_in(value, next(numbers))
        )

    return [one(value) for value in values]


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, datetime):
        return A_MOMENT + timedelta(days=number)
    if isinstance(value, date):
        return A_MOMENT.date() + timedelta(days=number)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"{value!r} changes the SQL; give it by name.")
    return A_NUMBER + number if isinstance(value, int) else f"stand-in {number}"


def _place(param: Any, places: dict[Any, int]) -> int | None:
    return places.get(param) if isinstance(param, Hashable) else None


def _adapted(value: Any) -> Any:
    """Moments and days as this database takes them."""
    operations: Any = connections[DEFAULT_DB_ALIAS].ops
    if isinstance(value, datetime):
        return operations.adapt_datetimefield_value(value)
    return operations.adapt_datefield_value(value) if isinstance(value, date) else value
