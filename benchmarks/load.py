"""The real server under load: ``python -m benchmarks.load [matters [seconds]]``, 100,000 and 60 by default.

Eight readers press on together, nine looks to one matter raised. Requests a second, the 95th and 99th of a hundred
times, and how many answers were a fault of the server (none may be).
"""

import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks import stage
from benchmarks.serving import WORKERS, Reader, served

READERS = 8
NEIGHBOURS = 40  # for each reader: nobody may raise more than thirty matters a day
WRITES = 10  # one request in ten writes


@dataclass
class Seen:
    looks: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)


def press_on(crowd: "Crowd", until: float, seen: Seen, start: int) -> None:
    turn, readers = start, crowd.readers
    while time.monotonic() < until:
        reader, path = readers[turn % len(readers)]
        if turn % WRITES == 0:
            raise_one(crowd.neighbours[turn // WRITES % len(crowd.neighbours)], seen, turn)
        else:
            note(seen.looks, seen.codes, lambda reader=reader, path=path: reader.get(path))
        turn += 1


def note(times: list[float], codes: list[int], ask: Any) -> str:
    began = time.monotonic()
    code, text = ask()
    times.append(time.monotonic() - began)
    codes.append(code)
    return str(text)


def raise_one(reader: Reader, seen: Seen, number: int) -> None:
    """The form, then its sending with triage and everything that follows."""
    page = note(seen.looks, seen.codes, lambda: reader.get("/raise/"))
    place = (
        page.split('name="place"')[1].split('<option value="')[1].split('"')[0]
        if 'name="place"' in page
        else ""
    )
    words = {"text": f"{number}号：单元门关不严，夜里风很大", "place": place, "identity": "named", "spot": ""}
    told = note(seen.writes, seen.codes, lambda: reader.post("/raise/", page, **words))
    if 'value="same"' in told:  # neighbours raised the like; it is sent all the same
        note(seen.writes, seen.codes, lambda: reader.post("/raise/send/", told, passed="same"))


@dataclass
class Crowd:
    """Who looks at what, and who raises matters, each with a session of her own."""

    readers: list[tuple[Reader, str]]
    neighbours: list[Reader]


def crowds_of(address: str, scene: Any) -> list[Crowd]:
    from tests import make

    def neighbour(number: int) -> Reader:
        who = make.person(f"街坊{number}", community=scene.community)
        make.account(who)
        return Reader(address, who)

    numbers = [range(i * NEIGHBOURS, (i + 1) * NEIGHBOURS) for i in range(READERS)]
    return [Crowd(looks_of(address, scene), [neighbour(n) for n in some]) for some in numbers]


def looks_of(address: str, scene: Any) -> list[tuple[Reader, str]]:
    """One resident, one who fixes, one at the desk, one visitor; a session for each reader."""
    wang, liu, chen = (Reader(address, who) for who in (scene.wang, scene.liu, scene.chen))
    visitor = Reader(address)
    return [
        (wang, "/mine/"), (visitor, "/board/"), (liu, "/unit/"), (chen, "/desk/"), (wang, "/"), (visitor, "/help/"),
        (visitor, "/"),
    ]  # fmt: skip


def warm(address: str, scene: Any) -> None:
    """Every worker has served each page and read its first text before the time is taken."""
    began, readers = time.monotonic(), looks_of(address, scene)
    for turn in range(WORKERS * 4):
        for reader, path in readers:
            reader.get(path)
        raise_one(readers[0][0], Seen(), turn)
    print(f"warm after {time.monotonic() - began:.0f} s")


def tell(seen: Seen, seconds: float) -> bool:
    faults = sum(code >= 500 for code in seen.codes)
    print(
        f"{len(seen.codes)} requests in {seconds:.0f} s: {len(seen.codes) / seconds:.0f} a second, {faults} faults (5xx)"
    )
    for name, times in (("looks", seen.looks), ("raised", seen.writes)):
        if len(times) > 1:
            cuts = [round(cut * 1000) for cut in statistics.quantiles(times, n=100)]
            print(f"{name:8} {len(times):6}   median {cuts[49]} ms   p95 {cuts[94]} ms   p99 {cuts[98]} ms")
    others = sorted({code for code in seen.codes if code >= 400})
    print(f"other answers: {others or 'none'}")
    return not faults


def main(matters: int, seconds: float) -> int:
    folder = stage.start()
    from linli.kernel.cases.models import Case

    try:
        scene = stage.cast()
        stage.fill(scene, to=matters)
        with served() as (address, _pid):
            warm(address, scene)
            before = Case.objects.count()
            crowds = crowds_of(address, scene)
            seen, until = Seen(), time.monotonic() + seconds
            crowd = [
                threading.Thread(target=press_on, args=(c, until, seen, i * 3)) for i, c in enumerate(crowds)
            ]
            for one in crowd:
                one.start()
            for one in crowd:
                one.join()
            print(f"{Case.objects.count() - before} matters raised")
        return 0 if tell(seen, seconds) else 1
    finally:
        stage.clear(folder)


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(given + [100_000, 60][len(given) :])))
