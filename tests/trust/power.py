"""The power goes: of everything written since a file was last brought to the disk, any part may be missing.

What the kernel's own actions write is recorded once, then written again through a file system of ours that
knows what lies on the disk and what only in memory. At the cut every write not yet brought to the disk is
kept, lost or torn by chance, each for itself. Not modelled: a disk that lies about what it has written.
"""

import os
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from tests.trust import house

SECTOR = 512
Statement = tuple[str, tuple[Any, ...]]


@dataclass
class Disk:
    """One file: what would survive, and what has been written since."""

    durable: bytearray
    pending: list[tuple[int, bytes]] = field(default_factory=list)

    def sync(self) -> None:
        for place, data in self.pending:
            put(self.durable, place, data)
        self.pending.clear()

    def after_the_cut(self, chance: random.Random) -> bytes:
        left = bytearray(self.durable)
        for place, data in self.pending:
            fate = chance.random()
            if place < 0 or fate < 1 / 3:
                continue
            torn = len(data) // SECTOR * SECTOR and chance.randrange(0, len(data), SECTOR)
            put(left, place, data if fate < 2 / 3 else data[:torn])
        return bytes(left)


def put(content: bytearray, place: int, data: bytes) -> None:
    """A write; a place below zero stands for cutting the file to ``-place - 1`` bytes."""
    if place < 0:
        del content[-place - 1 :]
        return
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


class Files(apsw.VFS):
    """A file system that remembers, for every file, what is safe."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.disks: dict[str, Disk] = {}
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> "Watched":  # noqa: N802 -- apsw's word
        path = name.filename() if hasattr(name, "filename") else str(name)
        content = Path(path).read_bytes() if Path(path).exists() else b""
        disk = self.disks.setdefault(path, Disk(bytearray(content)))
        return Watched(name, flags, disk)

    def xDelete(self, path: str, sync: bool) -> None:  # noqa: N802 -- apsw's word and order
        self.disks.pop(path, None)
        super().xDelete(path, sync)


class Watched(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], disk: Disk) -> None:
        self.disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- apsw's word
        self.disk.pending.append((offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802 -- apsw's word
        self.disk.pending.append((-size - 1, b""))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802 -- apsw's word
        super().xSync(flags)
        self.disk.sync()


def recorded(cast: house.Cast, count: int) -> list[tuple[int, list[Statement]]]:
    """What ``open_case`` writes: for each matter its key and its statements."""
    from django.db import connection

    kept: list[Statement] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            kept.append((sql.replace("%s", "?"), tuple(params or ())))
        return execute(sql, params, many, context)

    found = []
    with connection.execute_wrapper(keep):
        for _ in range(count):
            kept.clear()
            case = house.open_one(cast)
            found.append((case.pk, list(kept)))
    return found


def written(
    path: Path, history: list[tuple[int, list[Statement]]], synchronous: str, name: str
) -> Iterator[list[int]]:
    """Write the history; after each commit, the keys acknowledged so far."""
    with closing(apsw.Connection(str(path), vfs=name)) as base:
        for pragma in (
            "locking_mode=exclusive", "journal_mode=wal", f"synchronous={synchronous}", "foreign_keys=on",
            "secure_delete=on", "wal_autocheckpoint=40",
        ):  # fmt: skip
            base.execute(f"PRAGMA {pragma}")
        acknowledged: list[int] = []
        for key, statements in history:
            base.execute("BEGIN IMMEDIATE")
            for sql, params in statements:
                base.execute(sql, params)
            base.execute("COMMIT")
            acknowledged.append(key)
            yield acknowledged


def one_cut(
    template: Path, home: Path, history: Any, synchronous: str, chance: random.Random
) -> tuple[int, int, int]:
    """Lost promises, damage and halves after one cut of the power."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "after").mkdir(parents=True)
    path = home / "linli.sqlite3"
    shutil.copyfile(template, path)
    files, stop = Files(f"cut{os.urandom(4).hex()}"), chance.randint(3, len(history))
    promised: list[int] = []
    writer = written(path, history[:stop], synchronous, files.name)
    for acknowledged in writer:
        promised = list(acknowledged)
        if len(promised) == stop:
            break
    images = {name: disk.after_the_cut(chance) for name, disk in files.disks.items()}
    writer.close()
    for name, content in images.items():
        (home / "after" / Path(name).name).write_bytes(content)
    return judged(home / "after" / path.name, promised)


def judged(path: Path, promised: list[int]) -> tuple[int, int, int]:
    with closing(apsw.Connection(str(path))) as base:
        try:
            damage = int(base.execute("PRAGMA integrity_check").fetchone() != ("ok",))
            there = {row[0] for row in base.execute("SELECT id FROM cases_case")}
            sides = [
                {row[0] for row in base.execute(sql)}
                for sql in (
                    "SELECT object_id FROM journal_entry WHERE verb = 'drill.raised'",
                    "SELECT case_id FROM cases_party",
                    "SELECT case_id FROM cases_step",
                )
            ]
        except apsw.Error:
            return len(promised), 1, 0
    return len(set(promised) - there), damage, sum(len(there ^ side) for side in sides)


def main(argv: house.Argv) -> None:
    cuts, seed = int(argv[0]), int(argv[1])
    cast = house.build()
    from django.conf import settings
    from django.db import connection

    live = Path(connection.settings_dict["NAME"])
    template, home = settings.LINLI_DATA / "template.sqlite3", settings.LINLI_DATA / "cut"
    shutil.copyfile(live, template)
    history = recorded(cast, 40)
    connection.close()
    figures = {}
    for synchronous, count in (("FULL", cuts), ("NORMAL", cuts // 5), ("OFF", cuts // 10)):
        chance = random.Random(seed)
        results = [one_cut(template, home, history, synchronous, chance) for _ in range(count)]
        figures[synchronous] = {
            "cuts_that_lost": sum(lost > 0 for lost, _, _ in results),
            "damaged": sum(damage for _, damage, _ in results),
            "halves": sum(halves for _, _, halves in results),
        }
    house.tell(cuts=cuts, **figures)


if __name__ == "__main__":
    main(sys.argv[1:])
