"""A gigabyte is lost and comes back: backed up by the clock while people write, destroyed, restored elsewhere, served.

Tells how long it took until the house was open again, and how much of what was promised can be lost at most.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.trust import house

PHOTO = 300_000
CADENCE = timedelta(seconds=60)  # how often the job looks whether a backup is due
Promise = tuple[int, float]  # a step, and when it was acknowledged


def settle(matters: int, megabytes: int) -> Any:
    """A district by its migrations, with years of matters laid in, a sealed journal and photos that nothing compresses."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks import stage
    from linli.kernel.clock import now
    from linli.kernel.journal.sealing import seal_all
    from linli.kernel.keys import ring

    call_command("migrate", interactive=False, verbosity=0)
    scene = stage.cast()
    stage.fill(scene, to=matters)
    seal_all(now())
    ring.encrypt("10012345678", "drill")
    photos(megabytes)
    connections.close_all()
    return scene


def photos(megabytes: int) -> None:
    from django.conf import settings

    for n in range(megabytes * 1_000_000 // PHOTO):
        path = Path(settings.MEDIA_ROOT) / f"{n % 256:02x}" / f"{n}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(PHOTO))


def speak(scene: Any) -> house.Callable[[int], None]:
    """Words in a matter, each told with the moment it was acknowledged."""

    def until_killed(pipe: int) -> None:
        from linli.kernel.cases.actions import say
        from linli.kernel.cases.models import Case

        case = Case.objects.filter(raised_by=scene.wang)[0]
        while True:
            step = say(case, by=scene.wang, text="还没修好")
            os.write(pipe, f"{step.pk} {time.time()}\n".encode())

    return until_killed


def back_up_while_they_write(scene: Any, keys: Path) -> tuple[Path, float, list[Promise]]:
    """The backup of the clock, the seconds it took, and what was promised before, during and after it."""
    from django.db import connections

    from linli.kernel.clock import now
    from linli.project.backup import automatic, copying

    with house.child(speak(scene)) as (number, pipe):
        time.sleep(1.5)
        began = time.monotonic()
        made = automatic.turn(now())
        seconds = time.monotonic() - began
        copying.backup_keys(keys)
        time.sleep(1.5)
        os.kill(number, signal.SIGKILL)
        told = house.read_to_end(pipe).decode()
        os.waitpid(number, 0)
    connections.close_all()
    if made is None:
        raise RuntimeError("no backup was made")
    return made, seconds, list(promises(told))


def promises(told: str) -> Iterator[Promise]:
    for line in told.splitlines():
        step, moment = line.split()
        yield int(step), float(moment)


def restored(made: Path, keys: Path, elsewhere: Path) -> tuple[str, float]:
    """By the command of an administrator, with everything it checks."""
    began = time.monotonic()
    os.environ["LINLI_DATA"] = str(elsewhere)
    command = [sys.executable, "-m", "linli.project.command", "restore", str(made), "--keys", str(keys)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout, time.monotonic() - began


def serving(elsewhere: Path) -> float:
    """Seconds until the restored house answers."""
    from linli.project.touring import free_port
    from tests.trust.site import kill_all, start

    parent, seconds = start(free_port())
    kill_all(parent)
    return seconds


def lost_before(moment: float, told: list[Promise], database: Path) -> tuple[int, int]:
    """Promises of before a moment that the restored database does not hold, and those of after it."""
    import sqlite3

    with sqlite3.connect(database) as base:
        kept = {row[0] for row in base.execute("SELECT id FROM cases_step WHERE verb = 'cases.said'")}
    missing = [at for step, at in told if step not in kept]
    return sum(at < moment for at in missing), sum(at >= moment for at in missing)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(argv: house.Argv) -> None:
    matters, megabytes = map(int, argv)
    data = Path(os.environ["LINLI_DATA"])
    home = data.parent
    os.environ["LINLI_BACKUPS"] = str(home / "another-disk")
    scene = settle(matters, megabytes)
    staged = size(data)
    made, seconds, told = back_up_while_they_write(scene, home / "keys.tar")
    from linli.project.backup import automatic

    moment, plan = automatic.moment_of(made), automatic.plan()
    shutil.rmtree(data)
    said, bringing_back = restored(made, home / "keys.tar", home / "elsewhere")
    opening = serving(home / "elsewhere")
    early, late = lost_before(moment.timestamp(), told, home / "elsewhere" / "linli.sqlite3")
    assert plan is not None
    house.tell(
        staged=staged, promised=len(told), lost_before_the_backup=early, lost_after_it=late,
        whole="Everything is whole" in said, backed_up_within=round(seconds, 1), open_again_within=round(bringing_back + opening, 1),
        minutes_lost_at_most=round((plan.every + CADENCE).total_seconds() / 60 + seconds / 60, 1),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
