"""Thirty minutes under load: does anything grow?

A small demo house is served; four readers press on. Every ten seconds memory, open files and the size of the
write-ahead log are noted. It fails when a worker grew by more than 20 MiB after the first tenth, a process kept files
open, the log passed 64 MiB, a page answered 5xx, or the last tenth was more than a fifth slower than the second.
"""

import argparse
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linli.project import touring

READERS = 4
PAGES = ("/", "/board/", "/help/", "/rules/", "/health", "/in/", "/raise/", "/follow/")
MOST_GROWTH_KIB = 20 * 1024
MOST_LOG = 64 * 2**20


@dataclass
class Readings:
    """What was seen, in order."""

    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[dict[int, int]] = field(default_factory=list)
    files: list[dict[int, int]] = field(default_factory=list)
    logs: list[int] = field(default_factory=list)


def press_on(address: str, until: float, seen: Readings) -> None:
    turn = 0
    while time.monotonic() < until:
        began = time.monotonic()
        page = PAGES[turn % len(PAGES)]
        try:
            with urllib.request.urlopen(address + page, timeout=30) as answer:
                answer.read()
        except urllib.error.HTTPError as problem:
            if problem.code >= 500:
                seen.faults.append(f"{page}: {problem.code}")
        except OSError as problem:
            seen.faults.append(f"{page}: {problem}")
        seen.times.append(time.monotonic() - began)
        turn += 1


def processes_of(data: Path) -> Iterator[int]:
    """The house's own processes: those that carry its data folder in their environment."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"LINLI_DATA={data}\0".encode() in (entry / "environ").read_bytes():
                yield int(entry.name)
        except OSError:
            continue


def note(data: Path, seen: Readings) -> None:
    pids = list(processes_of(data))
    seen.memory.append({pid: kib for pid in pids if (kib := resident(pid))})
    seen.files.append({pid: count for pid in pids if (count := open_files(pid))})
    log = data / "linli.sqlite3-wal"
    seen.logs.append(log.stat().st_size if log.exists() else 0)


def resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def open_files(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0


def growth(samples: list[dict[int, int]]) -> int:
    """The largest growth of one process from the end of the first tenth to the end."""
    early, late = samples[len(samples) // 10], samples[-1]
    return max((late[pid] - early[pid] for pid in late if pid in early), default=0)


def judge(seen: Readings) -> list[str]:
    tenth = max(1, len(seen.times) // 10)
    early, late = statistics.median(seen.times[tenth : 2 * tenth]), statistics.median(seen.times[-tenth:])
    grown, opened = growth(seen.memory), growth(seen.files)
    print(
        f"{len(seen.times)} pages, {len(seen.faults)} faults, median {early * 1000:.0f} → {late * 1000:.0f} ms"
    )
    print(
        f"memory +{grown / 1024:.1f} MiB a process, open files +{opened}, log at most {max(seen.logs) / 2**20:.1f} MiB"
    )
    return [
        *seen.faults[:5],
        *([f"memory grew by {grown} KiB"] if grown > MOST_GROWTH_KIB else []),
        *([f"{opened} more files are open"] if opened > 2 else []),
        *([f"the log reached {max(seen.logs)} bytes"] if max(seen.logs) > MOST_LOG else []),
        *([f"it became slower: {early:.3f} → {late:.3f} s"] if late > early * 1.2 + 0.005 else []),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    until_end = parser.parse_args().minutes * 60
    seen = Readings()
    with tempfile.TemporaryDirectory() as folder, touring.demo_house(Path(folder)) as address:
        until = time.monotonic() + until_end
        readers = [threading.Thread(target=press_on, args=(address, until, seen)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        while time.monotonic() < until:
            time.sleep(min(10, until_end / 20))
            note(Path(folder), seen)
            print(f"\r{len(seen.times)} pages", end="", flush=True)
        for reader in readers:
            reader.join()
    print()
    faults = judge(seen)
    print("\n".join(faults) or "nothing grew")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
