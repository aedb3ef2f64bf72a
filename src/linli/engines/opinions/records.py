"""Votes and statements as the JSON of Polis's interface gives them. Here a fault names the record, from 1."""

import json
from typing import Any

from linli.engines.opinions.conversation import LONGEST_ID, Conversation, Id, Statement, written_id
from linli.engines.opinions.faults import BadFile

LARGEST = 10**18
PEOPLE = ("pid", "participant_id")
STATEMENTS = ("tid", "statement_id")
MODERATED = ("mod", "moderated")


def votes(file: str, text: str, conversation: Conversation) -> None:
    """Here agreeing is 1, as in the tables."""
    for number, record in enumerate(_list(file, text), 1):
        value = record.get("vote")
        if type(value) is not int or value not in (1, 0, -1):
            raise BadFile("vote", file=file, line=number, text=repr(value))
        person, statement = (_id(record, names, file, number) for names in (PEOPLE, STATEMENTS))
        conversation.hear(person, statement, value, _time(record.get("modified", 0), file, number))


def statements(file: str, text: str) -> dict[Id, Statement]:
    found: dict[Id, Statement] = {}
    for number, record in enumerate(_list(file, text), 1):
        one = _id(record, STATEMENTS, file, number)
        if one in found:
            raise BadFile("twice", file=file, line=number, id=str(one))
        moderated = next((record[name] for name in MODERATED if record.get(name) is not None), 0)
        if type(moderated) is not int or moderated not in (1, 0, -1):
            raise BadFile("moderated", file=file, line=number, text=repr(moderated))
        words = record.get("txt")
        meta = record.get("is_meta") is True
        found[one] = Statement(one, words if isinstance(words, str) else "", moderated, meta)
    return found


def topic(file: str, text: str) -> str:
    record = _loaded(file, text)
    words = record.get("topic") if isinstance(record, dict) else None
    return words if isinstance(words, str) else ""


def _loaded(file: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        raise BadFile("json", file=file, line=wrong.lineno) from None
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise BadFile("json", file=file) from None


def _list(file: str, text: str) -> list[dict[str, Any]]:
    found = _loaded(file, text)
    if not isinstance(found, list):
        raise BadFile("shape", file=file)
    for number, record in enumerate(found, 1):
        if not isinstance(record, dict):
            raise BadFile("shape", file=file, line=number)
    return found


def _id(record: dict[str, Any], names: tuple[str, ...], file: str, number: int) -> Id:
    found = next((record[name] for name in names if name in record), None)
    one = written_id(found) if isinstance(found, str) else None
    if type(found) is int and 0 <= found < LARGEST:
        one = found
    if one is None:
        raise BadFile("id", file=file, line=number, limit=LONGEST_ID)
    return one


def _time(written: object, file: str, number: int) -> int:
    """A number of milliseconds, sometimes written as text or with a point."""
    try:
        at = int(float(written)) if isinstance(written, int | float | str) else None
    except (ValueError, OverflowError):
        at = None
    if at is None or abs(at) >= LARGEST:
        raise BadFile("number", file=file, line=number, name="modified", text=repr(written))
    return at
