"""Tell the demo: found the district, lay in its volumes, then let the story happen with the clock moved."""

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from tqdm import tqdm

from linli.kernel.clock import moved_to, now, today
from linli.kernel.journal.sealing import seal_all
from linli.kernel.places.gazetteer.district import found_district
from linli.kernel.places.models import Area
from linli.modules.appeals.actions import catalogue
from linli.modules.appeals.demo import story, volumes
from linli.project.demo import cast, units

DISTRICT = "110107"
FOUNDED = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """How big a demo: communities (0: all), days up to today, and the seed that makes it the same each time."""

    communities: int = 0
    days: int = 90
    seed: int = 7


def stamp() -> Path:
    return settings.LINLI_DATA / "demo.json"


def told(plan: Plan) -> bool:
    """Whether today's demo stands already, whole and as planned."""
    if not stamp().exists():
        return False
    found: dict[str, object] = json.loads(stamp().read_text())
    return found == {**asdict(plan), "day": today().isoformat()}


def tell(plan: Plan) -> None:
    """Make the demo of today; an aged or half-told one is made anew."""
    if told(plan):
        return
    stamp().unlink(missing_ok=True)
    if Area.objects.exists():
        start_over()
    say("Telling the demo ... / 正在布置演示区 ...")
    with in_a_hurry():
        build(plan)
    stamp().write_text(json.dumps({**asdict(plan), "day": today().isoformat()}))


def start_over() -> None:
    """The journal lets nothing be deleted, so an aged demo gets a fresh database file."""
    if connection.vendor != "sqlite":
        raise SystemExit("Make an empty database for a new demo. / 请为新的演示区建一个空数据库。")
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """A half-told demo is made anew anyway, so nothing has to survive a power cut until it is whole."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-128000")
    try:
        yield
    finally:
        connection.close()


def build(plan: Plan) -> None:
    """The whole demo; an in-memory database of the tests stays open."""
    rng = random.Random(plan.seed)  # noqa: S311 -- invented people, no secret
    volumes.forget()
    begin = now() - timedelta(days=plan.days)
    with moved_to(begin), transaction.atomic():
        found_district(DISTRICT, by=None, on=FOUNDED)
        district = Area.objects.get(code=DISTRICT)
        catalogue.adopt(district, catalogue.shipped_rows(), on=FOUNDED, by=None)
        chosen = choose(plan.communities)
        work = populate(district, chosen, rng)
        here = settle(district, rng)
    for day in tqdm(volumes.days(plan.days), desc="demo", unit="day", file=sys.stderr, leave=False):
        volumes.lay_day(day, chosen, work.handlers, rng)
    story.tell(here.people, here.community)
    seal_all(now(), above=0, limit=50_000)


def choose(count: int) -> list[Area]:
    """The communities that get volumes; the one of the story is always among them."""
    found = list(Area.objects.filter(kind=Area.Kind.COMMUNITY).order_by("path"))
    home = [area for area in found if area.code == cast.HOME]
    others = [area for area in found if area.code != cast.HOME]
    return home + (others if not count else others[: count - 1])


def populate(district: Area, communities: list[Area], rng: random.Random) -> units.Workforce:
    work = units.Workforce(rng, FOUNDED)
    work.district(district)
    streets = [area.parent_id for area in communities if area.parent_id]
    for street in Area.objects.filter(pk__in=streets).order_by("path"):
        work.street(street)
    for community in communities:
        work.community(community)
    return work


def settle(district: Area, rng: random.Random) -> cast.Cast:
    community = Area.objects.select_related("parent").get(code=cast.HOME)
    assert community.parent is not None
    street = community.parent
    cast.furnish(community, on=FOUNDED)
    here = cast.staff(community, street, district, on=FOUNDED)
    cast.households(community, rng, on=FOUNDED, moment=now(), clerk=here["chen"])
    cast.residents(here, on=FOUNDED, moment=now())
    cast.seats(here, rng, on=date(2026, 3, 1))
    return here


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
