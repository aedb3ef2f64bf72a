"""One name for each rule over ranked ballots."""

from linli.engines.choices import pairwise, rounds
from linli.engines.choices.ballots import Overvotes, Profile, Skipped

BY_ROUNDS = {"plurality": rounds.plurality, "irv": rounds.irv, "two-round": rounds.two_round}
BY_PAIRS = {
    "borda": pairwise.borda,
    "condorcet": pairwise.condorcet,
    "copeland": pairwise.copeland,
    "minimax": pairwise.minimax,
    "schulze": pairwise.schulze,
}
RULES = ("plurality", "borda", "irv", "two-round", "condorcet", "copeland", "minimax", "schulze")


def count(
    profile: Profile, rule: str, overvotes: Overvotes = Overvotes.SKIP, skipped: Skipped = Skipped.IGNORE
) -> rounds.Counted | pairwise.Compared:
    """The result under one of ``RULES``; policies matter only where a ballot has one vote. ValueError for another name."""
    if rule in BY_ROUNDS:
        return BY_ROUNDS[rule](profile, overvotes, skipped)
    if rule in BY_PAIRS:
        return BY_PAIRS[rule](profile)
    raise ValueError(f"There is no rule {rule}; choose one of {', '.join(RULES)}.")
