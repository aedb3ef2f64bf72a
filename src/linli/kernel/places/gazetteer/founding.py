"""The bodies every district has from its first day: committees, street offices, the hotline centre."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.places.gazetteer.names import is_village
from linli.kernel.places.models import Area, Body, Post

DEFAULTS = Path(__file__).parent.parent / "data" / "standing_bodies.toml"
BATCH = 500
Pattern = dict[str, Any]


@lru_cache(maxsize=1)
def patterns() -> dict[str, Pattern]:
    """The shipped patterns by level; each names the law it follows."""
    return tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))


def pattern_of(area: Area) -> Pattern:
    rural = area.kind == Area.Kind.COMMUNITY and is_village(area.code) and not area.name.endswith("社区")
    return patterns()["village" if rural else area.kind]


def found_bodies(district: Area, *, by: Any, on: date) -> int:
    """Found what is missing in the district, its streets and communities; what stands is left alone."""
    areas = Area.objects.filter(
        path__under=district.path, kind__in=("district", "street", "community"), valid_to=None
    )
    inside = Body.objects.filter(area__path__under=district.path, valid_to=None)
    standing = set(inside.values_list("area_id", "kind"))
    founded = [body_of(area, on=on) for area in areas if (area.pk, pattern_of(area)["kind"]) not in standing]
    Body.objects.bulk_create(founded, batch_size=BATCH)
    Post.objects.bulk_create([post for body in founded for post in posts_of(body)], batch_size=BATCH)
    if founded:
        record(
            "places.bodies_founded", district, by=by, path=district.path,
            sensitivity=Sensitivity.PUBLIC, bodies=len(founded),
        )  # fmt: skip
    return len(founded)


def body_of(area: Area, *, on: date) -> Body:
    pattern = pattern_of(area)
    name_en = pattern["name_en"].format(area=area.name_en) if area.name_en else ""
    return Body(
        kind=pattern["kind"],
        name=pattern["name"].format(area=area.name),
        name_en=name_en,
        area=area,
        valid_from=on,
    )


def posts_of(body: Body) -> list[Post]:
    return [Post(body=body, **post) for post in pattern_of(body.area)["posts"]]
