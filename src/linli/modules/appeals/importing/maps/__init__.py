"""Column maps: which column of a file means what, as a TOML or JSON file."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.places.models import Body
from linli.modules.appeals.models import Channel, Kind, State, Urgency

SHIPPED = Path(__file__).parent
TARGETS = frozenset({
    "ref", "raised_at", "text", "title", "spot", "category", "phone", "name", "state", "state_at", "closed_at",
    "due_at", "channel", "kind", "urgency", "unit", "area",
})  # fmt: skip
CHOICES: dict[str, frozenset[str]] = {
    "state": frozenset(State.values),
    "channel": frozenset(Channel.values),
    "kind": frozenset({*Kind.values, ""}),
    "urgency": frozenset(Urgency.values),
}
FALLBACKS = {"state": State.RECEIVED, "channel": Channel.IMPORT, "kind": "", "urgency": Urgency.ORDINARY}
ANY_OTHER = "*"


@dataclass(frozen=True, slots=True)
class Root:
    """The ground a foreign source lies on; founded at its first import."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """``columns``: for each field its possible columns, the first that is filled counts; ``joined``: all of
    them together; ``values``: what the words of the source mean here, ``*`` stands for every other word.
    """

    source: str
    zone: ZoneInfo
    date_formats: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    joined: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    root: Root | None = None
    found_areas: bool = False
    found_units: str = ""
    unit_default: str = ""
    text: str = ""

    def meaning(self, target: str, word: str) -> str | None:
        """What a word of the source means in a field of ours; ``None`` when the map does not say."""
        known = self.values.get(target, {})
        if not word and word not in known:
            return str(FALLBACKS[target])
        return known.get(word, known.get(ANY_OTHER, word if word in CHOICES[target] else None))


def read_chart(name: str) -> Chart:
    """A shipped map by its name (``standard``, ``baltimore``), or any file ending in .toml or .json."""
    path = Path(name) if name.endswith((".toml", ".json")) else SHIPPED / f"{name}.toml"
    if not path.exists():
        shipped = ", ".join(sorted(file.stem for file in SHIPPED.glob("*.toml")))
        raise Refused(
            _("There is no map %(name)s. Shipped maps: %(shipped)s.") % {"name": name, "shipped": shipped}
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
        told = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        return chart_of(told)
    except (ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError) as problem:
        raise Refused(
            _("The map %(name)s cannot be read: %(problem)s") % {"name": path.name, "problem": problem}
        ) from None


def chart_of(told: dict[str, Any]) -> Chart:
    columns = {
        target: tuple([words] if isinstance(words, str) else words)
        for target, words in told["columns"].items()
    }
    chart = Chart(
        source=told["source"],
        zone=ZoneInfo(told["time_zone"]),
        date_formats=tuple(told["date_formats"]),
        columns=columns,
        joined=frozenset(told.get("joined", ())),
        values=told.get("values", {}),
        root=Root(**told["root"]) if "root" in told else None,
        found_areas=bool(told.get("found_areas", False)),
        found_units=told.get("found_units", ""),
        unit_default=told.get("unit_default", ""),
        text=json.dumps(told, ensure_ascii=False, sort_keys=True),
    )
    check_chart(chart)
    return chart


def check_chart(chart: Chart) -> None:
    """A map that means something impossible is stopped before the first row."""
    strays = {*chart.columns, *chart.joined} - TARGETS
    missing = {"raised_at", "text"} - set(chart.columns)
    if strays or missing:
        raise ValueError(f"columns {sorted(strays | missing)}")
    for target, words in chart.values.items():
        if wrong := set(words.values()) - CHOICES[target]:
            raise ValueError(f"{target} = {sorted(wrong)}")
    if wrong := {chart.found_units, chart.unit_default} - {"", *Body.Kind.values}:
        raise ValueError(f"body kinds {sorted(wrong)}")
