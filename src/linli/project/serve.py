"""The site and its jobs as one group of processes, watched by a parent that knows nothing of Django."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import Any

from linli.project.env import stop

LINLI = [sys.executable, "-m", "linli.project.command"]
PATIENCE = 30.0  # seconds a child may take to finish what it is doing
LAST_PORT = 65_535
TOO_OFTEN = 5  # deaths within a minute: something is wrong that starting again does not mend
PAUSE = 1.0  # seconds between the death of a child and the next one


def main(argv: Sequence[str]) -> int:
    options = read_options(argv)
    check_port(options.host, options.port)
    os.environ["LINLI_ADDRESS"] = os.environ.get("LINLI_ADDRESS") or address_of(options.host, options.port)
    greeting = prepare()
    if greeting is None:
        return 2
    return Group(site_command(options), [*LINLI, "work"]).run(options.host, options.port, greeting)


def main_demo(argv: Sequence[str]) -> int:
    """The demo district has a data folder of its own, so that it can never mix with a real one."""
    os.environ["LINLI_DEMO"] = "1"
    os.environ["LINLI_DATA"] = os.environ.get("LINLI_DATA") or "demo-data"
    return main(argv)


def read_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="linli serve")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="HOST")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="PORT")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(list(argv))
    if not options.port.isdigit() or not 0 < int(options.port) <= LAST_PORT:
        stop(f"PORT must be a number from 1 to 65535, not “{options.port}”. / PORT 要填 1 到 65535 的数字。")
    options.port = int(options.port)
    return options


def address_of(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- shown, not bound
    return f"http://{shown}:{port}"


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            stop(
                f"Port {port} needs the administrator; try PORT=8000. / 端口 {port} 需要管理员权限，请改用 PORT=8000。"
            )
        except OSError as problem:
            stop(
                f"Port {port} on {host} cannot be used ({problem.strerror}); try PORT={port + 1}. "
                f"/ {host} 的端口 {port} 用不了，请换一个，例如 PORT={port + 1}。"
            )


def prepare() -> str | None:
    """Bring the database, words and static files up to date in a process that ends again."""
    done = subprocess.run([*LINLI, "prepare"], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 -- ourselves
    return done.stdout if done.returncode == 0 else None


def site_command(options: argparse.Namespace) -> list[str]:
    """One blocking thread a worker on SQLite, whose writers queue anyway; four on PostgreSQL."""
    threads = 4 if os.environ.get("DATABASE_URL") else 1
    granian = shutil.which("granian", path=os.path.dirname(sys.executable)) or "granian"  # noqa: PTH120 -- a search path
    return [
        granian, "--interface", "wsgi", "--host", options.host, "--port", str(options.port),
        "--workers", str(options.workers), "--blocking-threads", str(threads), "--no-ws",
        "--respawn-failed-workers", "--log-level", "warning", "--workers-kill-timeout", "10",
        "linli.project.wsgi:application",
    ]  # fmt: skip


class Group:
    """Children that live as long as the parent: one that dies is started again, a signal ends all."""

    def __init__(self, *commands: list[str]) -> None:
        self.commands = commands
        self.children: list[subprocess.Popen[bytes]] = []
        self.deaths: list[float] = []
        self.stopping = self.failed = False

    def run(self, host: str, port: int, greeting: str) -> int:
        signal.signal(signal.SIGINT, self.on_signal)
        signal.signal(signal.SIGTERM, self.on_signal)
        self.children = [start(command) for command in self.commands]
        if self.wait_for(host, port):
            print(greeting, end="", flush=True)
        while not self.stopping:
            self.revive()
            time.sleep(0.2)
        return self.end()

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def wait_for(self, host: str, port: int) -> bool:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.stopping:
            if answers(host, port):
                return True
            self.revive()
            time.sleep(0.05)
        return False

    def revive(self) -> None:
        """Start again whoever ended; give up when that happens too often."""
        for place, child in enumerate(self.children):
            if child.poll() is None or self.stopping:
                continue
            print(f"{self.commands[place][0]} ended ({child.returncode}). / 进程退出。", file=sys.stderr)
            self.deaths = [*(at for at in self.deaths if at > time.monotonic() - 60), time.monotonic()]
            if len(self.deaths) >= TOO_OFTEN:
                print("It keeps ending, see the lines above. / 反复退出，请看上面的提示。", file=sys.stderr)
                self.stopping = self.failed = True
                return
            time.sleep(PAUSE)
            self.children[place] = start(self.commands[place])

    def end(self) -> int:
        """Ask everybody to finish, wait, and only then insist."""
        tell(self.children, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(child.poll() is None for child in self.children):
            time.sleep(0.05)
        tell(self.children, signal.SIGKILL)
        print("Linli has stopped. / 已停止。", file=sys.stderr)
        return 1 if self.failed else 0


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    """In the parent's group, and gone when the parent is gone, even killed."""
    return subprocess.Popen(command, preexec_fn=outlive_nobody)  # noqa: S603, PLW1509 -- ourselves, single thread


def outlive_nobody() -> None:
    """Linux ends the child when its parent dies; a terminal's Ctrl-C reaches only the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def tell(children: Sequence["subprocess.Popen[Any]"], number: signal.Signals) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(number)


def answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- asked, not bound
    try:
        with socket.create_connection((target, port), timeout=1):
            return True
    except OSError:
        return False
