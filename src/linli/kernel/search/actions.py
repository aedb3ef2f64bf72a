"""Put something into the index, or make the index forget it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from linli.kernel.clock import now
from linli.kernel.journal.erase import empty_the_log
from linli.kernel.search import words
from linli.kernel.search.models import Doc
from linli.kernel.search.scope import scope_of
from linli.kernel.search.splitting import tokens

LONGEST_TEXT = 4000
SEPARATOR = "\x1f"
NEVER = frozenset({"mediation", "visit", "sealed_paper"})
Progress = Callable[[int, int], None]


def draft(
    kind: str, object_id: int, *, title: str, text: str = "", url: str = "", path: str = "",
    body_id: int | None = None, sensitivity: int, audience: Iterable[int] = (), everybody: bool = False,
    at: datetime | None = None,
) -> Doc:  # fmt: skip
    """A document not yet written; bulk imports collect these and insert them together."""
    if kind in NEVER:
        raise ValueError(f"{kind} is confidential and is never indexed")
    scope = scope_of(
        path=path, body_id=body_id, sensitivity=sensitivity, audience=audience, everybody=everybody
    )
    return Doc(
        kind=kind, object_id=object_id, title=title[:200], text=text[:LONGEST_TEXT], url=url, scope=scope,
        at=at or now(),
    )  # fmt: skip


def index(doc: Doc, *, new: bool = False) -> Doc:
    """Write a drafted document inside the caller's transaction, instead of an earlier version of it.

    ``new`` promises that there is no earlier version and saves looking for one.
    """
    old = None if new else _held(doc.kind, doc.object_id)
    if old is None:
        doc.save(force_insert=True)
        return doc
    doc.pk, doc.at, doc.before = old.pk, old.at, old.before
    doc.state = old.state
    if old.state == Doc.State.INDEXED and source(old) != source(doc):
        doc.before, doc.state = source(old), Doc.State.CHANGED
    doc.save(force_update=True)
    return doc


@transaction.atomic
def forget(kind: str, object_id: int) -> bool:
    """Take a document and every trace of its words out of the index and out of the file."""
    doc = _held(kind, object_id)
    if doc is None:
        return False
    _unpost([doc])
    doc.delete()
    transaction.on_commit(partial(empty_the_log, connection.vendor))
    return True


def source(doc: Doc) -> str:
    """Everything the index holds of a document, as one string."""
    return SEPARATOR.join((doc.scope, doc.title, doc.text))


def tokens_of(told: str) -> list[str]:
    scope, title, text = told.split(SEPARATOR, 2)
    return [*scope.split(), *tokens(f"{title}\n{text}")]


def index_waiting(limit: int = 500) -> int:
    """Bring waiting documents into the index; an idle round only reads."""
    waiting = Doc.objects.exclude(state=Doc.State.INDEXED).order_by("id")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        docs = list(waiting.select_for_update(skip_locked=True)[:limit])
        _unpost(docs)
        words.post(connection, [(doc.pk, tokens_of(source(doc))) for doc in docs])
        keys = [doc.pk for doc in docs]
        Doc.objects.filter(pk__in=keys).update(state=Doc.State.INDEXED, before="")
    return len(docs)


def rebuild(progress: Progress | None = None) -> int:
    """Make the whole index again from the documents."""
    with transaction.atomic():
        words.clear(connection)
        Doc.objects.update(state=Doc.State.WAITING, before="")
    total, done = Doc.objects.count(), 0
    while step := index_waiting(2000):
        done += step
        if progress:
            progress(done, total)
    return done


def _held(kind: str, object_id: int) -> Doc | None:
    return Doc.objects.select_for_update().filter(kind=kind, object_id=object_id).first()


def _unpost(docs: Iterable[Doc]) -> None:
    """Take out what the index holds of each: its present words, or its earlier ones."""
    rows = []
    for doc in docs:
        if doc.state != Doc.State.WAITING:
            held = source(doc) if doc.state == Doc.State.INDEXED else doc.before
            rows.append((doc.pk, tokens_of(held)))
    words.take(connection, rows)
