"""Which cases lead to one another, as far as a reader may know: from her first sentence to what it became."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.kinds import all_kinds, kind_of
from linli.kernel.cases.models import Case, Link, Party
from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.standing import Standing

FARTHEST = 12
"""Links followed in either direction; a circle ends here too."""
MOST_LINKS = 500

WORDS = {
    (Link.Kind.BECOMES.value, True): _("This became"), (Link.Kind.BECOMES.value, False): _("This came from"),
    (Link.Kind.REPEATS.value, True): _("Handled together with"),
    (Link.Kind.REPEATS.value, False): _("Neighbours also raised"),
    (Link.Kind.PART_OF.value, True): _("Part of"), (Link.Kind.PART_OF.value, False): _("One part of it"),
}  # fmt: skip
OUTGROWN = (Link.Kind.BECOMES.value, Link.Kind.PART_OF.value)
"""What these lead to was opened by a desk, not raised by one more neighbour."""

WALK = """SELECT DISTINCT l.source_id, l.target_id, l.kind FROM (
    WITH RECURSIVE walked(case_id, via, depth) AS (
        SELECT CAST(%s AS BIGINT), CAST(0 AS BIGINT), 0
        UNION
        SELECT CASE WHEN l.source_id = w.case_id THEN l.target_id ELSE l.source_id END, l.id, w.depth + 1
        FROM walked w JOIN {link} l ON (l.source_id = w.case_id OR l.target_id = w.case_id)
        WHERE w.depth < %s AND l.id <> w.via
    )
    SELECT via FROM walked LIMIT %s
) w JOIN {link} l ON l.id = w.via
"""


@dataclass(frozen=True, slots=True)
class Edge:
    source: int
    target: int
    kind: str

    def other(self, key: int) -> int:
        return self.target if key == self.source else self.source


@dataclass(frozen=True, slots=True)
class Chain:
    """The cases around one: those the reader may open, and how many more neighbours stand behind the rest."""

    start: Case
    cases: dict[int, Case]
    hidden: frozenset[int] = frozenset()
    edges: tuple[Edge, ...] = field(default=())

    def relation(self, case: Case) -> Any:
        """How a case next to the first one is related to it; one farther on says of which kind it is."""
        for edge in self.edges:
            if {edge.source, edge.target} == {self.start.pk, case.pk}:
                return WORDS[edge.kind, edge.source == self.start.pk]
        return kind_of(case.kind).label

    def others(self) -> list[Case]:
        """The cases beside the first one, in the order in which they were raised."""
        rest = [case for key, case in self.cases.items() if key != self.start.pk]
        return sorted(rest, key=lambda case: (case.raised_at, case.pk))


def chain_seen_by(who: Standing, case: Case) -> Chain:
    """The cases that lead to this one and that it leads to; three queries, however many there are.

    A case hidden from the reader is passed and counted, never told. A sealed one that is hidden ends the way: she
    learns neither that it is there nor what lies behind it.
    """
    edges = edges_around(case.pk)
    keys = {key for edge in edges for key in (edge.source, edge.target)} - {case.pk}
    seen = {found.pk: found for found in _seen(who, keys)} if keys else {}
    closed = _sealed(keys - seen.keys()) if keys else set()
    reached = within_reach(case.pk, edges, closed)
    shown = {key: found for key, found in seen.items() if key in reached}
    return Chain(
        case, {case.pk: case, **shown}, frozenset(reached - shown.keys() - {case.pk}),
        tuple(edge for edge in edges if edge.source in reached and edge.target in reached),
    )  # fmt: skip


def edges_around(key: int) -> list[Edge]:
    """The links around a case, nearest first; written by hand, since the mapper cannot walk."""
    walk = WALK.format(link=connection.ops.quote_name(Link._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(walk, [key, FARTHEST, MOST_LINKS])
        return [Edge(*row) for row in cursor.fetchall()]


def _seen(who: Standing, keys: Iterable[int]) -> Iterable[Case]:
    return cases_seen_by(who).filter(pk__in=keys).select_related("area", "community", "unit")


def _sealed(keys: Iterable[int]) -> set[int]:
    rows = Case.objects.filter(pk__in=keys, sensitivity__gte=Sensitivity.SEALED)
    return set(rows.values_list("pk", flat=True))


def within_reach(start: int, edges: Iterable[Edge], closed: set[int]) -> set[int]:
    """The keys that links lead to without entering a closed one."""
    beside: dict[int, set[int]] = {}
    for edge in edges:
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    reached, todo = {start}, [start]
    while todo:
        ahead = beside.get(todo.pop(), set()) - reached - closed
        reached |= ahead
        todo.extend(ahead)
    return reached


def neighbours_behind(chain: Chain) -> int:
    """How many people raised what the chain is about or said “me too”; whoever did both is one. One query."""
    grown = {edge.target for edge in chain.edges if edge.kind in OUTGROWN}
    keys = {*chain.cases, *chain.hidden}
    parts = Party.objects.filter(case__in=keys, part__in=(Party.Part.REPORTER, Party.Part.JOINED))
    office = [kind.name for kind in all_kinds() if kind.official]
    opened = Q(case__in=grown) | Q(case__kind__in=office)
    raised = parts.exclude(opened, part=Party.Part.REPORTER)
    return raised.values("person").distinct().count()
