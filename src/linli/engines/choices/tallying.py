"""Ranked ballots for `linli tally`: a PrefLib file in, a result for people, for machines or as a picture out."""

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from linli.engines.choices.ballots import Overvotes, Profile, Skipped
from linli.engines.choices.counting import RULES, count
from linli.engines.choices.drawing import draw
from linli.engines.choices.pairwise import Compared
from linli.engines.choices.preflib import TYPES, read
from linli.engines.choices.rounds import Counted, Round
from linli.engines.choices.telling import tell

__all__ = ["add_options", "draw", "recognises", "tally", "tell"]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rule", choices=RULES, default="irv", help="how it is counted / 计票规则")
    parser.add_argument(
        "--overvotes",
        choices=[one.value for one in Overvotes],
        default="skip",
        help="several at one rank / 同一名次填多个",
    )
    parser.add_argument(
        "--skipped",
        choices=[one.value for one in Skipped],
        default="ignore",
        help="a rank left empty / 跳过的名次",
    )


def recognises(path: Path) -> bool:
    return path.is_file() and path.suffix.lstrip(".").lower() in TYPES


def tally(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """``{"rule", "title", "alternatives", "voters", "abstained", "invalid", "winners", "rounds" or "matrix", …}``.

    Votes are whole numbers, or decimals where papers were shared. BadFile for a file that cannot be counted.
    """
    profile = read(path)
    found = count(profile, options.rule, Overvotes(options.overvotes), Skipped(options.skipped))
    return {**_papers(profile, options), "winners": list(found.winners), **_how(profile, found)}


def _papers(profile: Profile, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "rule": options.rule, "options": {"overvotes": options.overvotes, "skipped": options.skipped},
        "title": profile.title, "alternatives": {str(n): profile.names[n] for n in profile.alternatives},
        "voters": profile.voters, "abstained": profile.abstained, "invalid": profile.invalid,
    }  # fmt: skip


def _how(profile: Profile, found: Counted | Compared) -> dict[str, Any]:
    if isinstance(found, Counted):
        return {"rounds": [_round(this) for this in found.rounds]}
    scores = {str(number): _number(score) for number, score in found.scores.items()}
    return {"matrix": found.matrix.tolist(), "scores": scores}


def _round(this: Round) -> dict[str, Any]:
    totals = {str(number): _number(votes) for number, votes in this.totals.items()}
    return {"totals": totals, "exhausted": _number(this.exhausted), "out": list(this.out)}


def _number(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)
