"""kill -9 of the whole house while residents write: the site with its workers, the jobs, and the parent of both.

A resident was promised something when her browser got the answer to her form. Every word that was promised must
be in the thread afterwards, and the house must open again by itself.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path
from typing import Any

from tests.trust import house
from tests.trust.kill import whole

RESIDENTS = 24
AT_ONCE = 6
PATIENCE = 60.0
TOKEN = "d" * 32
Resident = tuple[int, str]  # her matter, and the cookie of her session


def settle() -> list[Resident]:
    """A district by its migrations, and residents who have each raised a matter and signed in."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from linli.kernel.people.models import Person
    from tests import make

    call_command("migrate", interactive=False, verbosity=0)
    scene = make.scene()
    found = []
    for n in range(RESIDENTS):
        scene.people[f"n{n}"] = who = Person.objects.create(name=f"居民{n}", community=scene.community)
        make.account(who)
        matter = make.appeal(scene, by=f"n{n}", text=f"{n}号楼道的灯不亮")
        found.append((matter.pk, make.sign_in(Client(), who).cookies["session"].value))
    connections.close_all()
    return found


def start(port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The house as an administrator starts it, and the seconds until it answered."""
    began = time.monotonic()
    command = [sys.executable, "-m", "linli.project.command", "serve", "--port", str(port), "--workers", "2"]
    parent = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not is_serving(port):
        if parent.poll() is not None or time.monotonic() - began > PATIENCE:
            raise RuntimeError(f"the house did not open: {parent.poll()}")
        time.sleep(0.02)
    return parent, time.monotonic() - began


def is_serving(port: int) -> bool:
    try:
        return ask(port, "GET", "/health").status == http.client.OK
    except OSError:
        return False


def ask(port: int, method: str, path: str, session: str = "", **form: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    given = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if form else None
    headers = {"Cookie": f"session={session}; csrf={TOKEN}", "Connection": "close"}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request(method, path, given, headers)
    answer = line.getresponse()
    answer.read()
    return answer


def below(number: int) -> list[int]:
    """A process and everybody it started."""
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return [number]
    return [number, *(found for child in children for found in below(int(child)))]


def kill_all(parent: subprocess.Popen[bytes]) -> int:
    """Everybody at the same moment, the parent first, so that nobody is revived."""
    numbers = below(parent.pid)
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it had just ended by itself
    parent.wait()
    return len(numbers)


def write(port: int, resident: Resident, mark: str, promised: list[tuple[int, str]], over: Any) -> None:
    """One word after the other; what counts is the answer that came."""
    matter, session = resident
    n = 0
    while not over.is_set():
        n += 1
        words = f"{mark}第{n}句"
        try:
            answer = ask(port, "POST", f"/matters/{matter}/add/", session, text=words)
        except (OSError, http.client.HTTPException):
            return
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"{words}: {answer.status}")
        promised.append((matter, words))


def one_round(port: int, residents: list[Resident], number: int) -> tuple[list[tuple[int, str]], float, int]:
    parent, seconds = start(port)
    promised: list[tuple[int, str]] = []
    over = threading.Event()
    crowd = [
        threading.Thread(target=write, args=(port, who, f"{number}轮{n}号", promised, over))
        for n, who in enumerate(random.sample(residents, AT_ONCE))
    ]
    for one in crowd:
        one.start()
    until = time.monotonic() + PATIENCE
    while len(promised) < 3 * AT_ONCE and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(random.uniform(0.2, 1.5))
    killed = kill_all(parent)
    over.set()
    for one in crowd:
        one.join()
    return promised, seconds, killed


def lost(promised: list[tuple[int, str]]) -> int:
    from linli.kernel.cases.models import Step

    kept = set(Step.objects.filter(verb="appeals.word_added").values_list("case", "text"))
    return len(set(promised) - kept)


def main(argv: house.Argv) -> None:
    rounds, seed = map(int, argv)
    random.seed(seed)
    residents = settle()
    from django.db import connections

    from linli.project.touring import free_port

    everything: list[tuple[int, str]] = []
    opened, fewest, missing = [], 99, 0
    for number in range(rounds):
        promised, seconds, killed = one_round(free_port(), residents, number)
        opened.append(seconds)
        fewest = min(fewest, killed)
        everything += promised
        missing += lost(promised)
        connections.close_all()
    parent, seconds = start(free_port())  # the last death, too, is followed by a morning
    kill_all(parent)
    again = sorted([*opened[1:], seconds])
    house.tell(
        rounds=rounds, promised=len(everything), lost=missing + lost(everything), fewest_killed=fewest,
        serving_after=round(again[0], 2), at_worst=round(again[-1], 2), load=os.getloadavg()[0], **whole(),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
