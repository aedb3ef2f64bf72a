"""The three tables of a Pabulib file (META, PROJECTS, VOTES), each row with its line; nothing is understood yet."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from linli.engines.budgeting.badfile import BadFile
from linli.engines.texts import NotText, decoded

NAMES = ("META", "PROJECTS", "VOTES")
BLANKS = ("; ", " ;", " \n", "\n ", " \r", "\t")
WIDEST = 1000


@dataclass(slots=True)
class Table:
    """`line` is that of the part's name, `lines[i]` that of row i. Headings do not repeat."""

    line: int
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    columns: dict[str, Sequence[str]] = field(default_factory=dict)

    def by_column(self) -> None:
        """Turn the rows into columns: a few long tuples instead of many short lists."""
        turned = list(zip(*self.rows, strict=True)) or [() for _ in self.headings]
        self.columns = dict(zip(self.headings, turned, strict=True))
        self.rows = []

    def column(self, name: str) -> Sequence[str] | None:
        return self.columns.get(name)

    def required(self, name: str) -> Sequence[str]:
        found = self.column(name)
        if found is None:
            raise BadFile(self.line, f"缺少“{name}”这一列。", f"the column {name} is missing.")
        return found


def text_of(data: bytes) -> str:
    """UTF-8, with or without a byte order mark, or GB18030."""
    try:
        text = decoded(data)
    except NotText as wrong:
        raise BadFile(
            wrong.line, "文字不是 UTF-8，也不是 GB18030。", "the text is neither UTF-8 nor GB18030."
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadFile(
            line, "有空字符（NUL），这不是文本文件。", "there is a NUL character, this is no text file."
        )
    return text


def tables_of(data: bytes) -> dict[str, Table]:
    """Split a file into its tables. Raises BadFile; O(size)."""
    tables: dict[str, Table] = {}
    table, line = None, 1
    for line, row in _rows(text_of(data)):
        if len(row) == 1 and row[0] in NAMES:
            table = tables[row[0]] = _opened(row[0], line, tables)
        elif table is None:
            raise BadFile(line, "文件要以 META 开头。", "the file must begin with META.")
        elif not table.headings:
            table.headings = _headings(row, line)
        elif len(row) == len(table.headings):
            table.rows.append(row)
            table.lines.append(line)
        else:
            raise _uneven(len(table.headings), len(row), line)
    _close(tables, line)
    return tables


def _close(tables: dict[str, Table], line: int) -> None:
    missing = [name for name in NAMES if name not in tables or not tables[name].headings]
    if missing:
        part = missing[0]
        raise BadFile(
            line, f"文件到此结束，缺少 {part} 部分。", f"the file ends here without its part {part}."
        )
    for table in tables.values():
        table.by_column()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, without the blanks around fields (which few files have)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    blanks = any(mark in text for mark in BLANKS) or text != text.strip(" ")
    try:
        for row in reader:
            if row:
                yield reader.line_num, [field.strip() for field in row] if blanks else row
    except csv.Error as wrong:
        raise BadFile(
            reader.line_num, f"这一行读不下去（{wrong}）。", f"this line cannot be read ({wrong})."
        ) from None


def _opened(name: str, line: int, tables: dict[str, Table]) -> Table:
    if len(tables) == len(NAMES) or name != NAMES[len(tables)]:
        raise BadFile(
            line, f"{name} 的位置不对，次序是 META、PROJECTS、VOTES。",
            f"{name} is out of place; the order is META, PROJECTS, VOTES.",
        )  # fmt: skip
    return Table(line)


def _headings(row: list[str], line: int) -> list[str]:
    twice = [name for place, name in enumerate(row[:WIDEST]) if name in row[:place]]
    if twice or "" in row or len(row) > WIDEST:
        name = twice[0] if twice else ""
        raise BadFile(
            line, f"表头里“{name[:40]}”不能为空，也不能重复。",
            f"the heading {name[:40]!r} may be neither empty nor doubled.",
        )  # fmt: skip
    return row


def _uneven(expected: int, found: int, line: int) -> BadFile:
    return BadFile(
        line,
        f"应有 {expected} 列，这一行有 {found} 列。",
        f"{expected} fields are expected, this line has {found}.",
    )
