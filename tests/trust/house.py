"""A house of its own for a drill: a database outside the test runner, a few people, processes that can be killed.

Drills run in processes started with ``python -m``; they tell what happened as one line of JSON.
"""

import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 11, 24)


def told_by(
    module: str, *arguments: object, data: Path, url: str = "", timeout: float = 280
) -> dict[str, Any]:
    """Run a drill in a process of its own and return what it tells."""
    environment = {**os.environ, "LINLI_DATA": str(data), "DATABASE_URL": url}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    )
    environment.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
    environment.pop("LINLI_KEYS", None)
    command = [sys.executable, "-m", f"tests.trust.{module}", *map(str, arguments)]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, f"{module} failed:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


class _NoMigrations:
    """Tables straight from the models: a drill is about what is written, not about how the tables came."""

    def __contains__(self, _label: str) -> bool:
        return True

    def __getitem__(self, _label: str) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Cast:
    """Keys, not rows: they outlive a fork and a restart."""

    community: int
    unit: int
    wang: int
    chen: int


def build() -> Cast:
    """Django, tables, guards and a cast in the database the environment names; no connection stays open."""
    wake()
    from django.core.management import call_command
    from django.db import connection, connections

    from linli.kernel.journal import append_only

    call_command("migrate", run_syncdb=True, verbosity=0)
    append_only.install(connection)
    cast = _cast()
    connections.close_all()
    return cast


def wake() -> None:
    import django
    from django.conf import settings

    settings.MIGRATION_MODULES = _NoMigrations()
    django.setup()
    from linli.kernel.cases.kinds import Kind, Move, register

    moves = (
        Move("drill.given", ("open",), "given"), Move("drill.done", ("given",), "done"),
        Move("drill.nudged", ("open", "given"), None),
    )  # fmt: skip
    register(
        Kind(
            name="drill", label="drill", states=("open", "given", "done"), moves=moves,
            accountable=frozenset({"given"}), final=frozenset({"done"}),
        )
    )  # fmt: skip


def _cast() -> Cast:
    from linli.kernel.people.models import Person
    from linli.kernel.places.models import Area, Body

    parent: Area | None = None
    for code, kind, name in (
        ("110107", "district", "石景山区"), ("110107002", "street", "老山街道"),
        ("110107002011", "community", "老山东里北社区"),
    ):  # fmt: skip
        path = (parent.path if parent else "") + code + "/"
        parent = Area.objects.create(
            code=code, kind=kind, name=name, parent=parent, path=path, valid_from=DAY
        )
    assert parent is not None
    unit = Body.objects.create(kind="property_firm", name="老山物业", area=parent, valid_from=DAY)
    wang, chen = (Person.objects.create(name=name) for name in ("王阿姨", "陈晓雨"))
    return Cast(parent.pk, unit.pk, wang.pk, chen.pk)


def open_one(cast: Cast, title: str = "楼道漏水") -> Any:
    """A case by the kernel's own action, committed when this returns."""
    from linli.kernel.cases.actions import open_case
    from linli.kernel.journal.models import Sensitivity
    from linli.kernel.people.models import Person
    from linli.kernel.places.models import Area

    return open_case(
        kind="drill", verb="drill.raised", state="open", title=title, text=title,
        area=Area.objects.get(pk=cast.community), by=Person.objects.get(pk=cast.wang),
        sensitivity=Sensitivity.PARTIES,
    )  # fmt: skip


def move_of(verb: str) -> Any:
    from linli.kernel.cases.kinds import kind_of

    return next(move for move in kind_of("drill").moves if move.verb == verb)


@contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """A forked process that runs ``work(pipe)``; gives its number and the reading end of the pipe."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        _work_and_leave(work, writing)
    os.close(writing)
    try:
        yield number, reading
    finally:
        os.close(reading)


def _work_and_leave(work: Callable[[int], None], writing: int) -> None:
    """Never return into the parent's code, whatever happens."""
    code = 1
    try:
        work(writing)
        code = 0
    except BaseException:  # noqa: BLE001 -- told on stderr, and the exit code says it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def together(work: Callable[[int], Any], count: int) -> list[Any]:
    """``count`` processes that start ``work(n)`` at the same moment; what each returned, by JSON."""
    start_reading, start_writing = os.pipe()
    pids, pipes = [], []
    for n in range(count):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(start_writing)
            os.read(start_reading, 1)
            _work_and_leave(lambda pipe, n=n: _tell(pipe, work(n)), writing)
        os.close(writing)
        pids.append(pid)
        pipes.append(reading)
    os.close(start_reading)
    os.close(start_writing)  # the starting shot: every child reads the end of the pipe
    answers = [read_to_end(pipe) for pipe in pipes]
    for pipe in pipes:
        os.close(pipe)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    if any(codes):
        raise RuntimeError(f"processes ended with {codes}")
    return [json.loads(answer) for answer in answers]


def _tell(pipe: int, answer: Any) -> None:
    os.write(pipe, json.dumps(answer).encode())


def read_to_end(pipe: int) -> bytes:
    parts = []
    while part := os.read(pipe, 65536):
        parts.append(part)
    return b"".join(parts)


def threads_together(work: Callable[[int], Any], count: int) -> list[Any]:
    """The same with threads of this process."""
    gate, answers = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        from django.db import connections

        gate.wait()
        try:
            answers[n] = work(n)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def tell(**figures: Any) -> None:
    print(json.dumps(figures, ensure_ascii=False))


Argv = Sequence[str]
