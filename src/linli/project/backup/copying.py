"""Make a backup, bring one back, and drill both."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from linli.kernel.clock import local, now
from linli.project.backup import databases, folders, manifest
from linli.project.backup.manifest import Manifest, NotRestorable
from linli.project.cluster import private_cluster

Progress = Callable[[str], None]
FOLDERS = {"files": "MEDIA_ROOT", "heads": "heads"}


def place_of(name: str) -> Path:
    """Where a folder of the backup belongs in this house."""
    return Path(settings.MEDIA_ROOT) if name == "files" else Path(settings.LINLI_DATA) / name


def backup(to: Path, progress: Progress = print, *, prefix: str = "linli", after: Path | None = None) -> Path:
    """A folder below ``to`` named after the moment; it gets its name only when it is complete.

    Unchanged files are shared with the backup ``after`` which it comes; without one it stands alone.
    """
    moment = local(now())
    final = to / f"{prefix}-{moment:%Y%m%d-%H%M%S}"
    partial = to / f".{final.name}.partial"
    partial.mkdir(parents=True)
    try:
        progress("Copying the database ... / 正在备份数据库 ...")
        copied = databases.copy_to(partial)
        hashes = _take_folders(partial, after, progress)
        told = Manifest(moment.isoformat(), connection.vendor, copied.counts, copied.position, copied.head)
        os.sync()
        manifest.write(partial, replace(told, hashes=hashes))
        partial.rename(final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _remember(to)
    return final


def _take_folders(partial: Path, before: Path | None, progress: Progress) -> dict[str, str]:
    """The files and heads, and the hash of everything; what is shared with the backup before has that one's."""
    known = manifest.read(before).hashes if before else {}
    shared: dict[str, str] = {}
    for name in FOLDERS:
        progress(f"Copying {name} ... / 正在备份 {name} ...")
        linked = folders.take(place_of(name), partial / name, before / name if before else None)
        shared |= {f"{name}/{path}": known.get(f"{name}/{path}", "") for path in linked}
    return {
        name: shared.get(name) or manifest.digest_of(partial / name) for name in manifest.contents(partial)
    }


def _remember(folder: Path) -> None:
    """Bring the new name of the folder itself to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def backup_keys(to: Path) -> Path:
    """The keys into one file that only its owner reads. Keep it apart from the backups."""
    if to.exists():
        raise NotRestorable(f"{to} exists already; choose another name. / {to} 已经存在，请换个文件名。")
    to.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(settings.LINLI_KEYS, arcname="keys")
    return to


def restore_keys(source: Path) -> None:
    """Into the folder of keys; keys that lie there already are never overwritten."""
    with tarfile.open(source) as archive:
        for member in archive.getmembers():
            name = Path(member.name).name
            target = Path(settings.LINLI_KEYS) / name
            if not member.isfile() or (target.exists() and name != "secret_key"):
                continue
            data = archive.extractfile(member)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600)
            target.write_bytes(data.read() if data else b"")


def restore(
    source: Path, *, keys: Path | None = None, without_keys: bool = False, progress: Progress = print
) -> Manifest:
    """Into an empty house, after every file of the backup was found to be what it was."""
    told = manifest.read(source)
    progress("Checking the backup ... / 正在检查备份 ...")
    manifest.check(source, told)
    if not databases.is_empty():
        raise NotRestorable(
            f"There is a database here already. Set LINLI_DATA (or DATABASE_URL) to an empty place, or move "
            f"{settings.LINLI_DATA} aside. / 这里已经有数据库。请把 LINLI_DATA（或 DATABASE_URL）"
            f"指到空的位置，或者先把 {settings.LINLI_DATA} 移开。"
        )
    if keys:
        restore_keys(keys)
    _check_keys(told, without_keys=without_keys)
    progress("Restoring ... / 正在恢复 ...")
    databases.bring_back(source)
    for name in FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, place_of(name), dirs_exist_ok=True)
    return told


def _check_keys(told: Manifest, *, without_keys: bool) -> None:
    missing = sorted(set(told.keys) - set(manifest.held_keys()))
    if missing and not without_keys:
        raise NotRestorable(
            f"This backup needs keys that are not in {settings.LINLI_KEYS} ({', '.join(missing)}): without them "
            f"phone and ID numbers stay unreadable for ever. Give the file of keys with --keys FILE, or say "
            f"--without-keys to restore everything else. / 这份备份要用的密钥不在 {settings.LINLI_KEYS} 里"
            f"（{'、'.join(missing)}）。没有密钥，电话和证件号码就再也读不出来。请用 --keys 文件 提供另外备份的密钥；"
            f"确实没有，可以加 --without-keys 恢复其余内容。"
        )


def drill(progress: Progress = print) -> str:
    """Backup, restore into a house of its own, verify there; raises unless everything is equal."""
    with tempfile.TemporaryDirectory(prefix="linli-drill-") as home, _empty_database() as url:
        made = backup(Path(home) / "backups", progress)
        keys = backup_keys(Path(home) / "keys.tar")
        environment = {**os.environ, "LINLI_DATA": f"{home}/house", "DATABASE_URL": url}
        environment.pop("LINLI_KEYS", None)
        said = []
        for words in (["restore", str(made), "--keys", str(keys)], ["verify", "--counts", str(made)]):
            done = subprocess.run(  # noqa: S603 -- ourselves
                [sys.executable, "-m", "linli.project.command", *words],
                env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            said.append(done.stdout)
            if done.returncode:
                raise NotRestorable(f"linli {words[0]}: {done.stdout[-800:]}{done.stderr[-800:]}")
        return said[-1]


@contextmanager
def _empty_database() -> Iterator[str]:
    """Nothing for SQLite, whose file lies in the data folder; else a server of the drill's own."""
    if connection.vendor == "sqlite":
        yield ""
    else:
        with private_cluster() as url:
            yield url
