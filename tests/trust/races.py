"""Many processes want the same thing at once: the same move, the next number, the next place in the chain."""

import sys
import time
from collections import Counter as Tally

from tests.trust import house


def same_move(cast: house.Cast, rounds: int, workers: int) -> dict[str, object]:
    """Every worker takes the same arrow of the same case, which it read before anybody moved it."""
    from django.db import connections

    from linli.kernel.answers import Refused
    from linli.kernel.cases.actions import make_move
    from linli.kernel.cases.models import Case, Step
    from linli.kernel.people.models import Person
    from linli.kernel.places.models import Body

    def take(case_id: int) -> str:
        case, chen = Case.objects.get(pk=case_id), Person.objects.get(pk=cast.chen)
        unit = Body.objects.get(pk=cast.unit)
        try:
            make_move(case, house.move_of("drill.given"), by=chen, unit=unit)
        except Refused:
            return "refused"
        return "moved"

    cases = [house.open_one(cast).pk for _ in range(rounds)]
    connections.close_all()
    answers = house.together(lambda _n: [take(case) for case in cases], workers)
    by_threads = [house.open_one(cast).pk for _ in range(rounds)]
    answers_of_threads = house.threads_together(lambda _n: [take(case) for case in by_threads], workers)
    moved = Tally(
        case
        for keys, told in ((cases, answers), (by_threads, answers_of_threads))
        for one in told
        for case, answer in zip(keys, one, strict=True)
        if answer == "moved"
    )
    steps = Step.objects.filter(verb="drill.given").count()
    turns = set(Case.objects.values_list("turn", flat=True))
    return {"moved": sorted(set(moved.values())), "cases": len(moved), "steps": steps, "turns": sorted(turns)}


def naive_move(cast: house.Cast, rounds: int, workers: int) -> dict[str, object]:
    """The negative control: look, then write, as careless code would. It must let several through."""
    from django.db import connections

    from linli.kernel.cases.models import Case

    def take(case_id: int) -> str:
        case = Case.objects.get(pk=case_id)
        if case.state != "open":
            return "refused"
        time.sleep(0.005)
        Case.objects.filter(pk=case_id).update(state="given", unit=cast.unit)
        return "moved"

    cases = [house.open_one(cast).pk for _ in range(rounds)]
    connections.close_all()
    answers = house.together(lambda _n: [take(case) for case in cases], workers)
    moved = [sum(one[at] == "moved" for one in answers) for at in range(rounds)]
    return {"rounds_with_two_winners": sum(count > 1 for count in moved)}


def numbers(_cast: house.Cast, rounds: int, workers: int) -> dict[str, object]:
    """Numbers are drawn in a transaction each, as ``open_case`` draws them."""
    from django.db import transaction

    from linli.kernel.cases.actions import draw

    def take(_n: int) -> list[int]:
        drawn = []
        for _round in range(rounds):
            with transaction.atomic():
                drawn.append(draw("race"))
        return drawn

    drawn = [number for one in house.together(take, workers) for number in one]
    return {"drawn": len(drawn), "different": len(set(drawn)), "highest": max(drawn)}


def sealers(cast: house.Cast, rounds: int, workers: int) -> dict[str, object]:
    """Half of the processes write, the other half seal what they find; the chain must not fork."""
    from linli.kernel.clock import now
    from linli.kernel.journal.models import Entry, Seal
    from linli.kernel.journal.sealing import seal, seal_all
    from linli.kernel.journal.verifying import verify

    def work(n: int) -> int:
        if n % 2:
            return sum(1 for _ in range(rounds) if house.open_one(cast))
        return sum(seal(now(), limit=3) for _ in range(rounds * 2))

    answers = house.together(work, workers)
    while_racing = sum(answers[::2])
    seal_all(now(), above=0)
    report = verify()
    positions = list(Seal.objects.order_by("position").values_list("position", flat=True))
    return {
        "ok": report.ok, "why": report.why, "entries": Entry.objects.count(), "sealed": report.rows,
        "dense": positions == list(range(1, len(positions) + 1)), "unsealed": report.unsealed,
        "sealed_while_racing": while_racing,
    }  # fmt: skip


WHAT = {"same_move": same_move, "naive_move": naive_move, "numbers": numbers, "sealers": sealers}


def main(argv: house.Argv) -> None:
    what, rounds, workers = argv[0], int(argv[1]), int(argv[2])
    cast = house.build()
    house.tell(**WHAT[what](cast, rounds, workers))


if __name__ == "__main__":
    main(sys.argv[1:])
