"""Reads of the journal that have a name."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q, QuerySet

from linli.kernel.journal.models import Entry, Sensitivity


def entries_of(subject: models.Model) -> QuerySet[Entry]:
    """Everything recorded about one object, oldest first."""
    found = Entry.objects.filter(object_kind=subject._meta.label_lower, object_id=subject.pk)
    return found.order_by("pk")


def entries_seen_by(
    person_id: int | None, *, paths: Iterable[str] = (), body_ids: Iterable[int] = ()
) -> QuerySet[Entry]:
    """What she did or had done for her, what her bodies answer for, what happened in the areas she watches.

    A sealed entry is seen by its parties and its body alone, never by a wider supervisor.
    """
    seen = Q(body_id__in=list(body_ids))
    if person_id is not None:
        seen |= Q(actor_id=person_id) | Q(behalf_id=person_id)
    for path in paths:
        seen |= Q(path__under=path, sensitivity__lt=Sensitivity.SEALED)
    return Entry.objects.filter(seen).order_by("-pk")
