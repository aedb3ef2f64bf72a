"""What ``make test``, ``check``, ``drills``, ``soak`` and ``bench`` run, one step after the other."""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from linli.project import words
from linli.project.cluster import programs
from linli.project.env import stop

ROOT = Path(__file__).resolve().parent.parent.parent.parent
BIN = Path(sys.executable).parent
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"))
ONE = (str(BIN / "pytest"), "-q", "--timeout", "300", "-p", "no:cacheprovider")
PYTEST = (*ONE, "-n", "2", "--dist", "worksteal")
ORDINARY = "not drill and not browser"
NOT_ENGINES = ("src/linli/kernel", "src/linli/web", "src/linli/modules", "src/linli/project", "tests")


@dataclass(frozen=True, slots=True)
class Step:
    """A command, what it is called in the summary, and what it finds in its environment."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)


Result = tuple[str, int, float]
IMPORT_TESTS = "src/linli/modules/appeals/importing/tests/test_baltimore.py"
# What answers by address and header, or opens files, is the same on both; ten thousand rows are counted
# once; and what starts a PostgreSQL of its own has asked both already.
ALIKE = (
    *(f"tests/trust/test_{name}.py" for name in ("authorization", "headers", "backup", "personal", "races")),
    *(f"tests/trust/test_{name}.py" for name in ("automatic_backup", "counts")),
    *(f"src/linli/kernel/files/tests/test_{name}.py" for name in ("hostile", "photos", "sounds", "browser")),
    *("tests/test_house.py", "tests/test_supply.py", "src/linli/project/tests"),
)
ONCE = (
    *(f"--ignore={path}" for path in ALIKE),
    f"--deselect={IMPORT_TESTS}::test_ten_thousand_requests_come_in_and_every_figure_agrees",
)
TESTS = (
    Step("tests on SQLite", (*PYTEST, "-m", ORDINARY)),
    # A browser mostly waits, so it does beside the other; one process tells the demo once.
    (
        Step(
            "tests on PostgreSQL",
            (*PYTEST, "-m", ORDINARY, *ONCE, *NOT_ENGINES),
            {"LINLI_TEST_POSTGRES": "1"},
        ),
        Step("tests in a browser", (*ONE, "-m", "browser and not drill")),
    ),
)
CHECKS = (
    Step("format", (str(BIN / "ruff"), "format", "--check", ".")),
    Step("lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Step("types", (str(BIN / "mypy"), "src/linli")),
    Step("layers", (str(BIN / "lint-imports"), "--no-cache")),
    Step("templates", (str(BIN / "djlint"), "--lint", "--quiet", "src/linli")),
    Step(
        "migrations",
        (str(BIN / "linli"), "makemigrations", "--check", "--dry-run"),
        {"LINLI_DATA": "build/check"},
    ),
    Step("words", (sys.executable, "-m", "linli.project.words", "check")),
)
DRILLS = (
    Step("drills within a room", (*PYTEST, "-m", "drill", "src")),
    Step(
        "drills of the house", (str(BIN / "pytest"), "-v", "-m", "drill", "-p", "no:cacheprovider", "tests")
    ),
)
SOAK = (Step("soak", (sys.executable, "-m", "benchmarks.soak", "--minutes", "30")),)


def benches() -> Iterator[Step]:
    for file in sorted((ROOT / "benchmarks").glob("*.py")):
        if file.stem not in {"__init__", "soak", "floor", "stage", "serving", "peers"}:
            yield Step(f"bench {file.stem}", (sys.executable, "-m", f"benchmarks.{file.stem}"))


def missing_packages() -> list[str]:
    """Debian's names of what the tests need beside Python."""
    wanted = {
        "postgresql": programs() is not None,
        "chromium": any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
        "fonts-noto-cjk": any(found for folder in FONTS for found in Path(folder).glob("**/*CJK*")),
    }
    return [name for name, present in wanted.items() if not present]


def provide(packages: Sequence[str]) -> None:
    """On Debian as root, install them; elsewhere, say what is missing and how to get it."""
    if not packages:
        return
    listed = " ".join(packages)
    if os.geteuid() or not shutil.which("apt-get"):
        stop(
            f"The tests also need: {listed} (on Debian: sudo apt install {listed}). / 测试还需要：{listed}。"
        )
    print(f"Installing {listed} ... / 正在安装 {listed} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        if subprocess.run(command, env=quiet, check=False).returncode:  # noqa: S603 -- Debian's own, names from above
            stop(f"{' '.join(command)} failed. / 安装失败。")


def carry_out(rounds: Sequence[Step | Sequence[Step]]) -> int:
    """Every round, even after a failure, the steps of a round side by side; then one line for each step."""
    results = []
    for found in rounds:
        steps = (found,) if isinstance(found, Step) else found
        results += [alone(steps[0])] if len(steps) == 1 else together(steps)
    print(f"\n--- {platform.node()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    for name, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<22} {seconds:7.1f} s", flush=True)
    return 1 if any(code for _, code, _ in results) else 0


def alone(step: Step) -> Result:
    print(f"\n--- {step.name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, env={**os.environ, **step.environment}, check=False)  # noqa: S603 -- from the lists above
    return step.name, done.returncode, time.monotonic() - began


def together(steps: Sequence[Step]) -> list[Result]:
    """Each says what it said when it has ended."""
    print(f"\n--- {', '.join(step.name for step in steps)}, side by side", flush=True)
    with ThreadPoolExecutor(len(steps)) as threads:
        running = [threads.submit(apart, step) for step in steps]
        return [one.result() for one in running]


def apart(step: Step) -> Result:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- from the lists above
        step.command, cwd=ROOT, env={**os.environ, **step.environment}, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    print(f"\n--- {step.name}\n{done.stdout}", flush=True)
    return step.name, done.returncode, time.monotonic() - began


def main(argv: Sequence[str]) -> int:
    what = argv[0] if argv else "test"
    known: dict[str, Sequence[Step | Sequence[Step]]] = {
        "test": TESTS,
        "check": CHECKS,
        "drills": DRILLS,
        "soak": SOAK,
        "bench": tuple(benches()),
    }
    if what not in known:
        stop(f"Say one of {', '.join(known)}. / 参数是 {'、'.join(known)} 之一。")
    if what in {"test", "drills"}:
        provide(missing_packages())
    words.compile_changed()
    return carry_out(known[what])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
