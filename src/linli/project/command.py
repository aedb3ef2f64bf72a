"""The `linli` command: one word for each thing that is done from a terminal.

Each word is looked up only when it is said, so that `linli triage` never loads Django.
"""

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass

from linli.project.sqlite import use_bundled_sqlite


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word is carried out (``module:function``), and what it does, in two languages."""

    target: str
    en: str
    zh: str
    django: bool = True
    streams: bool = False


WORDS = {
    "serve": Word("linli.project.serve:main", "the site and its jobs", "启动网站和定时任务", django=False),
    "work": Word("linli.project.work:main", "only the jobs", "只跑定时任务"),
    "demo": Word("linli.project.serve:main_demo", "a demo district", "启动演示区", django=False),
    "import places": Word("linli.kernel.places.command:main", "take in a district's places", "导入区划"),
    "import appeals": Word(
        "linli.modules.appeals.importing.command:main", "take in past matters", "导入历史诉求"
    ),
    "export": Word("linli.modules.appeals.command:export", "hand matters over as a file", "导出"),
    "rates": Word("linli.modules.appeals.command:rates", "the three rates, recomputed", "三率复算"),
    "triage": Word(
        "linli.engines.triage.command:main",
        "what a text asks for and who handles it",
        "分类与派单建议",
        django=False,
        streams=True,
    ),
    "tally": Word(
        "linli.engines.tally:main",
        "count a vote, a panel or a conversation",
        "计票、抽签、意见图",
        django=False,
        streams=True,
    ),
    "backup": Word("linli.project.backup:main_backup", "a checked copy of everything", "备份"),
    "restore": Word("linli.project.backup:main_restore", "from a backup", "从备份恢复"),
    "verify": Word("linli.project.backup:main_verify", "that the journal is whole", "核验台账"),
    "keys": Word("linli.kernel.keys.command:main", "the encryption keys: show, rotate", "密钥：查看、轮换"),
    "createadmin": Word(
        "linli.kernel.people.command:main", "an account for an administrator", "建立管理员账号"
    ),
    "prepare": Word(
        "linli.project.prepare:main",
        "database, words and static files, ready to serve",
        "升级准备",
        django=False,
    ),
}
DJANGO_WORDS = {
    "migrate": ("bring the database up to date", "升级数据库"),
    "makemigrations": ("write down what changed in the models", "生成数据库变更"),
    "check": ("Django's own checks", "系统检查"),
    "dbshell": ("the database's own prompt", "数据库命令行"),
    "shell": ("a Python prompt", "Python 命令行"),
}
TOGETHER = {"import"}


def main(argv: list[str] | None = None) -> int:
    """The entry point: 0 done, 1 done with faults found, 2 could not be done."""
    words = sys.argv[1:] if argv is None else argv
    # Our matrices are small: threads only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not words or words[0] in {"help", "-h", "--help"}:
        print(help_text())
        return 0
    name, rest = split(words)
    if name in DJANGO_WORDS:
        return django_command(name, rest)
    if name not in WORDS:
        print(
            f"“{name}” is not a word of this command. / 没有“{name}”这个命令。\n\n{help_text()}",
            file=sys.stderr,
        )
        return 2
    return carry_out(WORDS[name], name, rest)


def split(words: list[str]) -> tuple[str, list[str]]:
    """``import`` takes what is imported as its second word."""
    size = 2 if words[0] in TOGETHER else 1
    return " ".join(words[:size]), words[size:]


def carry_out(word: Word, name: str, rest: list[str]) -> int:
    module, function = word.target.split(":")
    if not exists(module):
        print(
            f"“linli {name}” is not part of this installation. / 这个版本没有“linli {name}”。",
            file=sys.stderr,
        )
        return 2
    if word.django:
        start_django()
    streams = (sys.stdin, sys.stdout, sys.stderr) if word.streams else ()
    try:
        return int(getattr(importlib.import_module(module), function)(rest, *streams) or 0)
    except KeyboardInterrupt:
        print("\nStopped. / 已停止。", file=sys.stderr)
        return 130


def exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
    use_bundled_sqlite()
    import django

    django.setup()


def django_command(name: str, rest: list[str]) -> int:
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["linli", name, *rest])
    return 0


def help_text() -> str:
    rows = [(name, word.en, word.zh) for name, word in WORDS.items()]
    rows += [(name, en, zh) for name, (en, zh) in DJANGO_WORDS.items()]
    lines = [f"  linli {name:<15} {en} · {zh}" for name, en, zh in rows]
    return "\n".join(
        ["Linli 邻里", "", *lines, "", "linli WORD --help tells more. / linli 命令 --help 看用法。"]
    )


if __name__ == "__main__":
    sys.exit(main())
