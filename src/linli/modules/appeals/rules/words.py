"""The category tree as data, and how a matter is called in public."""

import csv
from functools import lru_cache
from importlib.resources import files

from django.utils.translation import get_language

SHORTEST = 4


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    text = (files("linli.engines.triage") / "data" / "categories.csv").read_text(encoding="utf-8-sig")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def categories(level: int, parent: str = "") -> list[tuple[str, str]]:
    """``(code, name)`` of one level, in the reader's language; of one parent where given."""
    rows = (row for row in _rows().values() if int(row["level"]) == level)
    return [(r["code"], category_name(r["code"])) for r in rows if not parent or r["parent"] == parent]


def category_name(code: str) -> str:
    """The name of a category; an unknown code (of an import) is its own name."""
    row = _rows().get(code)
    if row is None:
        return code
    return row["name_en"] if (get_language() or "").startswith("en") else row["name_zh"]


def neutral_title(code: str) -> str:
    """What a matter is called before neighbours: its category, never the reporter's words."""
    row = _rows().get(code)
    return row["name_zh"] if row else "街坊反映的事"


def parent_of(l2: str) -> str:
    row = _rows().get(l2)
    return row["parent"] if row else ""


def first_words(text: str, limit: int = 24) -> str:
    """A title made from what was said: up to the first full stop, never in the middle of a long run."""
    clean = " ".join(text.split())
    for i, letter in enumerate(clean):
        if letter in "。！？!?；;\n" and i >= SHORTEST:
            clean = clean[:i]
            break
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
