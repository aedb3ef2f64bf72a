"""The register of personal fields: which columns of which models tell something about a person.

Every app declares its models on its card, so that an export is complete and an erasure leaves nothing:

    personal = {
        "contact": {
            "owner": ("person",),              # columns that say whose row it is
            "tell": ("kind", "cipher"),        # what is told to her in an export; a ciphertext is opened
            "silent": ("blind",),              # columns that tell nothing about her, or about somebody else
            "erase": "delete",                 # or {"column": value, …}, or "keep"
            "why": "…",                        # with "keep": the duty that keeps the row
        },
    }

``undeclared`` names what is missing; a test fails on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from linli.kernel.clock import now
from linli.kernel.journal.models import Entry
from linli.kernel.keys.fields import CipherField, read
from linli.kernel.people.models import Person

FORMAT = "linli person 1"


@dataclass(frozen=True, slots=True)
class Declared:
    """What an app says about one of its models."""

    model: type[models.Model]
    owner: tuple[str, ...]
    tell: tuple[str, ...]
    silent: tuple[str, ...]
    erase: Any
    why: str = ""

    def of(self, person: Person) -> "models.QuerySet[Any]":
        """The rows that are hers."""
        wanted = models.Q()
        for column in self.owner:
            wanted |= models.Q(**{column: person.pk})
        rows: models.QuerySet[Any] = self.model._default_manager.filter(wanted).order_by("pk")
        return rows


def declared() -> Iterator[Declared]:
    """Every declaration of every app, in the order of the apps."""
    for config in apps.get_app_configs():
        for name, facts in getattr(config, "personal", {}).items():
            yield Declared(config.get_model(name), **facts)


def undeclared(labels: Iterable[str]) -> list[str]:
    """Columns of these apps that nobody has declared, in models that point to a person."""
    known = {one.model: one for one in declared()}
    wanted = set(labels)
    found = [model for model in apps.get_models() if model._meta.app_label in wanted and _concerns(model)]
    return [problem for model in found for problem in _problems(model, known.get(model))]


def _concerns(model: type[models.Model]) -> bool:
    return model is Person or any(field.related_model is Person for field in model._meta.concrete_fields)


def _problems(model: type[models.Model], facts: Declared | None) -> Iterator[str]:
    label = model._meta.label
    if facts is None:
        yield label
        return
    named = {*facts.owner, *facts.tell, *facts.silent}
    columns = {field.name for field in model._meta.concrete_fields}
    yield from (f"{label}.{name}" for name in sorted(columns - named))
    yield from (f"{label}.{name} does not exist" for name in sorted(named - columns))
    if facts.erase == "keep" and not facts.why:
        yield f"{label} is kept without a why"


def export_of(person: Person) -> dict[str, Any]:
    """Everything that is kept about a person, as plain values for JSON, model by model (个人信息保护法 第四十五条)."""
    records = {facts.model._meta.label_lower: _rows(facts, person) for facts in declared()}
    return {
        "format": FORMAT,
        "made_at": now().isoformat(),
        "person": person.pk,
        "records": {label: rows for label, rows in records.items() if rows},
        "journal": _journal(person),
    }


def _rows(facts: Declared, person: Person) -> list[dict[str, Any]]:
    return [{name: _value(row, name) for name in facts.tell} for row in facts.of(person)]


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if isinstance(field, CipherField):
        return read(row, name)
    if isinstance(field, models.ForeignKey):
        target = getattr(row, name)
        return None if target is None else str(target)
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _journal(person: Person) -> list[dict[str, Any]]:
    """What she did and what was done for her."""
    hers = models.Q(actor_id=person.pk) | models.Q(behalf_id=person.pk)
    rows = Entry.objects.filter(hers).order_by("id").only("at", "verb", "object_kind", "object_id")
    return [
        {"at": entry.at.isoformat(), "verb": entry.verb, "object": f"{entry.object_kind}:{entry.object_id}"}
        for entry in rows
    ]
