"""`linli tally`: count a vote, a panel or a conversation from its file. Needs no settings and no database.

One door for every engine: the path says which engine counts, the engine says which options there are. People read the
result as sentences; ``--json`` gives machines one object on standard output and nothing else; ``--svg`` draws a chart.
"""

import argparse
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol, TextIO

ENGINES = ("budgeting", "choices", "opinions", "sortition")
BAD_INPUT = 2
DESCRIPTION = (
    "Count it yourself: a participatory budget (.pb), ranked ballots (PrefLib: .soc, .soi, .toc, .toi), a conversation "
    "(a Polis folder) or a panel by lot (a folder with quotas and candidates). / "
    "自己数一遍：参与式预算（.pb）、排序选票（PrefLib）、意见征集（Polis 文件夹）、抽签名单（配额与候选人文件夹）。"
)
UNKNOWN = "{path} is nothing that can be counted here: {kinds}. / 认不出 {path}，能数的有：{kinds}。"
NOTHING = "there is no file or folder {words}. / 没有这个文件或文件夹：{words}。"
KINDS = ".pb, .soc, .soi, .toc, .toi, votes.csv, candidates.csv"


class Engine(Protocol):
    """What an engine's ``tallying`` module offers."""

    def add_options(self, parser: argparse.ArgumentParser) -> None: ...
    def recognises(self, path: Path) -> bool: ...
    def tally(self, path: Path, options: argparse.Namespace) -> dict[str, Any]: ...
    def tell(self, result: dict[str, Any], language: str) -> str: ...
    def draw(self, result: dict[str, Any], language: str) -> str: ...


class Wrong(Exception):
    """Options that make no sense; the message is for the person who typed them."""


class Parser(argparse.ArgumentParser):
    """Raises :class:`Wrong` instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        raise Wrong(message)


def main(argv: Sequence[str], _stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run the command. 0 when it was counted, 2 when the file or the options are wrong."""
    if not argv or {"-h", "--help"} & set(argv):
        stdout.write(help_text())
        return 0
    try:
        engine = engine_for(argv)
        carry_out(engine, parser_of(engine).parse_args(list(argv)), stdout)
    except (Wrong, ValueError, OSError) as wrong:
        stderr.write(f"linli tally: {wrong}\n")
        return BAD_INPUT
    return 0


def carry_out(engine: Engine, options: argparse.Namespace, stdout: TextIO) -> None:
    result = engine.tally(options.path, options)
    if options.svg:
        options.svg.write_text(engine.draw(result, options.language), encoding="utf-8")
    if options.json:
        stdout.write(json.dumps(result, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        stdout.write(engine.tell(result, options.language).rstrip() + "\n")


def parser_of(engine: Engine) -> Parser:
    """The options that every count has and those of this engine."""
    parser = Parser(prog="linli tally", add_help=False, allow_abbrev=False)
    parser.add_argument("path", metavar="PATH", type=Path, help="the file or folder / 文件或文件夹")
    parser.add_argument("--json", action="store_true", help="one object for machines / 输出 JSON")
    parser.add_argument("--svg", metavar="FILE", type=Path, help="draw a chart into this file / 画图")
    parser.add_argument(
        "--language", choices=("zh-hans", "en"), default="zh-hans", help="of the words / 语言"
    )
    engine.add_options(parser)
    return parser


def engine_for(argv: Sequence[str]) -> Engine:
    """The engine that counts the first file or folder among the words; no other is loaded."""
    words = [word for word in argv if not word.startswith("-")]
    paths = [Path(word) for word in words if Path(word).exists()]
    for name in ENGINES:
        engine: Engine = importlib.import_module(f"linli.engines.{name}.tallying")
        if any(engine.recognises(path) for path in paths):
            return engine
    if not paths:
        raise Wrong(NOTHING.format(words=" ".join(words)))
    raise Wrong(UNKNOWN.format(path=paths[0], kinds=KINDS))


def help_text() -> str:
    parts = [DESCRIPTION]
    for name in ENGINES:
        engine: Engine = importlib.import_module(f"linli.engines.{name}.tallying")
        parts.append(f"{name}:\n" + parser_of(engine).format_help())
    return "\n\n".join(parts)
