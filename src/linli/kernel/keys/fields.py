"""Model fields that hold ciphertexts and blind indexes, so that one command can re-encrypt them all."""

from collections.abc import Callable
from typing import Any

from django.db import models

from linli.kernel.keys import ring


class CipherField(models.TextField):  # type: ignore[type-arg]  # plain text to the type checker
    """Text that only the keyring can open. Read and write it with ``read`` and ``put``."""

    def context(self, row: models.Model) -> str:
        """What the ciphertext is bound to: this column of this row, so that it cannot be moved to another."""
        return f"{row._meta.label_lower}.{self.name}:{row.pk}"


class BlindField(models.CharField):  # type: ignore[type-arg]  # plain text to the type checker
    """The blind index of a ``CipherField`` of the same row, or of a part of its text."""

    def __init__(
        self,
        *args: Any,
        source: str = "cipher",
        purpose: str = "",
        part: Callable[[str], str] | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("max_length", 120)
        super().__init__(*args, **options)
        self.source, self.purpose, self.part = source, purpose, part

    def of(self, text: str) -> str:
        return ring.blind(self.part(text) if self.part else text, self.purpose)

    def any_of(self, text: str) -> list[str]:
        """What a search compares with: the text under every key of the ring (already the indexed part)."""
        return ring.blinds(text, self.purpose)


def put(row: models.Model, column: str, text: str) -> None:
    """Encrypt ``text`` into a column and refresh the blind indexes that follow it."""
    setattr(row, column, ring.encrypt(text, cipher_field(type(row), column).context(row)))
    for field in blind_fields(type(row)):
        if field.source == column:
            setattr(row, field.attname, field.of(text))


def read(row: models.Model, column: str) -> str:
    stored = getattr(row, column)
    return ring.decrypt(stored, cipher_field(type(row), column).context(row)) if stored else ""


def cipher_field(model: type[models.Model], column: str) -> CipherField:
    field = model._meta.get_field(column)
    if not isinstance(field, CipherField):
        raise TypeError(f"{model._meta.label}.{column} is not encrypted.")
    return field


def cipher_fields(model: type[models.Model]) -> list[CipherField]:
    return [field for field in model._meta.get_fields() if isinstance(field, CipherField)]


def blind_fields(model: type[models.Model]) -> list[BlindField]:
    return [field for field in model._meta.get_fields() if isinstance(field, BlindField)]


def blind_field(model: type[models.Model], column: str) -> BlindField:
    field = model._meta.get_field(column)
    if not isinstance(field, BlindField):
        raise TypeError(f"{model._meta.label}.{column} is not a blind index.")
    return field
