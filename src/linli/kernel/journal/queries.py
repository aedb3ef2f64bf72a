"""Reads of the journal that have a name."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models import Q, QuerySet

from linli.kernel.journal.models import Entry, Sensitivity

FEW = 3


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


def newest_of(verbs: Iterable[str]) -> tuple[int, ...]:
    """The newest entries of some verbs, a few of each, since two desks may commit out of order.

    What was drawn from the rows these verbs change is still true while this answer stays the same: a few steps
    into an index, however long the journal.
    """
    asked = list(verbs)
    table = connection.ops.quote_name(Entry._meta.db_table)
    one = f"SELECT id FROM (SELECT id FROM {table} WHERE verb = %s ORDER BY id DESC LIMIT {FEW}) AS newest"  # noqa: S608 -- a table of our own
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), asked)
        return tuple(sorted(key for (key,) in cursor.fetchall()))
