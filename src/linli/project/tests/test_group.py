"""The parent and its children, as real processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

GROUP = """
import sys
from linli.project.group import Group
child = [sys.executable, "-c", sys.argv[1]]
sys.exit(Group({"child": child}).run("ready\\n", when=lambda: True))
"""
SLEEPER = "import os, time; open(os.environ['PIDS'], 'a').write(f'{os.getpid()} '); time.sleep(60)"
QUITTER = "raise SystemExit(3)"


def begin(child: str, pids: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PIDS": str(pids)}
    return subprocess.Popen(
        [sys.executable, "-c", GROUP, child],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def children(pids: Path, count: int) -> list[int]:
    """The children that have begun, once there are as many as expected."""
    for _ in range(400):
        found = [int(pid) for pid in pids.read_text().split()] if pids.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} children")


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(pid: int) -> bool:
    until = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(pid)


def test_a_signal_to_the_parent_ends_everybody(tmp_path: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        parent = begin(SLEEPER, tmp_path / number.name)
        (child,) = children(tmp_path / number.name, 1)

        parent.send_signal(number)
        told, warned = parent.communicate(timeout=20)

        assert (parent.returncode, told, warned) == (0, "ready\n", "Linli has stopped. / 已停止。\n")
        assert gone(child)


def test_a_dead_child_is_started_again(tmp_path: Path) -> None:
    parent = begin(SLEEPER, tmp_path / "pids")
    (first,) = children(tmp_path / "pids", 1)

    os.kill(first, signal.SIGKILL)
    _first, second = children(tmp_path / "pids", 2)
    parent.terminate()
    _told, warned = parent.communicate(timeout=20)

    assert second != first
    assert warned == "child: ended (-9) / 已退出\nLinli has stopped. / 已停止。\n"


def test_a_child_that_keeps_dying_ends_the_start(tmp_path: Path) -> None:
    parent = begin(QUITTER, tmp_path / "pids")

    _told, warned = parent.communicate(timeout=60)

    assert parent.returncode == 1
    assert warned.count("child: ended (3) / 已退出\n") == 5
    assert "It keeps ending" in warned


def test_a_killed_parent_leaves_nobody_behind(tmp_path: Path) -> None:
    parent = begin(SLEEPER, tmp_path / "pids")
    (child,) = children(tmp_path / "pids", 1)

    parent.kill()
    parent.communicate(timeout=20)

    assert gone(child)
