"""A panel by lot for `linli tally`: a folder with quotas and people in; panel, reserves and chances out."""

import argparse
from pathlib import Path
from typing import Any

from linli.engines.sortition.chances import LEXIMIN, MAXIMIN, Lottery, lottery
from linli.engines.sortition.drawing import draw
from linli.engines.sortition.lots import draw as draw_lots
from linli.engines.sortition.lots import reserves
from linli.engines.sortition.panels import Impossible, Panels
from linli.engines.sortition.pool import Pool
from linli.engines.sortition.reading import files_in, read
from linli.engines.sortition.telling import tell, tell_impossible

__all__ = ["add_options", "draw", "recognises", "tally", "tell"]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--panel", type=int, metavar="N", required=True, help="how many are drawn / 抽多少人")
    parser.add_argument(
        "--rule", choices=(MAXIMIN, LEXIMIN), default=MAXIMIN, help="how chances are made fair / 公平规则"
    )
    parser.add_argument(
        "--seed", metavar="TEXT", default="", help="the public text that draws / 公开的种子文字"
    )
    parser.add_argument(
        "--household",
        metavar="COLUMNS",
        default="",
        help="columns of the address, one of each at most / 地址列，一户最多一人",
    )


def recognises(path: Path) -> bool:
    return path.is_dir() and files_in(path) is not None


def tally(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """``{"panel", "reserves", "probabilities", "min_probability", …}``; ids and chances from 0 to 1.

    BadFile for files nobody can be drawn from, ValueError when no panel meets the quotas, with the least change.
    """
    pool = read(path, [name.strip() for name in options.household.split(",") if name.strip()])
    if options.panel < 1:
        raise ValueError("a panel has at least one seat. / 至少要抽一人。")
    try:
        found = lottery(Panels(pool, options.panel), options.rule)
    except Impossible as no:
        sentences = [tell_impossible(no.changes, pool.quotas, language) for language in ("en", "zh-hans")]
        raise ValueError(" / ".join(sentences)) from None
    return result_of(found, pool, options)


def result_of(found: Lottery, pool: Pool, options: argparse.Namespace) -> dict[str, Any]:
    panel = draw_lots(found, options.seed)
    chances = {id_: float(chance) for id_, chance in found.chances().items()}
    can = [chance for chance in chances.values() if chance] or [0.0]
    return {
        "rule": options.rule, "seed": options.seed, "panel": list(panel),
        "reserves": list(reserves(pool, panel, options.seed)), "probabilities": chances, "min_probability": min(can),
        "never": sorted(id_ for id_, chance in chances.items() if not chance),
        "best_possible_at_most": min(can) + found.short, "quotas": seats_of(pool, panel),
    }  # fmt: skip


def seats_of(pool: Pool, panel: tuple[str, ...]) -> list[dict[str, Any]]:
    seated = [person for person in pool.people if person.id in set(panel)]
    return [
        {
            "feature": quota.feature, "value": quota.value, "min": quota.least, "max": quota.most,
            "seats": sum(p.values[pool.features.index(quota.feature)] == quota.value for p in seated),
        }
        for quota in pool.quotas
    ]  # fmt: skip
