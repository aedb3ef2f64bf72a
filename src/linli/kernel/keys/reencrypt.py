"""After a new key: write every ciphertext and blind index again with it, while the site keeps running."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction

from linli.kernel.keys import ring
from linli.kernel.keys.fields import blind_fields, cipher_fields, put, read

BATCH = 200
Progress = Callable[[int], object]


def reencrypt(progress: Progress = lambda rows: None) -> int:
    """Bring all rows to the current keys and return how many changed. It can be stopped and run again."""
    changed = 0
    for model in encrypted_models():
        for keys in _batches(model):
            changed += _renew(model, keys)
            progress(changed)
    return changed


def encrypted_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if cipher_fields(model)]


def rows_to_renew() -> int:
    """How many rows still name an old key."""
    return sum(len(keys) for model in encrypted_models() for keys in _batches(model))


def _batches(model: type[models.Model]) -> Iterator[list[int]]:
    """Keys of rows written with an old key, read in key order without the write lock."""
    columns = [field.attname for field in (*cipher_fields(model), *blind_fields(model))]
    last = 0
    while rows := list(model._default_manager.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        stale = [row.pk for row in rows if any(_is_old(row, column) for column in columns)]
        if stale:
            yield stale


def _is_old(row: models.Model, column: str) -> bool:
    stored = getattr(row, column)
    sort = "encryption" if column in {field.attname for field in cipher_fields(type(row))} else "blind"
    return bool(stored) and not ring.is_current(stored, sort)


def _renew(model: type[models.Model], keys: list[int]) -> int:
    """Compare-and-set on the old ciphertext: a row that a person changed meanwhile is already new."""
    changed = 0
    with transaction.atomic():
        for row in model._default_manager.filter(pk__in=keys):
            changed += _renew_row(row)
    return changed


def _renew_row(row: models.Model) -> int:
    held = {field.attname: getattr(row, field.attname) for field in cipher_fields(type(row))}
    for column, stored in held.items():
        if stored:
            put(row, column, read(row, column))
    names = [field.attname for field in (*cipher_fields(type(row)), *blind_fields(type(row)))]
    new = {name: getattr(row, name) for name in names}
    return type(row)._default_manager.filter(pk=row.pk, **held).update(**new)
