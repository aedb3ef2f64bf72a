"""The uploaded files of a backup: what the one before holds unchanged can be linked to it, not copied again.

Files never change under their name, so a day of automatic backups holds each photo once.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = "work"  # uploads that are still being checked


def take(source: Path, target: Path, before: Path | None) -> set[str]:
    """Bring a folder into a backup; the names that were linked. What goes away meanwhile was erased."""
    linked = set()
    for path in files_below(source):
        name = path.relative_to(source)
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if before and link(path, before / name, place):
            linked.add(name.as_posix())
        else:
            copy(path, place)
    return linked


def files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[0] != UNFINISHED:
            yield path


def link(path: Path, earlier: Path, place: Path) -> bool:
    """Whether the earlier copy is the same and could be shared; some file systems know no second name."""
    try:
        here, there = path.stat(), earlier.stat()
        if (here.st_size, here.st_mtime_ns) != (there.st_size, there.st_mtime_ns):
            return False
        os.link(earlier, place)
    except OSError:
        return False
    return True


def copy(path: Path, place: Path) -> None:
    try:
        shutil.copy2(path, place)
    except FileNotFoundError:
        place.unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in files_below(folder)) if folder.is_dir() else 0
