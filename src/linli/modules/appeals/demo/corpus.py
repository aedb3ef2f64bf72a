"""What neighbours say: the shipped corpus of invented appeals, moved to the places of the demo."""

import json
import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from linli.modules.appeals.models import Kind

INVENTED = ("云杉里", "桐花苑", "机械厂宿舍", "和顺家园", "石榴胡同", "青禾公寓", "云杉路")
KINDS = {
    "咨询": Kind.CONSULTATION,
    "求助": Kind.HELP,
    "投诉": Kind.COMPLAINT,
    "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION,
    "表扬": Kind.PRAISE,
}
CHANNELS = {"wechat": "wechat", "phone": "phone", "hotline_12345": "hotline_12345", "web": "web"}
HEATING, FLOODING, NOISE, SCHOOL = ("0503", "0504"), ("0405",), ("07",), ("14",)


@dataclass(frozen=True, slots=True)
class Said:
    """One text with its labels."""

    text: str
    kind: str
    l1: str
    l2: str
    urgency: str
    channel: str
    unit: str
    alone: bool


@lru_cache(maxsize=1)
def texts() -> tuple[Said, ...]:
    """The texts that end at a unit: no special routes, no second tellings of one fact."""
    raw = (files("linli.engines.triage") / "data" / "dev.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in raw.splitlines()]
    return tuple(said(row) for row in rows if row["special_route"] == "none" and not row["hard_negative_of"])


def said(row: dict[str, str]) -> Said:
    return Said(
        text=row["text"], kind=KINDS[row["type"]], l1=row["l1"], l2=row["l2"], urgency=row["urgency"],
        channel=CHANNELS.get(row["channel"], "wechat"), unit=row["unit"], alone=not row["group"],
    )  # fmt: skip


def moved(text: str, estate: str) -> str:
    """The text as it would be said in an estate of the demo."""
    for name in INVENTED:
        text = text.replace(name, estate)
    return text


def weight(item: Said, day: date) -> float:
    """How likely this is said on a day: heating in winter, flooding in summer, the rest evenly (DOMAIN 4.2)."""
    winter = day >= date(day.year, 11, 15) or day <= date(day.year, 3, 15)
    if item.l2 in HEATING:
        return 5.0 if winter else 0.15
    if item.l2 in FLOODING:
        return 3.0 if 6 <= day.month <= 9 else 0.1
    return 2.6 if item.kind == Kind.CONSULTATION else 1.0


class Sampler:
    """Draws texts by the season; the weights of a day are added up once."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sums: dict[date, list[float]] = {}

    def draw(self, day: date) -> Said:
        if day not in self.sums:
            total, sums = 0.0, []
            for item in texts():
                total += weight(item, day)
                sums.append(total)
            self.sums[day] = sums
        return self.rng.choices(texts(), cum_weights=self.sums[day])[0]
