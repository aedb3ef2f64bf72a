"""Rows of a CSV or Excel file, one at a time, numbered as a spreadsheet numbers them."""

import codecs
import csv
import gzip
import hashlib
import lzma
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext as _
from python_calamine import CalamineError, load_workbook

from linli.kernel.answers import Refused

CHUNK = 1 << 20
EXCEL = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its headings; ``number`` is what Excel shows beside it (the headings are row 1)."""

    number: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read once through: its fingerprint and how its letters are coded."""

    path: Path
    fingerprint: str
    encoding: str


def look_at(path: Path) -> Source:
    """Take the fingerprint and find the encoding in one pass; neither UTF-8 nor GB18030 is refused."""
    digest = hashlib.sha256()
    still = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS}
    for chunk in chunks_of(path):
        digest.update(chunk)
        still = {name: decoder for name, decoder in still.items() if fits(decoder, chunk)}
    still = {name: decoder for name, decoder in still.items() if fits(decoder, b"", final=True)}
    if not still and path.suffix.lower() not in EXCEL:
        raise Refused(_("The letters of this file cannot be read. Save it as “CSV UTF-8” and try again."))
    return Source(path, digest.hexdigest(), ENCODINGS[next(iter(still), "utf-8")])


def chunks_of(path: Path) -> Iterator[bytes]:
    """The whole file, once; a packed file that is damaged is refused."""
    try:
        with opened(path) as raw:
            while chunk := raw.read(CHUNK):
                yield chunk
    except (gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError):
        raise damaged() from None


def damaged() -> Refused:
    return Refused(_("The file cannot be opened; it may be damaged. Save it again and choose it once more."))


def fits(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when it ends in .gz or .xz."""
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return lzma.open(path) if path.suffix == ".xz" else path.open("rb")


def rows_of(source: Source) -> Iterator[Row]:
    """Every row that is not blank."""
    lines = excel_lines(source.path) if source.path.suffix.lower() in EXCEL else csv_lines(source)
    numbered = enumerate(lines, start=1)
    headings = headings_of(next((line for _number, line in numbered), []))
    for number, line in numbered:
        cells = [plain(cell) for cell in line]
        if any(cells):
            padded = cells + [""] * (len(headings) - len(cells))
            yield Row(number, dict(zip(headings, padded, strict=False)), tuple(cells[len(headings) :]))


def headings_of(line: list[str]) -> list[str]:
    """The first row names the columns, each once."""
    names = [plain(cell) for cell in line]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise Refused(_("The first row must name the columns."))
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise Refused(_("The column “%(name)s” occurs twice.") % {"name": twice[0]})
    return [name or f"#{place}" for place, name in enumerate(names, start=1)]


def plain(cell: str) -> str:
    """Without blanks around it, without NUL, and without the quote that keeps a formula from running."""
    text = cell.replace("\x00", "").strip().strip("\ufeff")
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def csv_lines(source: Source) -> Iterator[list[str]]:
    with opened(source.path) as raw, TextIOWrapper(raw, encoding=source.encoding, newline="") as text:
        start = text.readline()
        separator = max(",;\t", key=start.count)
        lines = csv.reader(_from(start, text), delimiter=separator)
        try:
            yield from lines
        except csv.Error as problem:
            line = lines.line_num
            raise Refused(
                _("Line %(line)s cannot be read: %(problem)s") % {"line": line, "problem": problem}
            ) from None


def _from(start: str, rest: Iterable[str]) -> Iterator[str]:
    yield start
    yield from rest


def excel_lines(path: Path) -> Iterator[list[str]]:
    """The first sheet; Excel files are read whole into memory, for large ones use CSV."""
    try:
        sheet = load_workbook(path).get_sheet_by_index(0)
    except CalamineError:
        raise damaged() from None
    return ([shown(value) for value in line] for line in sheet.to_python(skip_empty_area=False))


def shown(value: Any) -> str:
    """A cell as a person would have typed it: 42 and not 42.0, a date without its zero hours."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
