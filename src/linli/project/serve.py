"""The site and its jobs as one group of processes, watched by a parent that knows nothing of Django."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence

from linli.project.env import stop
from linli.project.group import Group

LINLI = [sys.executable, "-m", "linli.project.command"]
LAST_PORT = 65_535


def main(argv: Sequence[str]) -> int:
    options = read_options(argv)
    check_port(options.host, options.port)
    os.environ["LINLI_ADDRESS"] = os.environ.get("LINLI_ADDRESS") or address_of(options.host, options.port)
    greeting = prepare()
    if greeting is None:
        return 2
    group = Group({"site / 网站": site_command(options), "jobs / 定时任务": [*LINLI, "work"]})
    return group.run(greeting, when=lambda: answers(options.host, options.port))


def main_demo(argv: Sequence[str]) -> int:
    """The demo district has a data folder of its own, so that it can never mix with a real one."""
    os.environ["LINLI_DEMO"] = "1"
    os.environ["LINLI_DATA"] = os.environ.get("LINLI_DATA") or "demo-data"
    parser = argparse.ArgumentParser(prog="linli demo", add_help=False)
    parser.add_argument("--communities", type=int)
    parser.add_argument("--days", type=int)
    parser.add_argument("--seed", type=int)
    size, rest = parser.parse_known_args(list(argv))
    os.environ.update({f"LINLI_DEMO_{k.upper()}": str(v) for k, v in vars(size).items() if v is not None})
    return main(rest)


def read_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="linli serve")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="HOST")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="PORT")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(list(argv))
    if not options.port.isdigit() or not 0 < int(options.port) <= LAST_PORT:
        stop(f"PORT must be a number from 1 to 65535, not “{options.port}”. / PORT 要填 1 到 65535 的数字。")
    options.port = int(options.port)
    return options


def address_of(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- shown, not bound
    return f"http://{shown}:{port}"


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            stop(
                f"Port {port} needs the administrator; try PORT=8000. / 端口 {port} 需要管理员权限，请改用 PORT=8000。"
            )
        except OSError as problem:
            stop(
                f"Port {port} on {host} cannot be used ({problem.strerror}); try PORT={port + 1}. "
                f"/ {host} 的端口 {port} 用不了，请换一个，例如 PORT={port + 1}。"
            )


def prepare() -> str | None:
    """Bring the database, words and static files up to date in a process that ends again."""
    done = subprocess.run([*LINLI, "prepare"], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 -- ourselves
    return done.stdout if done.returncode == 0 else None


def site_command(options: argparse.Namespace) -> list[str]:
    """One blocking thread a worker on SQLite, whose writers queue anyway; four on PostgreSQL."""
    threads = 4 if os.environ.get("DATABASE_URL") else 1
    granian = shutil.which("granian", path=os.path.dirname(sys.executable)) or "granian"  # noqa: PTH120 -- a search path
    return [
        granian, "--interface", "wsgi", "--host", options.host, "--port", str(options.port),
        "--workers", str(options.workers), "--blocking-threads", str(threads), "--no-ws",
        "--respawn-failed-workers", "--log-level", "warning", "--workers-kill-timeout", "10",
        "linli.project.wsgi:application",
    ]  # fmt: skip


def answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- asked, not bound
    try:
        with socket.create_connection((target, port), timeout=1):
            return True
    except OSError:
        return False
