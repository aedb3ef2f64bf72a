"""The real server on the stage: two workers on a port of the loopback, with readers who have signed in."""

import argparse
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from linli.project.group import end_with_parent
from linli.project.serve import answers, site_command
from linli.project.touring import free_port

WORKERS = 2
PATIENCE = 60.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The address and the process of granian as ``linli serve`` starts it; it ends with the block."""
    port = free_port()
    command = site_command(argparse.Namespace(host="127.0.0.1", port=port, workers=WORKERS))
    here = {**os.environ, "LINLI_ADDRESS": f"http://127.0.0.1:{port}"}
    house = subprocess.Popen(command, env=here, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent)  # noqa: PLW1509 -- ourselves, before any thread
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", house.pid
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(timeout=30)


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while not answers("127.0.0.1", port):
        if time.monotonic() > until:
            raise TimeoutError("The server did not begin to answer.")
        time.sleep(0.2)


class Reader:
    """A browser with a session of her own; it keeps cookies and sends forms with their token."""

    def __init__(self, address: str, who: Any = None) -> None:
        self.address = address
        self.cookies = dict(_session_of(who)) if who is not None else {}

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """Send a form that stands on a page read before."""
        found = TOKEN.search(page)
        given = {"csrfmiddlewaretoken": found.group(1) if found else "", **fields}
        return self._ask(urllib.request.Request(self.address + path, urllib.parse.urlencode(given).encode()))

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self._keep(answer)
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, ""

    def _keep(self, answer: Any) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: part.value for name, part in SimpleCookie(line).items()})


def _session_of(who: Any) -> Iterator[tuple[str, str]]:
    from django.test import Client

    from tests import make

    for name, part in make.sign_in(Client(), who).cookies.items():
        yield name, part.value


def below(pid: int) -> list[int]:
    """The processes this one started, and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [found for child in children for found in (int(child), *below(int(child)))]
