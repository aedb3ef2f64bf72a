"""`linli triage`: JSON lines in, JSON lines with suggestions out. Needs no settings and no database."""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

DESCRIPTION = (
    "Suggest type, category, unit, urgency and special route for each text, and name the earlier lines "
    "that tell the same fact. Reads JSON lines with id and text, and where known channel, place and "
    "season_month; writes one JSON line for each, best suggestion first."
)
BAD_INPUT = 2
KINDS: dict[str, tuple[type, ...]] = {
    "id": (str, int),
    "text": (str,),
    "channel": (str, type(None)),
    "place": (str, type(None)),
    "season_month": (int, type(None)),
}
NEEDED = ("id", "text")


class BadLine(Exception):
    """A line that is no appeal; the message says which and why."""


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run the command. 0 when every line was answered, 2 when something could not be read."""
    arguments = _arguments(argv, stdout, stderr)
    if isinstance(arguments, int):
        return arguments
    try:
        source = Path(arguments.file).open(encoding="utf-8") if arguments.file else nullcontext(stdin)  # noqa: SIM115 -- closed below
        with source as lines:
            _answer(_appeals(lines), stdout)
    except (BadLine, OSError, UnicodeDecodeError) as wrong:
        stderr.write(f"linli triage: {wrong}\n")
        return BAD_INPUT
    return 0


def _arguments(argv: Sequence[str], stdout: TextIO, stderr: TextIO) -> argparse.Namespace | int:
    parser = argparse.ArgumentParser(
        prog="linli triage", description=DESCRIPTION, exit_on_error=False, add_help=False
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="a file of JSON lines (default: standard input)"
    )
    parser.add_argument("-h", "--help", action="store_true", help="show this and stop")
    try:
        arguments, unknown = parser.parse_known_args(list(argv))
    except argparse.ArgumentError as wrong:
        stderr.write(f"linli triage: {wrong}\n")
        return BAD_INPUT
    if arguments.help:
        stdout.write(parser.format_help())
        return 0
    if unknown:
        stderr.write(f"linli triage: I do not know {' '.join(unknown)}. Try --help.\n")
        return BAD_INPUT
    return arguments


def _appeals(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _appeal(number, line)


def _appeal(number: int, line: str) -> dict[str, Any]:
    try:
        appeal = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as wrong:
        raise BadLine(f"line {number} is not JSON ({wrong.msg}).") from None
    if not isinstance(appeal, dict):
        raise BadLine(f"line {number} is not a JSON object.")
    for name in NEEDED:
        if name not in appeal:
            raise BadLine(f'line {number} has no "{name}".')
    for name, kinds in KINDS.items():
        value = appeal.get(name)
        if (name in appeal and not isinstance(value, kinds)) or isinstance(value, bool):
            raise BadLine(f'line {number}: "{name}" has the wrong kind of value.')
    return appeal


def _answer(appeals: Iterable[dict[str, Any]], stdout: TextIO) -> None:
    from linli.engines.triage.engine import Stream, Triage

    stream = Stream(Triage.default())
    for appeal in appeals:
        suggestion, repeats = stream.tell(
            appeal["id"], appeal["text"], appeal.get("place"), appeal.get("season_month")
        )
        answer = {
            "id": appeal["id"],
            "type": suggestion.type,
            "l1": suggestion.l1,
            "l2": suggestion.l2,
            "unit": suggestion.unit,
            "urgency": suggestion.urgency,
            "special_route": suggestion.special_route,
            "duplicates": [repeat.id for repeat in repeats],
        }
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
