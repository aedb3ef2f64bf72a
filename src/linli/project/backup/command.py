"""The words ``linli backup``, ``linli restore`` and ``linli verify``: 0 done, 1 faults found, 2 not possible."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from linli.kernel.journal import append_only
from linli.kernel.journal.verifying import Report, verify
from linli.project.backup import copying, databases, manifest
from linli.project.backup.manifest import NotRestorable

GUARDS = {"sqlite": 6, "postgresql": 2}


def main_backup(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="linli backup", description="A checked copy of everything. / 备份。"
    )
    parser.add_argument("to", type=Path, nargs="?", default=Path("backups"), help="folder / 存放的文件夹")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="also the keys, into a file of their own / 另存密钥"
    )
    parser.add_argument(
        "--drill", action="store_true", help="restore it in a temporary place and check / 演练"
    )
    given = parser.parse_args(argv)
    return _carry_out(lambda: _backup(given))


def main_restore(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="linli restore", description="From a backup. / 从备份恢复。")
    parser.add_argument("source", type=Path, help="the folder of the backup / 备份文件夹")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the file of keys / 密钥文件")
    parser.add_argument(
        "--without-keys", action="store_true", help="encrypted fields stay unreadable / 不带密钥"
    )
    given = parser.parse_args(argv)
    return _carry_out(lambda: _restore(given))


def main_verify(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="linli verify", description="Is everything whole? / 核验。")
    parser.add_argument(
        "--counts", type=Path, metavar="BACKUP", help="compare rows with a backup / 与备份核对行数"
    )
    given = parser.parse_args(argv)
    return _carry_out(lambda: _verify(given.counts))


def _carry_out(work: object) -> int:
    try:
        return int(work())  # type: ignore[operator]
    except NotRestorable as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        return 2


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _backup(given: argparse.Namespace) -> int:
    if given.drill:
        print(copying.drill(_say), end="")
        print(
            "The drill passed: restored, checked, every row there. / 演练通过：能恢复，行数和日志都对得上。"
        )
        return 0
    made = copying.backup(given.to, _say)
    print(f"{made}")
    if given.keys:
        copying.backup_keys(given.keys)
        print(f"{given.keys}: keep it apart from the backups. / {given.keys}：请与备份分开保管。")
    else:
        _say(
            f"The keys in {settings.LINLI_KEYS} are not in it; back them up once with --keys FILE. "
            f"/ 密钥（{settings.LINLI_KEYS}）不在备份里，请用 --keys 文件 另存一份。"
        )
    return 0


def _restore(given: argparse.Namespace) -> int:
    told = copying.restore(given.source, keys=given.keys, without_keys=given.without_keys, progress=_say)
    print(f"Restored the backup of {told.made_at}. / 已恢复 {told.made_at} 的备份。")
    return _verify(given.source)


def _verify(compared_with: Path | None) -> int:
    problems = [f"database: {fault} / 数据库：{fault}" for fault in databases.faults()]
    report = verify(lambda done, total: _say(f"  {done:,} / {total:,}"))
    problems += _of_journal(report)
    if compared_with:
        problems += _of_counts(manifest.read(compared_with).counts)
    for problem in problems:
        print(problem)
    _warn_if_unguarded()
    print(
        f"Journal: {report.rows:,} sealed, {report.erased:,} erased, {report.unsealed:,} not yet sealed; head "
        f"{report.head}. / 日志：已封 {report.rows:,} 条，已抹 {report.erased:,} 条，待封 {report.unsealed:,} 条。"
    )
    print("Faults were found. / 发现问题。" if problems else "Everything is whole. / 核验无误。")
    return 1 if problems else 0


def _of_journal(report: Report) -> list[str]:
    if report.ok:
        return []
    said = []
    for language, words in (
        ("en", "journal, place {at}, entry {key}: {why}"),
        ("zh-hans", "日志第 {at} 位，条目 {key}：{why}"),
    ):
        with override(language):
            said.append(words.format(at=report.position, key=report.first_bad, why=report.why))
    return [" / ".join(said)]


def _of_counts(told: dict[str, int]) -> list[str]:
    with connection.cursor() as cursor:
        here = databases.counts(cursor)
    differing = sorted(name for name in {*told, *here} if told.get(name) != here.get(name))
    return [
        f"{name}: {told.get(name)} rows were backed up, {here.get(name)} are here. / {name}：备份时 {told.get(name)} 行，"
        f"现在 {here.get(name)} 行。"
        for name in differing
    ]


def _warn_if_unguarded() -> None:
    if append_only.guards(connection) < GUARDS[connection.vendor]:
        _say(
            "The guards that keep the journal append-only are missing: run linli migrate. "
            "/ 日志的防改触发器不全，请运行 linli migrate。"
        )
