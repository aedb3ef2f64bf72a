"""What a backup says of itself, and whether this house may restore it."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from linli.kernel.keys import ringfile

NAME = "manifest.json"
CHUNK = 1 << 20


class NotRestorable(Exception):
    """Why a backup cannot be made or restored, in one sentence of each language."""


def known_migrations() -> list[str]:
    """Every migration of the code that runs now."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


def held_keys() -> list[str]:
    """The ids of the keys of this house, never the keys."""
    if not ringfile.path().exists():
        return []
    return sorted(key.id for sort in ringfile.SORTS for key in ringfile.every(sort))


def this_version() -> str:
    return version("linli")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Rows of each table, the end of the journal, what made it, and the hash of every file."""

    made_at: str
    vendor: str
    counts: dict[str, int]
    position: int
    head: str
    version: str = field(default_factory=this_version)
    migrations: list[str] = field(default_factory=known_migrations)
    keys: list[str] = field(default_factory=held_keys)
    hashes: dict[str, str] = field(default_factory=dict)


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def contents(folder: Path) -> Iterator[str]:
    """Every file of a backup besides the manifest, by its place in the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / NAME:
            yield path.relative_to(folder).as_posix()


def write(folder: Path, manifest: Manifest) -> None:
    """The manifest comes last: a folder without one is no backup."""
    path = folder / NAME
    with path.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    path = folder / NAME
    if not path.is_file():
        raise NotRestorable(
            f"{folder} holds no finished backup (no {NAME}). / {folder} 里没有完整的备份（缺 {NAME}）。"
        )
    return Manifest(**json.loads(path.read_text(encoding="utf-8")))


def check(folder: Path, manifest: Manifest) -> None:
    """Refuse another version, other migrations, another kind of database, or a damaged file."""
    here = this_version()
    if manifest.version != here:
        raise NotRestorable(
            f"This backup was made by version {manifest.version}, this is {here}. Install {manifest.version}, "
            f"restore, then upgrade. / 这份备份由 {manifest.version} 版制作，现在是 {here} 版。"
            f"请先装 {manifest.version} 版恢复，再升级。"
        )
    strange = sorted(set(manifest.migrations) ^ set(known_migrations()))
    if strange:
        raise NotRestorable(
            f"The backup and this program know different migrations ({', '.join(strange[:3])}). Use the program "
            f"that made it. / 备份和程序的数据库变更不一致（{'、'.join(strange[:3])}），请用制作备份的程序恢复。"
        )
    _check_vendor(manifest)
    _check_hashes(folder, manifest)


def _check_vendor(manifest: Manifest) -> None:
    engine = str(settings.DATABASES["default"]["ENGINE"])
    if manifest.vendor not in engine:
        raise NotRestorable(
            f"The backup holds a {manifest.vendor} database; DATABASE_URL names another kind. "
            f"/ 备份里是 {manifest.vendor} 数据库，DATABASE_URL 指的是另一种。"
        )


def _check_hashes(folder: Path, manifest: Manifest) -> None:
    found = set(contents(folder))
    bad = sorted(found ^ set(manifest.hashes))
    bad += [
        name
        for name in sorted(found & set(manifest.hashes))
        if digest_of(folder / name) != manifest.hashes[name]
    ]
    if bad:
        raise NotRestorable(
            f"The backup is damaged: {bad[0]} is not what was backed up. Take another one. "
            f"/ 备份损坏：{bad[0]} 与备份时不一致，请换一份。"
        )
