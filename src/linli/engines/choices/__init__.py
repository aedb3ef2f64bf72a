"""Choose one of several: ranked, approved or scored ballots counted exactly, with every round or comparison on record."""

from linli.engines.choices.ballots import Overvotes, Profile, Skipped, profile
from linli.engines.choices.counting import RULES, count
from linli.engines.choices.errors import BadFile
from linli.engines.choices.marks import Marked, approval, score
from linli.engines.choices.pairwise import Compared, borda, condorcet, copeland, minimax, schulze
from linli.engines.choices.preflib import parse, read, write
from linli.engines.choices.rounds import Counted, Round, Ties, irv, plurality, two_round

__all__ = [
    "RULES",
    "BadFile",
    "Compared",
    "Counted",
    "Marked",
    "Overvotes",
    "Profile",
    "Round",
    "Skipped",
    "Ties",
    "approval",
    "borda",
    "condorcet",
    "copeland",
    "count",
    "irv",
    "minimax",
    "parse",
    "plurality",
    "profile",
    "read",
    "schulze",
    "score",
    "two_round",
    "write",
]
