"""Processes that live as long as their parent: one that ends is started again, a signal ends all."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

PATIENCE = 30.0  # seconds a child may take to begin, or to finish what it is doing
PAUSE = 1.0  # seconds between the end of a child and the next one
MINUTE = 60.0
TOO_OFTEN = 5  # ends within a minute: something is wrong that starting again does not mend

Child = subprocess.Popen[bytes]


class Group:
    """The children by name, each with the command that starts it."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.commands = commands
        self.children: dict[str, Child] = {}
        self.ends: list[float] = []
        self.stopping = self.failed = False

    def run(self, greeting: str, *, when: Callable[[], bool]) -> int:
        """Start everybody, say the greeting as soon as ``when`` holds, and watch until a signal comes."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.on_signal)
        self.children = {name: start(command) for name, command in self.commands.items()}
        if self.watch(until=when, patience=PATIENCE):
            print(greeting, end="", flush=True)
        self.watch()
        return self.end()

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self, until: Callable[[], bool] | None = None, patience: float | None = None) -> bool:
        """Revive who ends; true when ``until`` came to hold, false on a signal or out of patience."""
        limit = time.monotonic() + patience if patience else None
        while not self.stopping and (limit is None or time.monotonic() < limit):
            if until and until():
                return True
            self.revive()
            time.sleep(0.05 if until else 0.2)
        return False

    def revive(self) -> None:
        for name, child in self.children.items():
            if child.poll() is None or self.stopping:
                continue
            print(f"{name}: ended ({child.returncode}) / 已退出", file=sys.stderr)
            if self.is_hopeless(time.monotonic()):
                print("It keeps ending; see the lines above. / 反复退出，请看上面的提示。", file=sys.stderr)
                self.stopping = self.failed = True
                return
            time.sleep(PAUSE)
            self.children[name] = start(self.commands[name])

    def is_hopeless(self, moment: float) -> bool:
        self.ends = [*(end for end in self.ends if end > moment - MINUTE), moment]
        return len(self.ends) >= TOO_OFTEN

    def end(self) -> int:
        """Ask everybody to finish, wait, and only then insist."""
        self.tell(signal.SIGTERM)
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit and any(child.poll() is None for child in self.children.values()):
            time.sleep(0.05)
        self.tell(signal.SIGKILL)
        print("Linli has stopped. / 已停止。", file=sys.stderr)
        return 1 if self.failed else 0

    def tell(self, number: signal.Signals) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(number)


def start(command: Sequence[str]) -> Child:
    """Gone when the parent is gone, even killed; out of reach of the terminal's Ctrl-C.

    A web worker that hears both the terminal's signal and its parent's waits for ever.
    """
    return subprocess.Popen(command, process_group=0, preexec_fn=end_with_parent)  # noqa: S603, PLW1509 -- ourselves, and no threads yet


def end_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
