"""Put something into the index, or make the index forget it."""

from collections.abc import Iterable, Sequence
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


def index(doc: Doc) -> None:
    """Write a drafted document inside the caller's transaction, instead of an earlier version of it."""
    index_many([doc])


@transaction.atomic
def index_many(docs: Sequence[Doc]) -> None:
    """Write documents of one kind; those that say what they said before cost nothing."""
    held = (
        {old.object_id: old for old in _held(docs[0].kind, [doc.object_id for doc in docs])} if docs else {}
    )
    Doc.objects.bulk_create([doc for doc in docs if doc.object_id not in held])
    changed = [
        held[doc.object_id] for doc in docs if doc.object_id in held and _renew(held[doc.object_id], doc)
    ]
    Doc.objects.bulk_update(changed, ("title", "text", "url", "scope", "state", "before"), batch_size=100)


def _renew(old: Doc, new: Doc) -> bool:
    """Let an existing document say what the new one says; false when it says that already."""
    told = source(old)
    if (told, old.url) == (source(new), new.url):
        return False
    if old.state == Doc.State.INDEXED and told != source(new):
        old.before, old.state = told, Doc.State.CHANGED
    old.title, old.text, old.url, old.scope = new.title, new.text, new.url, new.scope
    return True


@transaction.atomic
def forget(kind: str, *object_ids: int) -> int:
    """Take documents and every trace of their words out of the index and out of the file."""
    docs = _held(kind, object_ids)
    if docs:
        _unpost(docs)
        Doc.objects.filter(pk__in=[doc.pk for doc in docs]).delete()
        transaction.on_commit(partial(empty_the_log, connection.vendor))
    return len(docs)


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


def _held(kind: str, object_ids: Iterable[int]) -> list[Doc]:
    return list(Doc.objects.select_for_update().filter(kind=kind, object_id__in=list(object_ids)))


def _unpost(docs: Iterable[Doc]) -> None:
    """Take out what the index holds of each: its present words, or its earlier ones."""
    rows = []
    for doc in docs:
        if doc.state != Doc.State.WAITING:
            held = source(doc) if doc.state == Doc.State.INDEXED else doc.before
            rows.append((doc.pk, tokens_of(held)))
    words.take(connection, rows)
