"""Take words out of the journal without breaking its chain: only payload and salt go.

The chain is built over commitments; with the salt gone a commitment tells nothing about the words.
"""

from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction
from django.db.models import Q

from linli.kernel.journal.models import Entry

PERSON = "people.person"
BATCH = 500


def forget_person(person_id: int) -> int:
    """Erase the words of what she did, what was done for her and what was recorded about her."""
    hers = Q(actor_id=person_id) | Q(behalf_id=person_id) | Q(object_kind=PERSON, object_id=person_id)
    return _forget(hers)


def forget_objects(kind: str, object_ids: Iterable[int]) -> int:
    """Erase the words recorded about some objects of one kind, such as ``"cases.case"``."""
    wanted = list(object_ids)
    batches = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    return sum(_forget(Q(object_kind=kind, object_id__in=batch)) for batch in batches)


def _forget(which: Q) -> int:
    """Find first, so that the write lock is held for the rows alone and not for the search."""
    keys = list(Entry.objects.filter(which, payload__isnull=False).values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            Entry.objects.filter(pk__in=keys[start : start + BATCH]).update(payload=None, salt=None)
        transaction.on_commit(partial(empty_the_log, connection.vendor))
    return len(keys)


def empty_the_log(vendor: str) -> None:
    """SQLite keeps the overwritten pages in its write-ahead log until that is emptied."""
    if vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
