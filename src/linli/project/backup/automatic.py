"""Backups by the clock: often enough that no more than a quarter of an hour is ever lost, and never the last free space.

Every ten minutes one is made if anything was written; the latest ones are kept, and the last one of each day for a
week. Whoever was erased has left them all after that week. ``LINLI_BACKUPS`` names the folder, best on another
disk, or says ``off``.
"""

import fcntl
import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from linli.kernel.clock import SHANGHAI, now
from linli.project import env
from linli.project.backup import copying, databases, folders, manifest

log = logging.getLogger("linli.backup")
PREFIX, STAMP = "auto", "%Y%m%d-%H%M%S"
MINUTES, LATEST, DAYS = 10, 8, 7
SPARE = 1_000_000_000  # bytes that stay free for the house itself
LATE = 3  # periods without a backup, though something was written


@dataclass(frozen=True, slots=True)
class Plan:
    """Where, how often, and how many."""

    folder: Path
    every: timedelta
    latest: int
    days: int


@dataclass(frozen=True, slots=True)
class Made:
    """One automatic backup that was finished, and the moment it holds."""

    at: datetime
    place: Path


def plan() -> Plan | None:
    """Nothing in a demo, or where somebody else makes the backups."""
    told = env.text("LINLI_BACKUPS", "off" if settings.LINLI_DEMO else "")
    minutes = env.number("LINLI_BACKUP_MINUTES", MINUTES)
    if told == "off" or not minutes:
        return None
    folder = Path(told).expanduser().resolve() if told else Path(settings.LINLI_DATA) / "backups"
    latest, days = env.number("LINLI_BACKUP_KEEP", LATEST), env.number("LINLI_BACKUP_DAYS", DAYS)
    return Plan(folder, timedelta(minutes=minutes), max(1, latest), days)


def turn(moment: datetime) -> Path | None:
    """Make a backup if one is due, then let old ones go; the new folder."""
    chosen = plan()
    if chosen is None or not is_due(chosen, moment):
        return None
    chosen.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(chosen.folder) as mine:
        if not mine:
            return None
        sweep(chosen.folder)
        make_room(chosen.folder)
        last = newest(chosen.folder)
        made = copying.backup(chosen.folder, log.debug, prefix=PREFIX, after=last.place if last else None)
        thin(chosen)
        return made


def is_due(chosen: Plan, moment: datetime) -> bool:
    """A backup of the future was made by a clock that was wrong; it does not count."""
    last = newest(chosen.folder)
    if last is None or last.at > moment + chosen.every:
        return True
    return moment - last.at >= chosen.every and databases.written_since(last.at)


def all_made(folder: Path) -> list[Made]:
    """Oldest first; a folder without a manifest is no backup."""
    found = sorted(folder.glob(f"{PREFIX}-*")) if folder.is_dir() else []
    return [Made(moment_of(place), place) for place in found if (place / manifest.NAME).is_file()]


def moment_of(place: Path) -> datetime:
    return datetime.strptime(place.name, f"{PREFIX}-{STAMP}").replace(tzinfo=SHANGHAI)


def newest(folder: Path) -> Made | None:
    return max(all_made(folder), key=lambda made: made.at, default=None)


def kept(moments: Iterable[datetime], latest: int, days: int) -> set[datetime]:
    """The latest ones, and the last one of each of the latest days."""
    ordered = sorted(moments)
    last_of_day = {moment.date(): moment for moment in ordered}
    return {
        *ordered[-latest:],
        *[last_of_day[day] for day in sorted(last_of_day)[max(0, len(last_of_day) - days) :]],
    }


def thin(chosen: Plan) -> None:
    made = all_made(chosen.folder)
    stay = kept((one.at for one in made), chosen.latest, chosen.days)
    for one in made:
        if one.at not in stay:
            shutil.rmtree(one.place)


def make_room(folder: Path) -> None:
    """Let the oldest go until the next fits beside what the house needs; the newest always stays."""
    made = all_made(folder)
    needed = databases.size() + SPARE + (0 if made else folders.size_of(Path(settings.MEDIA_ROOT)))
    while shutil.disk_usage(folder).free < needed:
        if len(made) < 2:  # noqa: PLR2004 -- one has to stay
            raise manifest.NotRestorable(
                f"No room for a backup in {folder}: {needed // 1_000_000} MB must be free. "
                f"/ {folder} 放不下备份：需要空出 {needed // 1_000_000} MB。"
            )
        shutil.rmtree(made.pop(0).place)


def sweep(folder: Path) -> None:
    """What a backup that was cut off has left."""
    for place in folder.glob(f".{PREFIX}-*.partial"):
        shutil.rmtree(place)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """One at a time, whoever else runs the jobs."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def for_the_watchman() -> dict[str, object]:
    """When the last good backup was, and whether the next one should have been made by now."""
    chosen = plan()
    if chosen is None:
        return {"at": None, "late": False, "off": True}
    try:
        return state(chosen, now())
    except OSError as problem:  # the folder cannot be read: a word to the watchman, not the end of the house
        return {"at": None, "late": True, "why": f"{problem.filename}: {problem.strerror}"}


def state(chosen: Plan, moment: datetime) -> dict[str, object]:
    last, patience = newest(chosen.folder), LATE * chosen.every
    if last is None:
        return {"at": None, "late": moment - begun() > patience}
    late = moment - last.at > patience and databases.written_since(last.at)
    return {"at": last.at.isoformat(), "late": late}


def begun() -> datetime:
    """When the house was founded, by the keys that it makes first."""
    return datetime.fromtimestamp(Path(settings.LINLI_KEYS).stat().st_mtime, tz=SHANGHAI)
