"""The register of personal fields: which columns of which models tell something about a person.

Every app declares its models on its card, so that an export is complete and an erasure leaves nothing:

    personal = {
        "contact": {
            "owner": ("person",),              # columns that say whose row it is, or paths to them
            "tell": ("kind", "cipher"),        # what is told to her in an export; a ciphertext is opened
            "silent": ("blind",),              # columns that tell nothing about her, or about somebody else
            "erase": "delete",                 # or {"column": value, …}, or "keep"
            "why": "…",                        # with "keep": the duty that keeps the row
            "only": {"audience__lte": 1},      # which of her rows are told; all where it is absent
            "plain": ("owner_id",),            # plain keys of a person that follow when two records are joined
        },
    }

``undeclared`` names what is missing; a test fails on it.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.apps import apps
from django.db import models

from linli.kernel.clock import now
from linli.kernel.files import disk
from linli.kernel.files.models import File
from linli.kernel.journal.models import Entry, Seal
from linli.kernel.keys.fields import CipherField, read
from linli.kernel.people.models import Person

FORMAT = "linli person 1"
PLAIN_KEYS = {"person_id", "owner_id", "by_id", "actor_id", "behalf_id"}
ITS_OWN_WAY = (Entry, Seal)
"""The journal is told as ``journal`` and forgets by ``journal.erase``; its rows never move."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What an app says about one of its models."""

    model: type[models.Model]
    owner: tuple[str, ...]
    tell: tuple[str, ...]
    silent: tuple[str, ...]
    erase: Any
    why: str = ""
    only: dict[str, Any] = field(default_factory=dict)
    plain: tuple[str, ...] = ()

    def of(self, person: Person) -> "models.QuerySet[Any]":
        """The rows that are hers; none of a model that holds only copies (no ``owner``)."""
        wanted = models.Q(pk__in=())
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
    """Columns of these apps that nobody has declared, in models that lead to a person."""
    known = {one.model: one for one in declared()}
    wanted = set(labels)
    concerned = _concerned()
    found = [model for model in apps.get_models() if model._meta.app_label in wanted and model in concerned]
    return [problem for model in found for problem in _problems(model, known.get(model))]


def _concerned() -> set[type[models.Model]]:
    """Person; what holds the key of one; and whatever points to these, however far away."""
    every = [model for model in apps.get_models() if model not in ITS_OWN_WAY]
    found: set[type[models.Model]] = {
        model for model in every if model is Person or _holds_a_plain_key(model)
    }
    while more := {model for model in every if model not in found and _points_into(model, found)}:
        found |= more
    return found


def _holds_a_plain_key(model: type[models.Model]) -> bool:
    columns = model._meta.concrete_fields
    return any(column.name in PLAIN_KEYS and column.related_model is None for column in columns)


def _points_into(model: type[models.Model], found: set[type[models.Model]]) -> bool:
    return any(column.related_model in found for column in model._meta.concrete_fields)


def _problems(model: type[models.Model], facts: Declared | None) -> Iterator[str]:
    label = model._meta.label
    if facts is None:
        yield label
        return
    paths = (*facts.owner, *facts.tell, *facts.silent, *facts.plain, *facts.only)
    named = {path.split("__")[0] for path in paths}
    columns = {column.name for column in model._meta.concrete_fields}
    yield from (f"{label}.{name}" for name in sorted(columns - named))
    yield from (f"{label}.{name} does not exist" for name in sorted(named - columns))
    if facts.erase == "keep" and not facts.why:
        yield f"{label} is kept without a why"


def records_of(person: Person) -> list[Person]:
    """Her record and every other that was joined with it, however many joins ago."""
    found, latest = [person], [person]
    while latest := list(Person.objects.filter(merged_into__in=latest).exclude(pk__in=[p.pk for p in found])):
        found += latest
    return found


def export_of(person: Person) -> dict[str, Any]:
    """Everything that is kept about a person, as plain values for JSON, model by model (个人信息保护法 第四十五条)."""
    people = records_of(person)
    records = {
        facts.model._meta.label_lower: [row for one in people for row in _rows(facts, one)]
        for facts in declared()
    }
    return {
        "format": FORMAT,
        "made_at": now().isoformat(),
        "person": person.pk,
        "records": {label: rows for label, rows in records.items() if rows},
        "journal": _journal(people),
    }


def export_text(person: Person) -> Iterator[str]:
    """The same as one JSON text, with the bytes of her files at its end, one file in memory at a time."""
    text = json.dumps(export_of(person), ensure_ascii=False, indent=2, default=str)
    yield text.removesuffix("\n}") + ',\n  "contents": {'
    rows = File.objects.filter(owner_id__in=[one.pk for one in records_of(person)], gone_at=None).order_by(
        "pk"
    )
    comma = ""
    for file in rows.iterator():
        content = base64.b64encode(disk.place_of(file.token, file.ending).read_bytes()).decode()
        yield f'{comma}\n    "{file.pk}": {json.dumps({"type": file.content_type, "base64": content})}'
        comma = ","
    yield "\n  }\n}\n"


def _rows(facts: Declared, person: Person) -> list[dict[str, Any]]:
    return [{name: _value(row, name) for name in facts.tell} for row in facts.of(person).filter(**facts.only)]


def _value(row: models.Model, path: str) -> Any:
    *steps, name = path.split("__")
    row = reduce(getattr, steps, row)
    column = row._meta.get_field(name)
    if isinstance(column, CipherField):
        return read(row, name)
    if isinstance(column, models.ForeignKey):
        target = getattr(row, name)
        return None if target is None else str(target)
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _journal(people: list[Person]) -> list[dict[str, Any]]:
    """What she did and what was done for her."""
    keys = [one.pk for one in people]
    rows = Entry.objects.filter(models.Q(actor_id__in=keys) | models.Q(behalf_id__in=keys)).order_by("id")
    return [
        {"at": entry.at.isoformat(), "verb": entry.verb, "object": f"{entry.object_kind}:{entry.object_id}"}
        for entry in rows.only("at", "verb", "object_kind", "object_id")
    ]
