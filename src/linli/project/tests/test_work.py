"""What the clock does, and what it must not do when there is nothing to do."""

import time
from itertools import pairwise
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from linli.project import work

WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "SAVEPOINT", "REPLACE")


@task()
def add(a: int, b: int) -> int:
    return a + b


def test_every_job_has_a_name_of_its_own_and_a_pace() -> None:
    jobs = list(work.all_jobs())

    assert len({job.name for job in jobs}) == len(jobs)
    assert {"journal.seal", "tasks"} <= {job.name for job in jobs}
    assert all(job.every_seconds >= 1 for job in jobs)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("job", list(work.all_jobs()), ids=lambda job: job.name)
def test_an_idle_job_only_reads(job: work.Job) -> None:
    job.function()  # whatever was left for it is done; the next turn is idle

    with CaptureQueriesContext(connection) as asked:
        job.function()

    assert [q["sql"] for q in asked if q["sql"].upper().startswith(WRITES)] == []


@pytest.mark.django_db(transaction=True)
def test_a_task_that_waits_is_done_once() -> None:
    result = add.enqueue(2, 3)

    work.run_waiting_tasks()
    work.run_waiting_tasks()

    done = DBTaskResult.objects.get(pk=result.id)
    assert (done.status, done.return_value) == ("SUCCESSFUL", 5)


@pytest.mark.django_db(transaction=True)
def test_a_failing_job_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise RuntimeError("the gateway is away")

    work.run(work.Job("inbox.outbox", 1, broken))

    assert [record.getMessage() for record in caplog.records] == [
        "The job inbox.outbox failed and will be tried again."
    ]


def test_a_job_that_runs_long_misses_turns_and_takes_none_twice() -> None:
    turns: list[float] = []

    def long() -> None:
        turns.append(time.monotonic())
        time.sleep(0.5)

    scheduler = work.scheduled([work.Job("long", 0.1, long)])
    Thread(target=scheduler.start, daemon=True).start()
    time.sleep(3)
    scheduler.shutdown(wait=True)

    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert len(turns) >= 2
    assert min(gaps) >= 0.45
