"""Ready to serve: folder, checks, migrations, words, static files; then the greeting on standard output."""

import hashlib
import secrets
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from linli.project import words
from linli.project.command import start_django
from linli.project.env import stop


def main(_argv: Sequence[str]) -> int:
    """The words come first: Django reads each catalogue once, as soon as somebody needs a word."""
    words.compile_changed()
    start_django()
    check_folder(settings.LINLI_DATA)
    check_database()
    migrate()
    collect_static()
    if settings.LINLI_DEMO:
        from linli.project.demo import tell

        tell()
    print(greeting())
    return 0


def check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        stop(
            f"The folder {folder} cannot be written ({problem.strerror}). Set LINLI_DATA to one that can."
            f" / 文件夹 {folder} 写不进去，请用 LINLI_DATA 换一个。"
        )


def check_database() -> None:
    """Stop with the check's own sentence; nothing is written before it passed."""
    for fault in checks.run_checks(tags=[checks.Tags.database], databases=["default"]):
        if fault.is_serious():
            stop(str(fault.msg))


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date ... / 正在升级数据库 ...")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Only when a file, the storage or a package changed since the last time."""
    stamp, now = settings.STATIC_ROOT / ".collected", static_mark()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting static files ... / 正在整理静态文件 ...")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)


def static_mark() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def greeting() -> str:
    """The address, and either the demo's sign-ins or the link that sets a new district up."""
    address = settings.LINLI_ADDRESS
    lines = ["", f"  Linli 邻里   {address}", *sign_ins(), *setup_link(address)]
    return "\n".join([*lines, "  Ctrl-C stops it. / 按 Ctrl-C 停止。", ""])


def sign_ins() -> list[str]:
    if not settings.LINLI_DEMO:
        return []
    from linli.project.demo import sign_ins as whom_one_can_be

    return whom_one_can_be()


def setup_link(address: str) -> list[str]:
    """While the district is empty, whoever can read this terminal may set it up, once."""
    from linli.kernel.places.models import Area

    token = settings.LINLI_DATA / "setup_token"
    if settings.LINLI_DEMO or Area.objects.exists():
        return []
    if not token.exists():
        token.touch(mode=0o600)
        token.write_text(secrets.token_urlsafe(24))
    link = f"{address}/setup/?token={token.read_text()}"
    return [
        f"  Set your district up here (the link works once). / 打开这个链接建立本区（只能用一次）：\n  {link}"
    ]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
