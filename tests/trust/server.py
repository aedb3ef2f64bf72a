"""PostgreSQL killed with all its processes in the middle of writing; what was promised must be there when it is back."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.trust import house
from tests.trust.kill import halves, lost

WRITERS = 3
SAFE = "-c listen_addresses='' -c max_connections=60 -c shared_buffers=64MB"


def processes_of(postmaster: int) -> list[int]:
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return [postmaster, *map(int, children)]


def kill_all(home: Path) -> None:
    """Every process of this server and of no other."""
    mark = home / "data" / "postmaster.pid"
    for number in processes_of(int(mark.read_text().split()[0])):
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it had just ended by itself
    time.sleep(0.3)
    for lock in (mark, home / ".s.PGSQL.5432.lock", home / ".s.PGSQL.5432"):
        lock.unlink(missing_ok=True)  # where nobody buries the dead, their numbers still look alive


def start_again(home: Path) -> float:
    from linli.project.cluster import as_owner, owner, programs

    began = time.monotonic()
    options = f"-k {home} {SAFE}"
    program = Path(str(programs())) / "pg_ctl"
    as_owner(
        owner(), [program, "-D", home / "data", "-l", home / "log", "-w", "-t", "60", "-o", options, "start"]
    )
    return time.monotonic() - began


def write(cast: house.Cast) -> house.Callable[[int], None]:
    def until_it_breaks(pipe: int) -> None:
        from django.db import DatabaseError, InterfaceError

        try:
            while True:
                case = house.open_one(cast)
                os.write(pipe, f"raised {case.pk}\n".encode())
        except (DatabaseError, InterfaceError):
            return  # the server is gone; what was told so far counts

    return until_it_breaks


def one_round(cast: house.Cast, home: Path) -> tuple[list[tuple[str, int]], float]:
    with ExitStack() as stack:
        writers = [stack.enter_context(house.child(write(cast))) for _ in range(WRITERS)]
        time.sleep(random.uniform(1.5, 2.5))  # long enough for slow writers to be connected and at work
        kill_all(home)
        told = b"".join(house.read_to_end(pipe) for _number, pipe in writers)
        ends = [os.waitpid(number, 0)[1] for number, _pipe in writers]
    if any(ends):
        raise RuntimeError(f"a writer ended otherwise than by the loss of its server: {ends}")
    seconds = start_again(home)
    return [("raised", int(line.split()[1])) for line in told.decode().splitlines()], seconds


def amcheck(home: Path) -> int:
    """PostgreSQL's own look at every index and table."""
    from linli.project.cluster import programs

    command = [
        str(Path(str(programs())) / "pg_amcheck"),
        "-h",
        str(home),
        "-U",
        "linli",
        "--install-missing",
        "postgres",
    ]
    return subprocess.run(command, capture_output=True, check=False).returncode


def main(argv: house.Argv) -> None:
    rounds, seed = int(argv[0]), int(argv[1])
    random.seed(seed)
    from linli.project.cluster import private_cluster

    with private_cluster(SAFE) as url:
        os.environ["DATABASE_URL"] = url
        home = Path(parse_qs(urlsplit(url).query)["host"][0])
        cast = house.build()
        from django.db import connections

        from linli.kernel.clock import now
        from linli.kernel.journal.sealing import seal_all
        from linli.kernel.journal.verifying import verify

        figures, slowest = {"promised": 0, "lost": 0, "halves": 0}, 0.0
        for _ in range(rounds):
            told, seconds = one_round(cast, home)
            slowest = max(slowest, seconds)
            figures["promised"] += len(told)
            figures["lost"] += lost(told)
            figures["halves"] += halves()
            seal_all(now(), above=0)
            connections.close_all()
        report = verify()
        connections.close_all()
        house.tell(rounds=rounds, back_within=round(slowest, 2), broken_chains=int(not report.ok),
                   amcheck=amcheck(home), **figures)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
