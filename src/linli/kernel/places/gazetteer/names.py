"""From the name of a committee in the division codes to the name of its ground, and English names."""

import csv
from functools import lru_cache
from pathlib import Path

FIRST_VILLAGE = 200  # the last three digits: 001 to 199 residents' committees, from 200 villagers' committees
ENGLISH = Path(__file__).parent.parent / "data" / "names_en.csv"
COMMITTEES = ("居民委员会", "村民委员会", "居委会", "村委会")


def is_village(code: str) -> bool:
    return int(code[-3:]) >= FIRST_VILLAGE


def ground_name(code: str, name: str) -> str:
    """老山东里北社区居委会 serves 老山东里北社区; 洼南村委会 serves 洼南村."""
    bare = next((name.removesuffix(end) for end in COMMITTEES if name.endswith(end) and name != end), name)
    if bare == name:
        return name
    ending = "村" if is_village(code) else "社区"
    return bare if bare.endswith((ending, "社区", "村")) else bare + ending


@lru_cache(maxsize=1)
def english_names() -> dict[str, str]:
    """English names by code, for the districts that have them."""
    with ENGLISH.open(encoding="utf-8", newline="") as text:
        return {row["code"]: row["name_en"] for row in csv.DictReader(text)}
