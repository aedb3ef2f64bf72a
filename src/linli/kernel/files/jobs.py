"""By the clock: sweep out what belongs to nobody."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from linli.kernel.clock import now
from linli.kernel.files import disk
from linli.kernel.files.models import File

LOOSE_FOR = timedelta(hours=48)
AT_WORK_FOR = 3600
UNCLAIMED_FOR = 86_400


def sweep() -> int:
    return sweep_at(now())


def sweep_at(moment: datetime) -> int:
    """Throw away forgotten uploads, left-overs of a crash and bytes whose row was never written."""
    return drop_loose(moment) + drop_old(disk.root() / "work", AT_WORK_FOR) + drop_unclaimed()


def drop_loose(moment: datetime) -> int:
    """Files handed in for a form that was never sent. Reads first: an idle run takes no lock."""
    old = File.objects.filter(group_id=None, gone_at=None, at__lt=moment - LOOSE_FOR)
    found = list(old[:500])
    for file in found:
        if File.objects.filter(pk=file.pk, group_id=None).delete()[0]:
            disk.throw_away(file.token, file.ending)
    return len(found)


def drop_old(folder: Path, seconds: int) -> int:
    gone = [path for path in folder.glob("*") if older(path, seconds)]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def drop_unclaimed() -> int:
    """One folder at a time, so that a large store is never held in memory."""
    dropped = 0
    for folder in disk.root().glob("[0-9a-f][0-9a-f]"):
        old = [path for path in folder.iterdir() if older(path, UNCLAIMED_FOR)]
        tokens = {path.name.split(".")[0] for path in old}
        known = set(File.objects.filter(token__in=tokens, gone_at=None).values_list("token", flat=True))
        for path in old:
            if path.name.split(".")[0] not in known:
                path.unlink(missing_ok=True)
                dropped += 1
    return dropped


def older(path: Path, seconds: int) -> bool:
    return path.is_file() and time.time() - path.stat().st_mtime > seconds


JOBS = [("files.sweep", 3600, sweep)]
