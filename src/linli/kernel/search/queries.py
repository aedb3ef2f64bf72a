"""Find things by their words, among those a person may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.people.standing import Standing
from linli.kernel.search import words as table
from linli.kernel.search.cases import JOINED
from linli.kernel.search.cases import KIND as CASE
from linli.kernel.search.models import Doc
from linli.kernel.search.scope import scope_for
from linli.kernel.search.snippets import Part, marked
from linli.kernel.search.splitting import wanted

TOP = 2**63 - 1
BATCH = 60
MOST_BATCHES = 20
CASES = (CASE, JOINED)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; ``cursor`` continues the search behind it. Parts: (text, whether it was asked for).

    A matter comes with its ``case``; anything else leads to its ``url``.
    """

    kind: str
    object_id: int
    url: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    cursor: int
    case: Case | None = None


def search(who: Standing, words: str, *, limit: int = 20, after: int | None = None) -> list[Hit]:
    """The newest things with all the words that this person may see. Nothing asked finds nothing."""
    asked = wanted(words)
    hits: dict[tuple[str, int], Hit] = {}
    for docs in _batches(scope_for(who), asked, TOP if after is None else after) if asked else ():
        cases = _visible_cases(who, docs)
        for doc in docs:
            if doc.kind not in CASES:
                hits[doc.kind, doc.object_id] = _hit(doc, words, None)
            elif doc.object_id in cases:
                hits.setdefault((CASE, doc.object_id), _hit(doc, words, cases[doc.object_id]))
            if len(hits) == limit:
                return list(hits.values())
    return list(hits.values())


def _batches(mine: list[str], asked: list[str], before: int) -> Iterator[list[Doc]]:
    """Candidates from the index, newest first, a capped number of them."""
    for _round in range(MOST_BATCHES):
        keys = table.find(connection, any_of=mine, all_of=asked, before=before, limit=BATCH)
        if keys:
            found = Doc.objects.in_bulk(keys)
            yield [found[key] for key in keys if key in found and _is_for(mine, found[key])]
        if len(keys) < BATCH:
            return
        before = keys[-1]


def _is_for(mine: list[str], doc: Doc) -> bool:
    """The document as it stands now, however far the index lags behind it."""
    return not set(mine).isdisjoint(doc.scope.split())


def _visible_cases(who: Standing, docs: Iterable[Doc]) -> dict[int, Case]:
    """What the index says of a case never widens what the case itself allows at this moment."""
    keys = [doc.object_id for doc in docs if doc.kind in CASES]
    return cases_seen_by(who).in_bulk(keys) if keys else {}


def _hit(doc: Doc, words: str, case: Case | None) -> Hit:
    return Hit(
        kind=CASE if case else doc.kind, object_id=doc.object_id, url=doc.url, title=marked(doc.title, words, width=200),
        snippet=marked(doc.text, words, width=60), cursor=doc.pk, case=case,
    )  # fmt: skip
