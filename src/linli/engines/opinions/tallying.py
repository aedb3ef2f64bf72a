"""What `linli tally FOLDER` does with a conversation: count it, tell it, draw it.

Only what may be public is in the result: groups of five people or more, counts of five votes or more, nobody's own
votes and nobody's place on the map.
"""

import argparse
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from linli.engines.opinions.conversation import AGREE, Conversation, Id
from linli.engines.opinions.drawing import draw
from linli.engines.opinions.findings import (
    PRIVATE_BELOW,
    Count,
    by_statement,
    consensus,
    divisive,
    representative,
    shown,
)
from linli.engines.opinions.grouping import MOST_GROUPS
from linli.engines.opinions.opinion_map import ENOUGH_VOTES, NO_GROUP, OpinionMap, opinion_map
from linli.engines.opinions.reading import read, votes_file
from linli.engines.opinions.words import tell

EXPORTED = (
    "votes.csv", "comments.csv", "summary.csv", "stats-history.csv", "votes.json", "comments.json",
    "conversation.json", "math-pca2.json",
)  # fmt: skip

__all__ = ["add_options", "draw", "recognises", "tally", "tell"]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--k",
        type=int,
        choices=range(2, MOST_GROUPS + 1),
        metavar="N",
        help="how many groups, 2 to 5; without it the clearest / 分几组（2 到 5），不写就取最清楚的分法",
    )


def recognises(path: Path) -> bool:
    """A folder with votes in it, or a file of the export in such a folder: it stands for the whole."""
    if not path.exists() or not (path.is_dir() or path.name.endswith(EXPORTED)):
        return False
    return votes_file(path) is not None


def tally(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The result as plain data. :class:`BadFile` when the folder cannot be counted."""
    return result_of(read(path), k=getattr(options, "k", None))


def result_of(conversation: Conversation, *, k: int | None = None) -> dict[str, Any]:
    """Shares and places are rounded for reading; what was decided was decided exactly."""
    the_map = opinion_map(conversation, k=k)
    groups = shown(the_map)
    texts = {key: statement.text for key, statement in conversation.statements.items()}
    may_show = len(groups) == the_map.k
    return {
        "topic": conversation.topic,
        "participants": len(the_map.participants),
        "grouped": int((the_map.groups != NO_GROUP).sum()),
        "votes_needed": min(ENOUGH_VOTES, len(the_map.statements)),
        "statements": len(conversation.statements),
        "on_map": len(the_map.statements),
        "votes": len(conversation.said),
        "k": the_map.k,
        "asked_k": k,
        "silhouettes": {str(n): round(value, 4) for n, value in sorted(the_map.silhouettes.items())},
        "groups": [_group(the_map, group, texts) for group in groups],
        "consensus": _consensus(the_map, texts) if may_show else [],
        "divisive": _divisive(the_map, texts) if may_show else [],
    }


def _group(the_map: OpinionMap, group: int, texts: dict[Id, str]) -> dict[str, Any]:
    inside = the_map.positions[the_map.groups == group]
    middle = the_map.middle(group)
    spread = sqrt(sum(float(((inside[:, axis] - middle[axis]) ** 2).mean()) for axis in (0, 1)))
    return {
        "size": len(inside),
        "middle": [round(middle[0], 3), round(middle[1], 3)],
        "spread": round(spread, 3),
        "representative": _representative(the_map, group, texts),
    }


def _representative(the_map: OpinionMap, group: int, texts: dict[Id, str]) -> list[dict[str, Any]]:
    counts = dict(by_statement(the_map))
    found = []
    for one in representative(the_map, group):
        others = sum((c for g, c in enumerate(counts[one.statement]) if g != group), Count(0, 0, 0))
        found.append(
            {
                "id": one.statement,
                "text": texts[one.statement],
                "side": _side(one.side),
                "significant": one.significant,
                "group": _count(one.count),
                "others": _count(others) if others.seen >= PRIVATE_BELOW else None,
            }
        )
    return found


def _consensus(the_map: OpinionMap, texts: dict[Id, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.statement,
            "text": texts[one.statement],
            "side": _side(one.side),
            "group_aware": round(float(one.product), 6),
            "groups": _counts(one.counts),
        }
        for one in consensus(the_map)
    ]


def _divisive(the_map: OpinionMap, texts: dict[Id, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.statement,
            "text": texts[one.statement],
            "most": one.most,
            "least": one.least,
            "apart": round(float(one.apart), 6),
            "groups": _counts(one.counts),
        }
        for one in divisive(the_map)
    ]


def _side(side: int) -> str:
    return "agree" if side == AGREE else "disagree"


def _count(count: Count) -> dict[str, int]:
    passed = count.seen - count.agree - count.disagree
    return {"agree": count.agree, "disagree": count.disagree, "pass": passed, "seen": count.seen}


def _counts(counts: Sequence[Count]) -> list[dict[str, int] | None]:
    """None for a group of which fewer than five saw the statement."""
    return [_count(count) if count.seen >= PRIVATE_BELOW else None for count in counts]
