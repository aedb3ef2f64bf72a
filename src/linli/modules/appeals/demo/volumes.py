"""The volumes of the other communities: about 760 dispatched matters a community a year (DOMAIN §4.2)."""

import math
import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

from linli.kernel.cases.clocks import rules_for
from linli.kernel.clock import SHANGHAI, now, today
from linli.kernel.keys import new_id
from linli.kernel.keys.rows import insert
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.actions.laying import Record, lay
from linli.modules.appeals.demo.corpus import Said, Sampler, moved
from linli.modules.appeals.demo.lives import Life, Place, live
from linli.modules.appeals.models import CatalogueRow
from linli.modules.appeals.queries.catalogue import bodies_above, named

A_DAY = 760 / 365 / 0.67  # a third of the matters is answered at the desk and never dispatched
WEEK = (1.35, 1.1, 1.05, 1.0, 1.0, 0.75, 0.75)  # Monday is the peak, weekends are lower
REPORTERS = 60


def days(count: int) -> list[date]:
    return [today() - timedelta(days=back) for back in range(count, -1, -1)]


@cache
def skew(community: int) -> float:
    """Some communities have three times the matters of others; the same ones every day."""
    rng = random.Random(community)  # noqa: S311 -- a shape, no secret
    return math.exp(rng.gauss(-0.08, 0.4))


@cache
def reporters(community: int) -> tuple[int, ...]:
    """Neighbours who raise matters here; named only by how they are called."""
    rng = random.Random(community)  # noqa: S311
    keys = tuple(new_id() for _ in range(REPORTERS))
    rows = (
        (
            key,
            "natural",
            "",
            rng.choice("王李张刘陈杨赵黄周吴徐孙") + rng.choice(("女士", "先生", "阿姨", "大爷")),
            community,
        )
        for key in keys
    )
    insert(Person, ("id", "kind", "name", "called", "community"), rows)
    return keys


@cache
def bodies_of(community: Area) -> list[Body]:
    return bodies_above(community.path, today())


@cache
def unit_of(community: Area, l2: str) -> Body:
    """Where the catalogue sends a category here; what it names no body for stays with the committee."""
    found = named(bodies_of(community), unit_names()[l2]) if l2 in unit_names() else None
    return found or next(body for body in bodies_of(community) if body.kind == Body.Kind.RESIDENTS_COMMITTEE)


@cache
def unit_names() -> dict[str, str]:
    """The demo's catalogue: category to the name of the unit."""
    return dict(CatalogueRow.objects.values_list("l2", "unit_name"))


def forget() -> None:
    """A second telling in the same process begins with nothing remembered."""
    for remembered in (reporters, bodies_of, unit_of, unit_names):
        remembered.cache_clear()
    _places.clear()


def lay_day(day: date, communities: list[Area], handlers: Mapping[int, int], rng: random.Random) -> int:
    """One day of the whole district, in the order in which the matters were raised."""
    sampler, records = Sampler(rng), []
    for community in communities:
        expected = A_DAY * WEEK[day.weekday()] * skew(int(community.code))
        for _ in range(_poisson(expected, rng)):
            moment = datetime.combine(day, _hour(rng), SHANGHAI)
            if moment < now():
                records.append(_matter(community, moment, sampler.draw(day), handlers, rng))
    lay(sorted(records, key=lambda record: record.raised_at))
    return len(records)


def _matter(
    community: Area, moment: datetime, drawn: Said, handlers: Mapping[int, int], rng: random.Random
) -> Record:
    unit = unit_of(community, drawn.l2)
    said = Said(
        moved(drawn.text, community.name.removesuffix("社区")), drawn.kind, drawn.l1, drawn.l2, drawn.urgency,
        drawn.channel, drawn.unit, drawn.alone,
    )  # fmt: skip
    return live(
        Life(
            said=said, place=place_of(community, handlers), reporter=rng.choice(reporters(community.pk)),
            unit=unit.pk, handler=handlers[unit.pk], now=now(), rng=rng, at=moment,
        )
    )  # fmt: skip


_places: dict[int, Place] = {}


def place_of(community: Area, handlers: Mapping[int, int]) -> Place:
    if community.pk not in _places:
        committee = Body.objects.get(area=community, kind=Body.Kind.RESIDENTS_COMMITTEE)
        _places[community.pk] = Place(
            area=community.pk, path=community.path, community=community.pk, street=community.parent_id or 0,
            clerk=handlers[committee.pk], rules=rules_for(community.path, today()),
        )  # fmt: skip
    return _places[community.pk]


def _poisson(mean: float, rng: random.Random) -> int:
    """Knuth's multiplication; the means here are small."""
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _hour(rng: random.Random) -> time:
    minute = int(min(max(rng.gauss(13.5 * 60, 3.6 * 60), 0), 24 * 60 - 1))
    return time(minute // 60, minute % 60, rng.randrange(60))
