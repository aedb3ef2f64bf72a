"""A fair random panel under quotas, drawn from a public text so that anybody can repeat it, each person's chance known."""

from linli.engines.sortition.chances import LEXIMIN, MAXIMIN, Lottery, lottery
from linli.engines.sortition.lots import draw, meets, replacement, reserves
from linli.engines.sortition.panels import Impossible, Panels
from linli.engines.sortition.pool import Person, Pool, Quota

__all__ = [
    "LEXIMIN",
    "MAXIMIN",
    "Impossible",
    "Lottery",
    "Panels",
    "Person",
    "Pool",
    "Quota",
    "draw",
    "lottery",
    "meets",
    "replacement",
    "reserves",
]
