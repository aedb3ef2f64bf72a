"""What the clock does: every app's jobs, and the long tasks that a page asked for.

An idle job must only read: on SQLite every write waits for the one before it.
"""

import importlib
import importlib.util
import logging
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from types import FrameType
from typing import NamedTuple

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from django.apps import apps
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

log = logging.getLogger("linli.work")
FIRST_TURN = timedelta(seconds=1)


class Job(NamedTuple):
    """One line of an app's ``jobs.JOBS``."""

    name: str
    every_seconds: float
    function: Callable[[], object]


def main(_argv: Sequence[str]) -> int:
    scheduler = scheduled(all_jobs())
    signal.signal(signal.SIGTERM, leave)
    try:
        scheduler.start()
    except (SystemExit, KeyboardInterrupt):
        scheduler.shutdown(wait=True)
    return 0


def leave(_number: int, _frame: FrameType | None) -> None:
    """End the scheduler's wait; the jobs that run are waited for afterwards."""
    sys.exit(0)


def scheduled(jobs: Iterable[Job]) -> BlockingScheduler:
    """A job that missed its turns, because the machine slept or it ran long, takes one turn and not many."""
    once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BlockingScheduler(
        executors={"default": ThreadPoolExecutor(4)}, job_defaults=once, timezone=settings.TIME_ZONE
    )
    first = timezone.now() + FIRST_TURN
    for job in jobs:
        scheduler.add_job(run, "interval", [job], seconds=job.every_seconds, id=job.name, next_run_time=first)
    return scheduler


def all_jobs() -> Iterator[Job]:
    """The jobs of every room and module, and the long tasks."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and importlib.util.find_spec(f"{app.name}.jobs"):
            for name, seconds, function in importlib.import_module(f"{app.name}.jobs").JOBS:
                yield Job(name if "." in name else f"{app.label}.{name}", seconds, function)
    yield Job("tasks", 1, run_waiting_tasks)


def run(job: Job) -> None:
    """One turn of a job. A fault is logged and the next turn tries again, on a fresh connection."""
    close_old_connections()
    try:
        job.function()
    except Exception:
        log.exception("The job %s failed and will be tried again.", job.name)
    finally:
        close_old_connections()


def run_waiting_tasks() -> None:
    """Long tasks, one after the other; the worker's own poll would take the write lock when idle."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().exists():
        return
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="linli-work",
        excluded_queue_names=[],
    )
    worker.run()
