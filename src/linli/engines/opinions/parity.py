"""The same sums as Polis in production, given what only its history explains.

Production starts each computation from the one before it. So who counts, how many groups there are and where their
centres lie cannot be had from the votes alone: parity takes these from production's own record and computes the rest.
There agreeing is -1, a moderated column counts as if everybody had passed on it, and the sign of a component is
whatever it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from linli.engines.opinions.components import Moments, components, projections
from linli.engines.opinions.conversation import Conversation, Floats, Id, Matrix, in_order
from linli.engines.opinions.findings import Count, group_aware
from linli.engines.opinions.grouping import Ints
from linli.engines.opinions.opinion_map import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Production:
    """What is taken over: the statements in order and those moderated out, the bases of participants, the groups'
    centres (k, 2), and the components (2, statements) for their signs alone."""

    statements: tuple[Id, ...]
    out: frozenset[Id]
    bases: tuple[tuple[Id, ...], ...]
    centres: Floats
    components: Floats

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> "Production":
        """From the record that production keeps of its mathematics."""
        return cls(
            tuple(record["tids"]),
            frozenset(record["mod-out"]),
            tuple(tuple(members) for members in record["base-clusters"]["members"]),
            np.array([group["center"] for group in record["group-clusters"]], dtype=np.float64),
            np.array(record["pca"]["comps"], dtype=np.float64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reproduction:
    """`centre` (statements,), `components` (2, statements), `bases` (bases, 2), `members` of each group, its new
    `centres` (k, 2), `counts` of each group by statement, and the group-aware consensus, exactly."""

    centre: Floats
    components: Floats
    bases: Floats
    members: tuple[frozenset[Id], ...]
    centres: Floats
    counts: dict[Id, tuple[Count, ...]]
    consensus: dict[Id, Fraction]


def reproduce(conversation: Conversation, production: Production) -> Reproduction:
    """Compute the map as production did. O(people x statements² + statements³)."""
    matrix = _as_kept(conversation, production)
    moments = Moments.of(matrix.values, matrix.seen)
    centre = moments.centre()
    directions = _signed_like(components(moments), production.components)
    bases = _bases(matrix, projections(matrix, centre, directions), production.bases)
    labels = ((bases[:, None] - production.centres[None]) ** 2).sum(axis=2).argmin(axis=1)
    counts = _counted(conversation, production, labels)
    return Reproduction(
        centre,
        directions,
        bases,
        tuple(_members(production.bases, labels, group) for group in range(len(production.centres))),
        _centres(bases, production.bases, labels, len(production.centres)),
        counts,
        {statement: group_aware(counts[statement]) for statement in production.statements},
    )


def _whole(conversation: Conversation, production: Production) -> Matrix:
    people = conversation.participants
    rows = {person: row for row, person in enumerate(people)}
    columns = {statement: column for column, statement in enumerate(production.statements)}
    cells = [(rows[p], columns[s], value) for (p, s), (_, value) in conversation.said.items()]
    return Matrix.of(people, production.statements, np.array(cells, dtype=np.int64).reshape(-1, 3))


def _as_kept(conversation: Conversation, production: Production) -> Matrix:
    """With agreeing as -1, and what was moderated out as a pass of everybody."""
    whole = _whole(conversation, production)
    out = [column for column, statement in enumerate(production.statements) if statement in production.out]
    values, seen = -whole.values, whole.seen.copy()
    values[:, out], seen[:, out] = 0, 1
    return Matrix(whole.participants, whole.statements, values, seen)


def _signed_like(found: Floats, given: Floats) -> Floats:
    turned: Floats = found * np.where((found * given).sum(axis=1) < 0, -1, 1)[:, None]
    return turned


def _bases(matrix: Matrix, positions: Floats, bases: Sequence[Sequence[Id]]) -> Floats:
    rows = {person: row for row, person in enumerate(matrix.participants)}
    return np.array(
        [positions[[rows[person] for person in sorted(base, key=in_order)]].mean(axis=0) for base in bases]
    )


def _members(bases: Sequence[Sequence[Id]], labels: Ints, group: int) -> frozenset[Id]:
    return frozenset(
        person for base, label in zip(bases, labels, strict=True) if label == group for person in base
    )


def _centres(places: Floats, bases: Sequence[Sequence[Id]], labels: Ints, k: int) -> Floats:
    """The mean of each group's bases, each weighing as many people as it has."""
    weights = np.array([len(base) for base in bases], dtype=np.float64)
    inside = [labels == group for group in range(k)]
    return np.array([np.average(places[rows], axis=0, weights=weights[rows]) for rows in inside])


def _counted(conversation: Conversation, production: Production, labels: Ints) -> dict[Id, tuple[Count, ...]]:
    whole, k = _whole(conversation, production), len(production.centres)
    group_of = {
        person: int(label) for base, label in zip(production.bases, labels, strict=True) for person in base
    }
    groups = np.array([group_of.get(person, -1) for person in whole.participants])
    tally = Tally.of(whole, groups, k)
    cells = np.stack([tally.agree, tally.disagree, tally.seen], axis=2)
    return {
        statement: tuple(Count(*map(int, cells[group, column])) for group in range(k))
        for column, statement in enumerate(production.statements)
    }
