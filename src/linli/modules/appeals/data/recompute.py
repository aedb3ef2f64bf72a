"""Recompute the three rates from an exported table, with nothing but Python.

    python recompute.py rates.csv [unit|community|street|month]

Response: contacted in time / (contacted in time or not). Solved and satisfied: yes / (yes or no), among those
whom the call-back reached. On time: kept / (kept or missed). Excluded matters count in none of them.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable

RATES = {
    "response": "contacted_in_time",
    "on_time": "closed_on_time",
    "solved": "solved",
    "satisfied": "satisfied",
}


def counted(row: dict[str, str], name: str) -> str:
    """The answer of a row to one rate, or nothing when it does not count there."""
    if row["excluded"]:
        return ""
    if name in {"solved", "satisfied"} and row["effective"] != "True":
        return ""
    return row[RATES[name]]


def recompute(rows: Iterable[dict[str, str]], by: str) -> dict[str, dict[str, list[int]]]:
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: {name: [0, 0] for name in RATES})
    for row in rows:
        for key in (row[by], ""):
            for name in RATES:
                answer = counted(row, name)
                groups[key][name][0] += answer == "True"
                groups[key][name][1] += answer in {"True", "False"}
    return {key: dict(found) for key, found in groups.items()}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8-sig", newline="") as table:
        result = recompute(csv.DictReader(table), sys.argv[2] if len(sys.argv) > 2 else "unit")
    print(json.dumps(result, ensure_ascii=False, sort_keys=True))
