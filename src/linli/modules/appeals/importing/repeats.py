"""What the source called a duplicate is tied to the matter it repeats, where that can be told."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.kernel.cases.models import Case, Link
from linli.kernel.clock import now
from linli.kernel.journal.actions import draft
from linli.kernel.journal.models import Entry
from linli.kernel.people.models import Person
from linli.modules.appeals.models import Appeal, State

CHUNK = 300
Key = tuple[str, str]


def link_repeats(prefix: str, *, by: Person | None) -> int:
    """Tie each duplicate to the latest earlier matter of the same kind at the same address; never to a guess."""
    return sum(tie(chunk, prefix, by) for chunk in chunks(loose(prefix)))


def loose(prefix: str) -> QuerySet[Appeal]:
    """Duplicates of a source that are tied to nothing yet and say where they are."""
    merged = Appeal.objects.filter(source_ref__startswith=prefix, case__state=State.MERGED).exclude(spot="")
    return merged.exclude(case__leads_to__kind=Link.Kind.REPEATS).select_related("case").order_by("pk")


def chunks(found: QuerySet[Appeal]) -> Iterator[list[Appeal]]:
    after = 0
    while chunk := list(found.filter(pk__gt=after)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


@transaction.atomic
def tie(chunk: list[Appeal], prefix: str, by: Person | None) -> int:
    earlier = standing(prefix, {appeal.spot for appeal in chunk})
    links, entries = [], []
    for appeal in chunk:
        target = latest_before(appeal, earlier[appeal.case.title, appeal.spot])
        if target is not None:
            links.append(Link(source=appeal.case, target_id=target, kind=Link.Kind.REPEATS, at=now()))
            entries.append(entry_of(appeal.case, target, by))
    Link.objects.bulk_create(links)
    Entry.objects.bulk_create(entries)
    return len(links)


def standing(prefix: str, spots: set[str]) -> defaultdict[Key, list[tuple[datetime, int]]]:
    """The matters at these addresses that are no duplicates themselves, by kind and address."""
    found = Appeal.objects.filter(source_ref__startswith=prefix, spot__in=spots).exclude(
        case__state=State.MERGED
    )
    grouped: defaultdict[Key, list[tuple[datetime, int]]] = defaultdict(list)
    for title, spot, raised_at, pk in found.values_list("case__title", "spot", "case__raised_at", "pk"):
        grouped[title, spot].append((raised_at, pk))
    return grouped


def latest_before(appeal: Appeal, known: list[tuple[datetime, int]]) -> int | None:
    earlier = [one for one in known if one[0] <= appeal.case.raised_at]
    return max(earlier)[1] if earlier else None


def entry_of(case: Case, target: int, by: Person | None) -> Entry:
    return draft(
        "cases.linked", case, by=by, path=case.path, body_id=case.unit_id, sensitivity=case.sensitivity,
        kind=Link.Kind.REPEATS.value, target=target,
    )  # fmt: skip
