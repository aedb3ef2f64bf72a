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
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "linli-setup.json")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
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


def marks_made() -> dict[str, str]:
    try:
        with open(STAMP, encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def is_set_up(kind: str) -> bool:
    """A developer's set-up also holds everything that running needs."""
    made = marks_made()
    return any(made.get(LOCKS[k]) == mark(LOCKS[k]) for k in {kind, "dev"}) and os.path.exists(PYTHON)


def make_venv() -> None:
    if os.path.exists(PYTHON):
        return
    sys.stderr.write("Making .venv ... / 正在建立 .venv ...\n")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        stop(
            "Python cannot make a virtual environment here (on Debian: apt install python3-venv). "
            "/ 建不了虚拟环境（Debian 请先 apt install python3-venv）。\n"
            + made.stdout[-500:]
            + made.stderr[-500:]
        )


def pip(*words: str) -> None:
    """Run pip and show a line for each package instead of its whole talk."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *words]
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
    pip("--require-hashes", "-r", LOCKS[kind])
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    sys.stderr.write("\r\033[KInstalled. / 已装好。\n")
    made = dict(marks_made())
    made[LOCKS[kind]] = mark(LOCKS[kind])
    with open(STAMP, "w", encoding="utf-8") as file:
        json.dump(made, file)


def main(kind: str) -> None:
    if sys.version_info < OLDEST:
        stop(
            "Linli needs Python 3.11 or newer; this is %d.%d. / 需要 Python 3.11 或更新的版本，现在是 %d.%d。"
            % (sys.version_info[:2] * 2)
        )
    if kind not in LOCKS:
        stop("Say run or dev. / 参数是 run 或 dev。")
    if is_set_up(kind):
        return
    try:
        make_venv()
        install(kind)
    except KeyboardInterrupt:
        stop("\nStopped; start again whenever you like. / 已停止，随时可以重来。")
    except OSError as problem:
        stop("The folder %s cannot be written: %s / 文件夹写不进去。" % (ROOT, problem.strerror))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
