"""A PostgreSQL of the tests' own: started in a temporary folder, reached by a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
ABSENT = (
    "No PostgreSQL server is installed (on Debian: apt install postgresql). "
    "/ 没有装 PostgreSQL 服务器（Debian 请先 apt install postgresql）。"
)
ORDER = (
    "--locale-provider=icu",
    "--icu-locale=zh-CN",
)  # bytes in order would hide what a real server sorts otherwise
FRESH = ("--auth=trust", "--username=linli", "--encoding=UTF8", "--locale=C.UTF-8", *ORDER, "--no-sync")
FAST = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60 "
    "-c shared_buffers=64MB -c synchronous_commit=off"
)


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: the newest of Debian's, or what the path offers."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """The server refuses to run as root, so root lends it to somebody else."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_owner(user: str | None, command: Sequence[str | Path]) -> None:
    lend = (
        ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
        if user
        else []
    )
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
        [*lend, *map(str, command)], capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")


@contextmanager
def private_cluster(settings: str = FAST) -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    found, user = programs(), owner()
    if found is None:
        raise RuntimeError(ABSENT)
    home = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    if user:
        shutil.chown(home, user)
    data, options = home / "data", f"-k {home} {settings}"
    try:
        as_owner(user, [found / "initdb", "-D", data, *FRESH])
        as_owner(
            user, [found / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-t", "60", "-o", options, "start"]
        )
        yield f"postgresql://linli@/postgres?host={quote(str(home))}"
    finally:
        if (data / "postmaster.pid").exists():
            as_owner(user, [found / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)
