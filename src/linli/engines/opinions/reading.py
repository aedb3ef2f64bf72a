"""Polis files into a conversation: the CSV export (votes, or people by statements) and the JSON of its interface.

Anything wrong raises :class:`BadFile` with the file, the line and a sentence, and nothing else is ever raised for the
content of a file. Text is UTF-8 or GB18030, with or without a mark at its beginning, with any ends of lines.
"""

import csv
import io
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from linli.engines.opinions import records
from linli.engines.opinions.conversation import (
    LONGEST_ID,
    LONGEST_NUMBER,
    Conversation,
    Id,
    Statement,
    written_id,
)
from linli.engines.opinions.faults import BadFile
from linli.engines.texts import NotText, decoded

LONGEST_LINE = 100_000
MOST_CELLS = 50_000_000
MOST_STATEMENTS = 5_000
VALUES = {"1": 1, "0": 0, "-1": -1}
TRUTH = {"true": True, "false": False, "": False}
PEOPLE_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
MATRIX_FILES = ("participants-votes.csv", "participant-votes.csv")


def votes_file(path: Path) -> Path | None:
    """The file with the votes in a folder, or beside the file that was named; None when there is none."""
    folder = path if path.is_dir() else path.parent
    names = sorted(file.name for file in folder.iterdir() if file.is_file())
    for endings in (("votes.csv",), MATRIX_FILES, ("votes.json",)):
        fits = [name for name in names if name.endswith(endings)]
        if endings == ("votes.csv",):
            fits = [name for name in fits if not name.endswith(MATRIX_FILES)]
        for name in sorted(fits, key=lambda name: (len(name), name)):
            return folder / name
    return None


def read(path: Path) -> Conversation:
    """The conversation in a folder: votes, and the statements and the topic when they lie beside. O(votes)."""
    found = votes_file(path)
    if found is None:
        raise BadFile("no_file", file=path.name)
    conversation = _from_records(found) if found.suffix == ".json" else _from_tables(found)
    if not conversation.said:
        raise BadFile("no_votes", file=found.name)
    people, statements = len(conversation.participants), len(conversation.statements)
    if people * statements > MOST_CELLS or statements > MOST_STATEMENTS:
        raise BadFile("large", file=found.name, people=people, statements=statements)
    return conversation


def _from_records(votes: Path) -> Conversation:
    comments, about = votes.with_name("comments.json"), votes.with_name("conversation.json")
    conversation = Conversation()
    if comments.is_file():
        conversation.statements = records.statements(comments.name, text_of(comments))
    records.votes(votes.name, text_of(votes), conversation)
    if about.is_file():
        conversation.topic = records.topic(about.name, text_of(about))
    return conversation


def _from_tables(votes: Path) -> Conversation:
    ending = next((name for name in MATRIX_FILES if votes.name.endswith(name)), "votes.csv")
    prefix = votes.name.removesuffix(ending)
    comments, summary = votes.with_name(prefix + "comments.csv"), votes.with_name(prefix + "summary.csv")
    conversation = Conversation()
    if comments.is_file():
        conversation.statements = _statements(comments.name, text_of(comments))
    fill = _matrix_votes if ending in MATRIX_FILES else _listed_votes
    fill(votes.name, text_of(votes), conversation)
    if summary.is_file():
        conversation.topic = _topic(summary.name, text_of(summary))
    return conversation


def text_of(path: Path) -> str:
    """The text of a file, whichever of the two encodings it has."""
    try:
        text = decoded(path.read_bytes())
    except NotText as wrong:
        raise BadFile("encoding", file=path.name, line=wrong.line) from None
    if "\0" in text:
        raise BadFile("nul", file=path.name, line=text.count("\n", 0, text.index("\0")) + 1)
    if len(text) > LONGEST_LINE and path.suffix != ".json":
        lengths = [len(line) for line in text.split("\n")]
        if max(lengths) > LONGEST_LINE:
            line = next(number for number, length in enumerate(lengths, 1) if length > LONGEST_LINE)
            raise BadFile("long_line", file=path.name, line=line, limit=LONGEST_LINE)
    return text


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise BadFile("table", file=file, line=line) from None


class Table:
    """A CSV file with a heading; every row has as many columns as that."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._rows = _rows(file, text)
        self.line, heading = next(self._rows, (1, []))
        if not heading:
            raise BadFile("empty", file=file)
        self.heading = [name.strip() for name in heading]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        wanted = len(self.heading)
        for line, row in self._rows:
            if len(row) != wanted:
                raise BadFile("columns", file=self.file, line=line, wanted=wanted, found=len(row))
            yield line, row

    def column(self, name: str) -> int:
        if self.heading.count(name) != 1:
            raise BadFile("heading", file=self.file, line=self.line, name=name)
        return self.heading.index(name)

    def optional(self, name: str) -> int | None:
        return self.column(name) if name in self.heading else None


def _id(text: str, file: str, line: int) -> Id:
    found = written_id(text)
    if found is None:
        raise BadFile("id", file=file, line=line, limit=LONGEST_ID)
    return found


def _whole(text: str, name: str, file: str, line: int) -> int:
    digits = text.removeprefix("-")
    if len(digits) > LONGEST_NUMBER or not (digits.isascii() and digits.isdecimal()):
        raise BadFile("number", file=file, line=line, name=name, text=text)
    return int(text)


def _listed_votes(file: str, text: str, conversation: Conversation) -> None:
    """One row for each vote. Without times the later row is the later vote."""
    table = Table(file, text)
    of_person, of_statement = table.column("voter-id"), table.column("comment-id")
    of_vote, of_time = table.column("vote"), table.optional("timestamp")
    known: dict[str, Id] = {}
    for line, row in table:
        value = VALUES.get(row[of_vote])
        if value is None:
            raise BadFile("vote", file=file, line=line, text=row[of_vote])
        for name in (row[of_person], row[of_statement]):
            if name not in known:
                known[name] = _id(name, file, line)
        at = line if of_time is None else _whole(row[of_time], "timestamp", file, line)
        conversation.hear(known[row[of_person]], known[row[of_statement]], value, at)


def _matrix_votes(file: str, text: str, conversation: Conversation) -> None:
    """One row for each person, one column for each statement; the counts beside are checked."""
    table = Table(file, text)
    of_person = table.column("participant")
    cells = [(column, name) for column, name in enumerate(table.heading) if name not in PEOPLE_COLUMNS]
    ids = [_id(name, file, table.line) for _, name in cells]
    for number, one in enumerate(ids):
        _refuse_twice(one, ids[:number], file, table.line)
    people: set[Id] = set()
    for line, row in table:
        person = _id(row[of_person], file, line)
        _refuse_twice(person, people, file, line)
        people.add(person)
        votes = [(one, row[column]) for (column, _), one in zip(cells, ids, strict=True) if row[column]]
        for statement, written in votes:
            if written not in VALUES:
                raise BadFile("vote", file=file, line=line, text=written)
            conversation.hear(person, statement, VALUES[written], 0)
        _check_counts(table, line, row, [written for _, written in votes])
    for one in ids:
        conversation.statements.setdefault(one, Statement(one))


def _refuse_twice(one: Id, before: Container[Id], file: str, line: int) -> None:
    if one in before:
        raise BadFile("twice", file=file, line=line, id=str(one))


def _check_counts(table: Table, line: int, row: Sequence[str], votes: Sequence[str]) -> None:
    counted = {"n-votes": len(votes), "n-agree": votes.count("1"), "n-disagree": votes.count("-1")}
    for name, found in counted.items():
        column = table.optional(name)
        if column is not None and _whole(row[column], name, table.file, line) != found:
            raise BadFile("count", file=table.file, line=line, name=name, wanted=row[column], found=found)


def _statements(file: str, text: str) -> dict[Id, Statement]:
    table = Table(file, text)
    of_id = table.column("comment-id")
    names = ("comment-body", "moderated", "is-meta", "author-id", "timestamp")
    places = {name: table.optional(name) for name in names}
    found: dict[Id, Statement] = {}
    for line, row in table:
        one = _id(row[of_id], file, line)
        _refuse_twice(one, found, file, line)
        found[one] = _statement(one, {n: row[p] for n, p in places.items() if p is not None}, file, line)
    return found


def _statement(one: Id, row: dict[str, str], file: str, line: int) -> Statement:
    moderated = row.get("moderated") or "0"
    if moderated not in VALUES:
        raise BadFile("moderated", file=file, line=line, text=moderated)
    meta = row.get("is-meta", "").lower()
    if meta not in TRUTH:
        raise BadFile("truth", file=file, line=line, name="is-meta", text=meta)
    author = row.get("author-id")
    return Statement(
        one,
        row.get("comment-body", ""),
        VALUES[moderated],
        TRUTH[meta],
        _id(author, file, line) if author else None,
        _whole(row.get("timestamp") or "0", "timestamp", file, line),
    )


def _topic(file: str, text: str) -> str:
    return next((row[1] for _, row in _rows(file, text) if len(row) > 1 and row[0] == "topic"), "")
