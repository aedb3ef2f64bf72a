"""Set the house up: a virtual environment that holds exactly the locked packages.

Runs on a bare machine, so it knows only the standard library, and is called with any Python 3.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
HOUSE = os.path.join(ROOT, ".venv")
# What benchmarks compare with stays out of the house: some of it is GPL.
VENVS = {"run": HOUSE, "dev": HOUSE, "peers": os.path.join(ROOT, "build", "peers")}
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock", "peers": "requirements-peers.lock"}
HOLDS = {"run": ("run", "dev"), "dev": ("dev",), "peers": ("peers",)}
OLDEST = (3, 11)


def stop(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    raise SystemExit(2)


def mark(lock: str) -> str:
    """What an installation from this lock file depends on, as one short text."""
    digest = hashlib.sha256(sys.version.encode())
    for name in (lock, "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def python_of(kind: str) -> str:
    return os.path.join(VENVS[kind], "bin", "python")


def stamp_of(kind: str) -> str:
    return os.path.join(VENVS[kind], "linli-setup.json")


def marks_made(kind: str) -> dict[str, str]:
    try:
        with open(stamp_of(kind), encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def is_set_up(kind: str) -> bool:
    """A developer's set-up also holds everything that running needs."""
    made = marks_made(kind)
    held = any(made.get(LOCKS[k]) == mark(LOCKS[k]) for k in HOLDS[kind])
    return held and os.path.exists(python_of(kind))


def make_venv(kind: str) -> None:
    if os.path.exists(python_of(kind)):
        return
    name = os.path.relpath(VENVS[kind], ROOT)
    sys.stderr.write("Making %s ... / 正在建立 %s ...\n" % (name, name))
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENVS[kind]], capture_output=True, text=True, check=False
    )
    if made.returncode:
        stop(
            "Python cannot make a virtual environment here (on Debian: apt install python3-venv). "
            "/ 建不了虚拟环境（Debian 请先 apt install python3-venv）。\n"
            + made.stdout[-500:]
            + made.stderr[-500:]
        )


def pip(kind: str, *words: str) -> None:
    """Run pip and show a line for each package instead of its whole talk."""
    command = [python_of(kind), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *words]
    talk = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as run:
        for line in run.stdout or ():
            talk.append(line)
            show(line)
    if run.returncode:
        tail = "".join(talk[-15:])
        stop("\nThe packages could not be installed. / 软件包没有装上。\n" + tail)


def show(line: str) -> None:
    if line.startswith(("Collecting ", "Installing ")):
        words = line.split()
        what = words[1].split("==")[0] if line.startswith("Collecting") else "..."
        sys.stderr.write("\r\033[K  %s %s" % (words[0], what))
        sys.stderr.flush()


def install(kind: str) -> None:
    sys.stderr.write("Installing the locked packages, once; a minute or two. / 首次安装，需要一两分钟。\n")
    pip(kind, "--require-hashes", "-r", LOCKS[kind])
    if VENVS[kind] == HOUSE:
        pip(kind, "--no-deps", "--no-build-isolation", "-e", ".")
    sys.stderr.write("\r\033[KInstalled. / 已装好。\n")
    made = dict(marks_made(kind))
    made[LOCKS[kind]] = mark(LOCKS[kind])
    with open(stamp_of(kind), "w", encoding="utf-8") as file:
        json.dump(made, file)


def main(kind: str) -> None:
    if sys.version_info < OLDEST:
        stop(
            "Linli needs Python 3.11 or newer; this is %d.%d. / 需要 Python 3.11 或更新的版本，现在是 %d.%d。"
            % (sys.version_info[:2] * 2)
        )
    if kind not in LOCKS:
        stop("Say run, dev or peers. / 参数是 run、dev 或 peers。")
    if is_set_up(kind):
        return
    try:
        make_venv(kind)
        install(kind)
    except KeyboardInterrupt:
        stop("\nStopped; start again whenever you like. / 已停止，随时可以重来。")
    except OSError as problem:
        stop("The folder %s cannot be written: %s / 文件夹写不进去。" % (ROOT, problem.strerror))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
