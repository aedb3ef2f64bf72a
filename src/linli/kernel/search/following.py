"""Nobody has to call the search: it reads the sealed journal and looks at whatever a verb touched.

So an action writes nothing for the index, a move or a new party is noticed by itself, and the words of
a matter can be found about three seconds after they were said. A room says once how its things read
(``describe``); the matters of every kind are described here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection, models, transaction

from linli.kernel.journal.models import Seal
from linli.kernel.journal.sealing import tail
from linli.kernel.search import words
from linli.kernel.search.actions import forget, index_many, index_waiting
from linli.kernel.search.models import Doc, Follower

NAME = "search"
BATCH = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Described:
    """A model whose rows can be found: the kind of its documents, and how rows of these keys read."""

    model: type[models.Model]
    kind: str
    read: Callable[[Sequence[int]], list[Doc]]


Widen = Callable[[Iterable[int]], Iterable[int]]
_described: defaultdict[str, list[Described]] = defaultdict(list)
_widened: dict[str, tuple[str, Widen]] = {}


def describe(model: type[models.Model], kind: str, read: Callable[[Sequence[int]], list[Doc]]) -> None:
    """Called by a room's card, once for each kind of document a row gives.

    A key for which ``read`` returns no document is forgotten.
    """
    _described[model._meta.label_lower].append(Described(model, kind, read))


def widen(verb: str, model: type[models.Model], keys: Widen) -> None:
    """A verb said about something else that changes how rows of ``model`` read, such as an erasure."""
    _widened[verb] = (model._meta.label_lower, keys)


def follow(limit: int = BATCH) -> int:
    """Look again at what the next stretch of the journal touched; an idle round only reads."""
    place = Follower.objects.filter(pk=NAME).values_list("position", flat=True).first() or 0
    columns = ("position", "entry__object_kind", "entry__object_id", "entry__verb")
    rows = list(Seal.objects.filter(position__gt=place).order_by("position").values_list(*columns)[:limit])
    if not rows:
        return 0
    with transaction.atomic():
        if _advance(place, rows[-1][0]):
            for label, keys in _touched(row[1:] for row in rows).items():
                for described in _described[label]:
                    _refresh(described, sorted(keys))
    return len(rows)


def _advance(place: int, to: int) -> bool:
    """Only one reader takes a stretch; another finds the place moved."""
    Follower.objects.bulk_create([Follower(name=NAME)], ignore_conflicts=True)
    return bool(Follower.objects.filter(pk=NAME, position=place).update(position=to))


def _touched(rows: Iterable[tuple[str, int, str]]) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for label, key, verb in rows:
        if label in _described:
            found[label].add(key)
        if verb in _widened:
            widened, keys = _widened[verb]
            found[widened].update(keys([key]))
    return found


def _refresh(described: Described, keys: Sequence[int]) -> None:
    docs = described.read(keys)
    index_many(docs)
    gone = set(keys) - {doc.object_id for doc in docs}
    forget(described.kind, *gone)


def index_now() -> None:
    """The job: follow the journal to its end, then bring the words into the index."""
    while follow() == BATCH:
        pass
    while index_waiting(BATCH) == BATCH:
        pass


def rebuild(progress: Progress | None = None, *, batch: int = 500) -> int:
    """Read everything anew and make the whole index again."""
    position, _head = tail()
    with transaction.atomic():
        words.clear(connection)
        Doc.objects.update(state=Doc.State.WAITING, before="")
        Follower.objects.update_or_create(name=NAME, defaults={"position": position})
    for described in chain.from_iterable(_described.values()):
        last, keys = 0, described.model._default_manager.order_by("pk").values_list("pk", flat=True)
        while some := list(keys.filter(pk__gt=last)[:batch]):
            _refresh(described, some)
            last = some[-1]
    total, done = Doc.objects.count(), 0
    while step := index_waiting(batch):
        done += step
        if progress:
            progress(done, total)
    return done
