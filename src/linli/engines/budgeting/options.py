"""Everything that decides an outcome besides the ballots: rule, utility, completion, stop, ties. All of it is recorded."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from linli.engines.budgeting.election import Election, Kind


class Rule(StrEnum):
    EQUAL_SHARES = "equal-shares"
    GREEDY_VOTES = "greedy-votes"
    GREEDY_RATIO = "greedy-ratio"
    PHRAGMEN = "phragmen"


class Utility(StrEnum):
    """What a funded project is worth to somebody who voted for it: its cost, one, its Borda points, its points."""

    COST = "cost"
    CARDINALITY = "cardinality"
    BORDA = "borda"
    CUMULATIVE = "cumulative"


class Completion(StrEnum):
    NONE = "none"
    ADD1 = "add1"
    ADD1_GREEDY = "add1-greedy"


class Stop(StrEnum):
    """When add1 ends: as soon as no further project fits, or only when the next step would overspend."""

    EXHAUSTIVE = "exhaustive"
    OVERSPEND = "overspend"


class Comparison(StrEnum):
    """Whether plain counting replaces the outcome when it serves more voters better, and by what that is measured."""

    NONE = "none"
    COST = "cost"
    PROJECTS = "projects"


DEFAULT_TIES = ("cost", "votes", "id")
LOT = "lot:"
SWIECIE_SHARE = Fraction(1, 3)
USUAL_UTILITY = {
    Kind.APPROVAL: Utility.COST,
    Kind.ORDINAL: Utility.BORDA,
    Kind.CUMULATIVE: Utility.CUMULATIVE,
}
NEEDS = {Utility.BORDA: Kind.ORDINAL, Utility.CUMULATIVE: Kind.CUMULATIVE}


@dataclass(frozen=True, slots=True)
class Options:
    """`ties` is a sequence of cost (cheaper first), votes (more first), id (as text), or ``lot:TEXT``.

    With ``lot:TEXT`` ties go by SHA-256 of TEXT, a line break and the project's id: a published text is a lot that
    anybody can draw again. `eligible`: a project is out when votes / voters < `eligible` · cost / budget (Świecie 2023:
    1/3); 0 lets all in.
    """

    rule: Rule = Rule.EQUAL_SHARES
    utility: Utility | None = None
    completion: Completion = Completion.NONE
    stop: Stop = Stop.EXHAUSTIVE
    ties: tuple[str, ...] = DEFAULT_TIES
    comparison: Comparison = Comparison.NONE
    eligible: Fraction = Fraction(0)

    def utility_for(self, election: Election) -> Utility:
        """The utility asked for, or the usual one of this kind of ballot. ValueError when the ballots lack it."""
        utility = self.utility or USUAL_UTILITY[election.kind]
        if utility in NEEDS and NEEDS[utility] is not election.kind:
            raise ValueError(
                f"utility {utility} needs {NEEDS[utility]} ballots, these are {election.kind}. / "
                f"效用 {utility} 要用 {NEEDS[utility]} 选票，这里是 {election.kind} 选票。"
            )
        return utility

    def recorded(self, election: Election) -> dict[str, str]:
        return {
            "utility": self.utility_for(election).value,
            "completion": self.completion.value,
            "stop": self.stop.value,
            "ties": ",".join(self.ties),
            "comparison": self.comparison.value,
            "eligible": str(self.eligible),
        }


def tie_ranks(election: Election, ties: tuple[str, ...]) -> list[int]:
    """For each project its place when all are tied, 0 first; what still ties goes by id, then by place on the list."""
    keys = [_tie_key(election, name) for name in (*ties, "id")]
    numbers = sorted(range(len(election.projects)), key=lambda number: tuple(key(number) for key in keys))
    ranks = [0] * len(numbers)
    for rank, number in enumerate(numbers):
        ranks[number] = rank
    return ranks


def _tie_key(election: Election, name: str) -> Callable[[int], int | str]:
    if name == "cost":
        return lambda number: election.costs[number]
    if name == "votes":
        return lambda number: -election.votes[number]
    if name == "id":
        return lambda number: election.projects[number].id
    if name.startswith(LOT) and name != LOT:
        return lambda number: _lot(name.removeprefix(LOT), election.projects[number].id)
    raise ValueError(
        f"{name!r} is no tie rule; there are cost, votes, id, lot:TEXT. / "
        f"没有“{name}”这种平局规则，可以用 cost、votes、id、lot:文字。"
    )


def _lot(text: str, project: str) -> str:
    return hashlib.sha256(f"{text}\n{project}".encode()).hexdigest()
