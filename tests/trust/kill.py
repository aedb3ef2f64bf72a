"""kill -9 under load: processes that raise matters, move them and seal the journal are killed at any moment.

Each writer tells the key of a matter only after its transaction was acknowledged. Whatever was told must be
there afterwards, whole, and the chain must verify.
"""

import os
import random
import signal
import sys
import time
from contextlib import ExitStack

from tests.trust import house

WRITERS = 2


def work(cast: house.Cast) -> house.Callable[[int], None]:
    """Raise, give, and now and then seal, until the end comes from outside."""

    def until_killed(pipe: int) -> None:
        from linli.kernel.cases.actions import make_move
        from linli.kernel.clock import now
        from linli.kernel.journal.sealing import seal
        from linli.kernel.people.models import Person
        from linli.kernel.places.models import Body

        chen, unit = Person.objects.get(pk=cast.chen), Body.objects.get(pk=cast.unit)
        while True:
            for _ in range(5):
                case = house.open_one(cast)
                os.write(pipe, f"raised {case.pk}\n".encode())
                make_move(case, house.move_of("drill.given"), by=chen, unit=unit)
                os.write(pipe, f"given {case.pk}\n".encode())
            seal(now(), limit=50)

    return until_killed


def one_round(cast: house.Cast) -> list[tuple[str, int]]:
    """What the writers of one round had been promised when they died."""
    with ExitStack() as stack:
        writers = [stack.enter_context(house.child(work(cast))) for _ in range(WRITERS)]
        time.sleep(random.uniform(0.2, 0.9))
        for number, _pipe in writers:
            os.kill(number, signal.SIGKILL)
        told = b"".join(house.read_to_end(pipe) for _number, pipe in writers)
        ends = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number, _pipe in writers]
    if ends != [-signal.SIGKILL] * WRITERS:
        raise RuntimeError(f"a writer ended by itself: {ends}")
    lines = [line.split() for line in told.decode().splitlines() if line]
    return [(verb, int(key)) for verb, key in lines]


def lost(told: list[tuple[str, int]]) -> int:
    """Promises that are not in the database."""
    from linli.kernel.cases.models import Case

    states = dict(Case.objects.filter(pk__in={key for _verb, key in told}).values_list("pk", "state"))
    return sum(key not in states or (verb == "given" and states[key] != "given") for verb, key in told)


def halves() -> int:
    """Rows of a transaction that is there in part: every matter has one reporter, and a step and an entry for each verb."""
    from linli.kernel.cases.models import Case, Party, Step
    from linli.kernel.journal.models import Entry

    cases, given = Case.objects.count(), Case.objects.filter(state="given").count()
    counts = (
        Party.objects.count(), Step.objects.filter(verb="drill.raised").count(),
        Entry.objects.filter(verb="drill.raised").count(),
    )  # fmt: skip
    moves = (
        Step.objects.filter(verb="drill.given").count(),
        Entry.objects.filter(verb="drill.given").count(),
    )
    return sum(abs(cases - count) for count in counts) + sum(abs(given - count) for count in moves)


def main(argv: house.Argv) -> None:
    rounds, seed = int(argv[0]), int(argv[1])
    random.seed(seed)
    cast = house.build()
    from django.db import connections

    from linli.kernel.clock import now
    from linli.kernel.journal.sealing import seal_all
    from linli.kernel.journal.verifying import verify
    from linli.project.backup.databases import faults

    house.open_one(cast)  # so that a fork finds everything loaded
    connections.close_all()
    figures = {"promised": 0, "lost": 0, "halves": 0, "faults": 0, "broken_chains": 0}
    slowest = 0.0
    for _ in range(rounds):
        told = one_round(cast)
        began = time.monotonic()
        figures["promised"] += len(told)
        figures["lost"] += lost(told)
        slowest = max(slowest, time.monotonic() - began)
        figures["halves"] += halves()
        connections.close_all()
    figures["faults"] = len(faults())
    seal_all(now(), above=0)
    report = verify()
    figures["broken_chains"] = int(not report.ok)
    house.tell(rounds=rounds, sealed=report.rows, reopened_within=round(slowest, 3), **figures)


if __name__ == "__main__":
    main(sys.argv[1:])
