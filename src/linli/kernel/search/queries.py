"""Find things by their words, among those a person may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.people.standing import Standing
from linli.kernel.search import words as table
from linli.kernel.search.models import Doc
from linli.kernel.search.scope import scope_for
from linli.kernel.search.snippets import Part, marked
from linli.kernel.search.splitting import wanted

CASE = "case"
TOP = 2**63 - 1
BATCH = 60
MOST_BATCHES = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; ``cursor`` continues the search behind it. Parts: (text, whether it was asked for)."""

    kind: str
    object_id: int
    url: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    cursor: int


def search(who: Standing, words: str, *, limit: int = 20, after: int | None = None) -> list[Hit]:
    """The newest things with all the words that this person may see. Nothing asked finds nothing."""
    asked = wanted(words)
    if not asked:
        return []
    hits: list[Hit] = []
    for docs in _batches(scope_for(who), asked, TOP if after is None else after):
        for doc in _still_visible(who, docs):
            hits.append(_hit(doc, words))
            if len(hits) == limit:
                return hits
    return hits


def _batches(mine: list[str], asked: list[str], before: int) -> Iterator[list[Doc]]:
    """Candidates from the index, newest first, a capped number of them."""
    for _round in range(MOST_BATCHES):
        keys = table.find(connection, any_of=mine, all_of=asked, before=before, limit=BATCH)
        if keys:
            found = Doc.objects.in_bulk(keys)
            yield [
                found[key]
                for key in keys
                if key in found and not set(mine).isdisjoint(found[key].scope.split())
            ]
        if len(keys) < BATCH:
            return
        before = keys[-1]


def _still_visible(who: Standing, docs: Iterable[Doc]) -> list[Doc]:
    """The index may lag behind a move by seconds; what it says of a case never widens what the case allows."""
    docs = list(docs)
    cases = [doc.object_id for doc in docs if doc.kind == CASE]
    seen = set(cases_seen_by(who).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    return [doc for doc in docs if doc.kind != CASE or doc.object_id in seen]


def _hit(doc: Doc, words: str) -> Hit:
    return Hit(
        kind=doc.kind, object_id=doc.object_id, url=doc.url, title=marked(doc.title, words, width=200),
        snippet=marked(doc.text, words, width=60), cursor=doc.pk,
    )  # fmt: skip
