"""What was voted on and how: projects, a budget, and the ballots, equal ones kept once with their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
FEN = 100  # 分 in one 元
DEAREST, MOST_POINTS = 10**17, 10**9


class Kind(StrEnum):
    """How people voted: ticked projects, gave points, or ranked."""

    APPROVAL = "approval"
    CUMULATIVE = "cumulative"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Project:
    """`cost` is a whole number of the smallest coin (分); `facts` are further columns of the file."""

    id: str
    cost: int
    name: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Election:
    """Projects, a budget in the smallest coin, and the ballots.

    Ballots lie in flat arrays, one entry for each pair of a distinct ballot and a project on it, ballot by ballot:
    `on_ballot` (which ballot, ascending), `on_project` (which project), `points` (1 for a tick, the points given, or
    the Borda points of the place: the number of projects ranked below on the same ballot; 0 or more).
    `copies[b]` is how many people cast ballot b, `ballot_of[v]` the ballot of voter v; a ballot may be empty and
    still has its share of the money. `unit` is how many of the smallest coin make one unit of the currency.
    """

    projects: tuple[Project, ...]
    budget: int
    kind: Kind
    on_ballot: Ints
    on_project: Ints
    points: Ints
    ballot_of: Ints
    voters: Sequence[str] = ()
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    unit: int = FEN
    points_unit: int = 1

    @property
    def people(self) -> int:
        return len(self.ballot_of)

    @cached_property
    def copies(self) -> Ints:
        return np.bincount(self.ballot_of, minlength=self.ballots)

    @cached_property
    def ballots(self) -> int:
        """How many distinct ballots there are, empty ones included."""
        return int(max(self.ballot_of.max(initial=-1), self.on_ballot.max(initial=-1))) + 1

    @cached_property
    def votes(self) -> list[int]:
        """On how many ballots each project stands."""
        counted = np.zeros(len(self.projects), dtype=np.int64)
        np.add.at(counted, self.on_project, self.copies[self.on_ballot])
        return [int(count) for count in counted]

    @cached_property
    def scores(self) -> list[int]:
        """The points each project got altogether, in 1/`points_unit`."""
        counted = np.zeros(len(self.projects), dtype=np.int64)
        np.add.at(counted, self.on_project, self.copies[self.on_ballot] * self.points)
        return [int(count) for count in counted]

    @cached_property
    def costs(self) -> list[int]:
        return [project.cost for project in self.projects]

    @property
    def official(self) -> list[str] | None:
        """The ids that the file's `selected` column says were funded; None without that column."""
        if not any("selected" in project.facts for project in self.projects):
            return None
        return [project.id for project in self.projects if project.facts.get("selected") == "1"]

    def votes_among(self, ballots: Ints) -> int:
        """How many people cast these ballots."""
        return int(self.copies[ballots].sum())

    def cost_of(self, chosen: Iterable[int]) -> int:
        return sum(self.costs[number] for number in chosen)

    def money(self, coins: int) -> int | float:
        """An amount for machines in units of the currency: whole when it is whole."""
        return coins // self.unit if coins % self.unit == 0 else coins / self.unit

    def without(self, dropped: Iterable[int]) -> "Election":
        """The same voters, as if these projects had never stood on a ballot; nobody's share changes."""
        gone = set(dropped)
        left = [number for number in range(len(self.projects)) if number not in gone]
        renumbered = np.full(len(self.projects), -1, dtype=np.int64)
        renumbered[left] = np.arange(len(left))
        keep = renumbered[self.on_project] >= 0
        kept = tuple(self.projects[number] for number in left)
        arrays = self.on_ballot[keep], renumbered[self.on_project[keep]], self.points[keep], self.ballot_of
        return Election(
            kept,
            self.budget,
            self.kind,
            *arrays,
            self.voters,
            self.facts,
            self.meta,
            self.unit,
            self.points_unit,
        )


def election(
    projects: Sequence[Project],
    budget: int,
    ballots: Iterable[Sequence[str] | Mapping[str, int]],
    kind: Kind = Kind.APPROVAL,
    *,
    unit: int = FEN,
    voters: Sequence[str] = (),
) -> Election:
    """An election from ballots in memory: project ids (ticked, or ranked best first), or points by project id.

    Raises ValueError for a doubled or unknown project, or a cost, budget or number of points that is negative or absurd.
    """
    index = _numbered(projects, budget)
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    ballot_of = [seen.setdefault(_pairs(ballot, index, kind), len(seen)) for ballot in ballots]
    flat = [(number, *pair) for pairs, number in seen.items() for pair in pairs]
    on_ballot, on_project, points = np.array(flat, dtype=np.int64).reshape(-1, 3).T
    names = voters or [str(number + 1) for number in range(len(ballot_of))]
    cast = np.array(ballot_of, dtype=np.int64)
    return Election(tuple(projects), budget, kind, on_ballot, on_project, points, cast, names, unit=unit)


def _numbered(projects: Sequence[Project], budget: int) -> dict[str, int]:
    index = {project.id: number for number, project in enumerate(projects)}
    if len(index) != len(projects):
        raise ValueError("A project stands twice on the list.")
    if not all(0 <= amount <= DEAREST for amount in (budget, *(project.cost for project in projects))):
        raise ValueError("Costs and the budget lie between 0 and 10^17.")
    return index


def _pairs(
    ballot: Sequence[str] | Mapping[str, int], index: Mapping[str, int], kind: Kind
) -> tuple[tuple[int, int], ...]:
    """(project, points) for each project on the ballot, by project."""
    if set(ballot) - set(index):
        raise ValueError(f"Nobody knows the project {min(set(ballot) - set(index))}.")
    if len(set(ballot)) != len(ballot):
        raise ValueError("A ballot names a project twice.")
    if isinstance(ballot, Mapping):
        given = dict(ballot)
    elif kind is Kind.ORDINAL:
        given = {name: len(ballot) - place for place, name in enumerate(ballot, 1)}
    else:
        given = dict.fromkeys(ballot, 1)
    if not all(0 <= points <= MOST_POINTS for points in given.values()):
        raise ValueError("Points lie between 0 and 10^9.")
    return tuple(sorted((index[name], points) for name, points in given.items()))
