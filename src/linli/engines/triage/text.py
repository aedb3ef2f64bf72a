"""Normalising what was typed: width, case, homophones, spaces."""

import re
import unicodedata
from functools import lru_cache

from linli.engines.triage.words import written

SPACE_IN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff0-9])\s+(?=[\u4e00-\u9fff0-9])")
REPEATED = re.compile(r"([!?。,~])\1+")


@lru_cache(maxsize=1)
def _typos() -> tuple[re.Pattern[str], dict[str, str]]:
    typos = written("words")["typos"]
    longest_first = sorted(typos, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), typos


def tidy(text: str) -> str:
    """Width and case only; what was typed is still what was typed."""
    text = unicodedata.normalize("NFKC", text).lower().replace("，", ",")
    return REPEATED.sub(r"\1", SPACE_IN_CHINESE.sub("", text))


def normalise(text: str) -> str:
    pattern, typos = _typos()
    return pattern.sub(lambda found: typos[found.group()], tidy(text))
