"""One door to all rules: an election and options in, an outcome with everything that explains it out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from linli.engines.budgeting.election import Election, Ints
from linli.engines.budgeting.greedy import by_ratio, by_votes
from linli.engines.budgeting.options import Comparison, Completion, Options, Rule, tie_ranks
from linli.engines.budgeting.phragmen import sequential_phragmen
from linli.engines.budgeting.raising import Raised, raise_shares
from linli.engines.budgeting.shares import Count
from linli.engines.budgeting.support import support


@dataclass(frozen=True)
class Outcome:
    """What was decided, and what explains it. Projects are numbers into `election`, which holds the eligible ones.

    `order` is the order of choice, `plain` what plain counting takes. With equal shares, `raised` is the count behind
    it and its first `bought` projects are bought by shares; a completion chose the rest. `better_here` and
    `better_plain` say how many voters each of the two serves better; `replaced`: the comparison put plain counting in
    the place of the rule's own outcome. `out` were not eligible.
    """

    election: Election
    options: Options
    order: list[int]
    plain: list[int]
    raised: Raised | None = None
    bought: int = 0
    better_here: int = 0
    better_plain: int = 0
    replaced: bool = False
    full: Election | None = None
    out: tuple[int, ...] = ()

    @property
    def selected(self) -> list[str]:
        """Ids as announced: in the order of choice, Phragmén's in the order of ids, since his rule names a set."""
        ids = [self.election.projects[number].id for number in self.order]
        return sorted(ids) if self.options.rule is Rule.PHRAGMEN and not self.replaced else ids

    @property
    def cost(self) -> int:
        return self.election.cost_of(self.order)

    @property
    def count(self) -> Count | None:
        return self.raised.count if self.raised else None


def decide(election: Election, options: Options | None = None) -> Outcome:
    """Count an election.

    O(r · Σ k) for equal shares, where k are the supporting ballots of the projects looked at in each of r rounds, times
    the counts that add1 needs. Raises ValueError for options that do not fit the ballots.
    """
    options = options or Options()
    options.utility_for(election)
    out = ineligible(election, options.eligible)
    field = election.without(out) if out else election
    ranks = tie_ranks(field, options.ties)
    plain = by_votes(field, ranks)
    outcome = _counted(field, options, ranks, plain)
    return _compared(replace(outcome, full=election, out=tuple(out)))


def ineligible(election: Election, share: Fraction) -> list[int]:
    """Projects whose part of the voters is smaller than `share` times their part of the budget.

    Świecie 2023 asked for a third: votes / voters ≥ cost / (3 · budget).
    """
    return [
        number
        for number, cost in enumerate(election.costs)
        if election.votes[number] * election.budget < share * cost * election.people
    ]


def _counted(election: Election, options: Options, ranks: list[int], plain: list[int]) -> Outcome:
    utility = options.utility_for(election)
    if options.rule is Rule.GREEDY_VOTES:
        return Outcome(election, options, plain, plain)
    if options.rule is Rule.GREEDY_RATIO:
        return Outcome(election, options, by_ratio(election, ranks, utility), plain)
    if options.rule is Rule.PHRAGMEN:
        return Outcome(election, options, sequential_phragmen(election, ranks), plain)
    laid_out = support(election, utility)
    if options.completion is Completion.NONE:
        raised = Raised(Count(laid_out, election.budget, ranks), 0, "none", 1)
    else:
        raised = raise_shares(laid_out, ranks, options.stop)
    order = raised.count.order
    bought = len(order)
    if options.completion is Completion.ADD1_GREEDY:
        order = by_votes(election, ranks, order)
    return Outcome(election, options, order, plain, raised, bought)


def _compared(outcome: Outcome) -> Outcome:
    """The comparison step: each voter prefers the outcome that gives more to their own choices."""
    by = outcome.options.comparison
    measure = Comparison.COST if by is Comparison.NONE else by
    here, plain = (served(outcome.election, chosen, measure) for chosen in (outcome.order, outcome.plain))
    copies = outcome.election.copies
    better_here, better_plain = int(copies[here > plain].sum()), int(copies[plain > here].sum())
    outcome = replace(outcome, better_here=better_here, better_plain=better_plain)
    if by is Comparison.NONE or better_plain <= better_here:
        return outcome
    return replace(outcome, order=outcome.plain, replaced=True, raised=None, bought=0)


def served(election: Election, chosen: Iterable[int], measure: Comparison) -> Ints:
    """For each ballot the cost (or the number) of the chosen projects on it."""
    value: Ints = np.zeros(len(election.projects), dtype=np.int64)
    for number in chosen:
        value[number] = election.costs[number] if measure is Comparison.COST else 1
    found: Ints = np.zeros(election.ballots, dtype=np.int64)
    np.add.at(found, election.on_ballot, value[election.on_project] * (election.points > 0))
    return found
