"""The sealer: chains what was recorded, at most a second later, in transactions of its own.

No action waits for a global head. Keys are ordered by time, but a transaction may commit after a later
key was sealed; so the sealer looks a little behind the newest sealed key each time, and ``seal_late``
looks behind everything once an hour.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from linli.kernel.journal.chain import FIXED, GENESIS, Link, head_after
from linli.kernel.journal.models import Entry, Seal
from linli.kernel.keys.ids import ROOM_BITS
from linli.kernel.keys.rows import insert

LOOK_BACK = timedelta(seconds=30)
ATTEMPTS = 20
ALGORITHM = "sha256"


def unsealed(*, above: int = 0) -> QuerySet[Entry]:
    """Entries without a seal, oldest key first; ``above`` bounds how far back the index is read."""
    sealed = Seal.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.filter(~Exists(sealed), pk__gt=above).order_by("pk")


def look_from() -> int:
    """The key from which a usual round looks: a little behind the newest sealed one."""
    newest = Seal.objects.aggregate(newest=Max("entry"))["newest"] or 0
    back = LOOK_BACK // timedelta(milliseconds=1)
    return max(0, newest - (back << ROOM_BITS))


def tail() -> tuple[int, bytes]:
    """Position and head of the newest seal."""
    last = Seal.objects.order_by("-position").values_list("position", "head").first()
    return (last[0], bytes(last[1])) if last else (0, GENESIS)


def seal(now: datetime, limit: int = 2000, *, above: int | None = None) -> int:
    """Chain up to ``limit`` entries and say how many. An idle round only reads."""
    start = look_from() if above is None else above
    if not unsealed(above=start).exists():
        return 0
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic(durable=True):
                return _extend(now, limit, start)
        except IntegrityError as conflict:  # another sealer took the position first: read its head, try again
            problem = conflict
    raise problem


def _extend(now: datetime, limit: int, start: int) -> int:
    position, head = tail()
    seals: list[tuple[object, ...]] = []
    for *fixed, commitment in unsealed(above=start).values_list(*FIXED, "commitment")[:limit]:
        position += 1
        head = head_after(head, Link(position, now, tuple(fixed), bytes(commitment)))
        seals.append((position, fixed[0], head, ALGORITHM, now))
    insert(Seal, ("position", "entry", "head", "algorithm", "sealed_at"), seals)
    return len(seals)


def seal_all(now: datetime, *, above: int | None = None, limit: int = 2000) -> int:
    """Seal round after round until nothing is left behind."""
    total = 0
    while done := seal(now, limit, above=above):
        total += done
        if done < limit:
            break
    return total
