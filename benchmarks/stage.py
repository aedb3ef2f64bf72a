"""A district with as many matters as a benchmark asks for, in a data folder of its own."""

import os
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

BATCH = 2000


def start() -> Path:
    """Django on an empty SQLite file; call before anything of the product is imported."""
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    os.environ["LINLI_DATA"] = str(folder)
    os.environ["LINLI_LIMIT_ACCOUNT"] = os.environ["LINLI_LIMIT_ADDRESS"] = "0"  # a benchmark is a flood
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.project.settings"
    from linli.project.sqlite import use_bundled_sqlite

    use_bundled_sqlite()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def cast() -> Any:
    """The people and places of the tests: one community with its desk, its firm and its neighbours."""
    from tests import make

    return make.scene()


def fill(scene: Any, *, to: int, open_share: int = 50) -> None:
    """Matters of the past until there are ``to``; one in ``open_share`` is still in hand."""
    from linli.kernel.cases.models import Case
    from linli.modules.appeals.actions.laying import lay

    have = Case.objects.count()
    while have < to:
        count = min(BATCH, to - have)
        lay([record(scene, have + i, open_share) for i in range(count)])
        have += count
        sys.stderr.write(f"\r{have:,} matters")
    sys.stderr.write("\n")


def index() -> None:
    """Every word can be found, as it can some seconds after it was said."""
    from linli.kernel.search.following import rebuild

    rebuild(batch=BATCH)


def record(scene: Any, number: int, open_share: int) -> Any:
    from linli.kernel.clock import now
    from linli.modules.appeals.actions.laying import Event, Limit, Record
    from linli.modules.appeals.models import State

    start = now() - timedelta(days=700) + timedelta(seconds=60 * (number % 1_000_000))
    done = start + timedelta(hours=5)
    running = number % open_share == 0
    events = [
        Event("appeals.received", start, scene.wang.pk),
        Event("appeals.dispatched", start, scene.chen.pk, body=scene.property_firm.pk),
        Event("appeals.signed", start, scene.liu.pk, body=scene.property_firm.pk),
    ]
    if not running:
        events.append(
            Event("appeals.replied", done, scene.liu.pk, body=scene.property_firm.pk, text="换好了")
        )
    limit = Limit(
        "finish",
        "beijing",
        "2021.1",
        "finish.ordinary_7d",
        start,
        start + timedelta(days=7),
        None if running else done,
    )
    return Record(
        area=scene.stair.pk, path=scene.stair.path, community=scene.community.pk, street=scene.street.pk,
        raised_by=scene.wang.pk if number % 40 == 0 else scene.li.pk, raised_at=start,
        state=State.HANDLING if running else State.CLOSED, state_since=start, channel="phone",
        text=f"第{number}件：楼道灯不亮，晚上下楼看不清台阶", kind="help", l1="02", l2="0203", operator=scene.chen.pk,
        unit=scene.property_firm.pk, handler=scene.liu.pk, closed_at=None if running else done, dispatched_at=start,
        contacted_at=start, replied_at=None if running else done, events=events, limits=[limit],
        published_at=done if not running and number % 10 == 0 else None, public_title="楼道灯不亮",
        public_reply="物业换了灯座。",
    )  # fmt: skip
