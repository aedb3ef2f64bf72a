"""kill -9 under load: processes that raise matters, move them, speak in them and seal the journal are killed at any moment.

Each writer tells the key of what it wrote only after the transaction was acknowledged. Whatever was told must
be there afterwards, whole, and the chain must verify.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack

from tests.trust import house

WRITERS = 2
WORDS = 20  # said in each matter: the cheapest of the real actions, a step and an entry in one transaction
MOST = 6  # times the rounds asked for, until enough was promised


def work(cast: house.Cast) -> house.Callable[[int], None]:
    """Raise, give, speak and seal, until the end comes from outside."""

    def until_killed(pipe: int) -> None:
        from linli.kernel.cases.actions import make_move, say
        from linli.kernel.clock import now
        from linli.kernel.journal.sealing import seal
        from linli.kernel.people.models import Person
        from linli.kernel.places.models import Body

        chen, unit = Person.objects.get(pk=cast.chen), Body.objects.get(pk=cast.unit)
        while True:
            case = house.open_one(cast)
            os.write(pipe, f"raised {case.pk}\n".encode())
            make_move(case, house.move_of("drill.given"), by=chen, unit=unit)
            os.write(pipe, f"given {case.pk}\n".encode())
            for n in range(WORDS):
                os.write(pipe, f"said {say(case, by=chen, text=f'第{n}句').pk}\n".encode())
            seal(now(), limit=WORDS + 2)

    return until_killed


def one_round(cast: house.Cast) -> list[tuple[str, int]]:
    """What the writers of one round had been promised when they died."""
    with ExitStack() as stack:
        writers = [stack.enter_context(house.child(work(cast))) for _ in range(WRITERS)]
        time.sleep(random.uniform(0.1, 0.4))
        for number, _pipe in writers:
            os.kill(number, signal.SIGKILL)
        told = b"".join(house.read_to_end(pipe) for _number, pipe in writers)
        ends = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number, _pipe in writers]
    if ends != [-signal.SIGKILL] * WRITERS:
        raise RuntimeError(f"a writer ended by itself: {ends}")
    lines = [line.split() for line in told.decode().splitlines() if line]
    return [(verb, int(key)) for verb, key in lines]


def lost(told: Iterable[tuple[str, int]]) -> int:
    """Promises that are not in the database."""
    from linli.kernel.cases.models import Case, Step

    told = list(told)
    states = dict(Case.objects.filter(pk__in=keys_of(told, "raised", "given")).values_list("pk", "state"))
    said = set(Step.objects.filter(pk__in=keys_of(told, "said")).values_list("pk", flat=True))
    kept = {"raised": states.keys(), "given": {key for key in states if states[key] == "given"}, "said": said}
    return sum(key not in kept[verb] for verb, key in told)


def keys_of(told: list[tuple[str, int]], *verbs: str) -> set[int]:
    return {key for verb, key in told if verb in verbs}


def halves() -> int:
    """Rows of a transaction that is there in part: every matter has one reporter, and a step and an entry for each verb."""
    from linli.kernel.cases.models import Case, Party, Step
    from linli.kernel.journal.models import Entry

    cases, given = Case.objects.count(), Case.objects.filter(state="given").count()
    said = Step.objects.filter(verb="cases.said").count()
    counted = {"drill.raised": cases, "drill.given": given, "cases.said": said}
    parts = abs(cases - Party.objects.count())
    for verb, count in counted.items():
        parts += abs(count - Step.objects.filter(verb=verb).count())
        parts += abs(count - Entry.objects.filter(verb=verb).count())
    return parts


def main(argv: house.Argv) -> None:
    rounds, enough, seed = map(int, argv)
    random.seed(seed)
    cast = house.build()
    from django.db import connections

    house.open_one(cast)  # so that a fork finds everything loaded
    connections.close_all()
    everything: list[tuple[str, int]] = []
    done, slowest, figures = 0, 0.0, {"lost": 0, "halves": 0}
    while done < rounds or (len(everything) < enough and done < MOST * rounds):
        told = one_round(cast)
        began = time.monotonic()
        figures["lost"] += lost(told)
        slowest = max(slowest, time.monotonic() - began)
        figures["halves"] += halves()
        connections.close_all()
        everything += told
        done += 1
    figures["lost"] += lost(everything)  # nor did a later death take what an earlier one had left
    house.tell(rounds=done, promised=len(everything), reopened_within=round(slowest, 3), **figures, **whole())


def whole() -> dict[str, int]:
    """What the database and the chain say of themselves at the end."""
    from linli.kernel.clock import now
    from linli.kernel.journal.sealing import seal_all
    from linli.kernel.journal.verifying import verify
    from linli.project.backup.databases import faults

    seal_all(now(), above=0)
    report = verify()
    return {"faults": len(faults()), "broken_chains": int(not report.ok), "sealed": report.rows}


if __name__ == "__main__":
    main(sys.argv[1:])
