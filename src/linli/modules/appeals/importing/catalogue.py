"""A dispatch catalogue as a table: written for a spreadsheet, read back with the number of every wrong row."""

import csv
from collections.abc import Container, Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.modules.appeals.importing.report import safe
from linli.modules.appeals.importing.rows import Row, look_at, rows_of
from linli.modules.appeals.models import CatalogueRow
from linli.modules.appeals.rules.catalogue import COLUMNS, Line, line_of, read_line
from linli.modules.appeals.rules.words import category_name

HEADINGS = ("l2", "name_zh", "first_unit", "co_units", "urgency", "grid_direct", "note", "provenance")
CODE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """``number`` is what Excel shows beside the row."""

    number: int
    reason: str


def table(rows: Iterable[CatalogueRow]) -> str:
    """The catalogue in force; no cell runs as a formula, and the same file can be read back."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(safe(cells_of(row)) for row in rows)
    return text.getvalue()


def cells_of(row: CatalogueRow) -> list[str]:
    line = line_of(row, "")
    grid = "yes" if line.to_grid else "no"
    where = f"{row.area.code} {row.valid_from}"
    return [
        line.l2,
        category_name(line.l2),
        line.unit_name,
        line.helpers,
        line.urgency,
        grid,
        line.note,
        where,
    ]


def read_table(path: Path) -> tuple[list[Line], list[Fault]]:
    """Every line that can be used, and every row that cannot with its reason."""
    lines: dict[str, Line] = {}
    faults = []
    for row in rows_of(look_at(path)):
        try:
            line = read_row(row, known=lines)
            lines[line.l2] = line
        except Refused as refusal:
            faults.append(Fault(row.number, str(refusal)))
    if not lines and not faults:
        raise Refused(_("The file holds no rows."))
    return list(lines.values()), faults


def read_row(row: Row, *, known: Container[str]) -> Line:
    if missing := [name for name in COLUMNS if name not in row.cells]:
        raise Refused(_("The file has no column “%(name)s”.") % {"name": missing[0]})
    cells = {name: row.cells[name] for name in COLUMNS}
    code = (
        cells["l2"].zfill(CODE_LENGTH) if cells["l2"].isdigit() else cells["l2"]
    )  # Excel drops a leading zero
    if code in known:
        raise Refused(_("The category %(code)s stands in an earlier row already.") % {"code": code})
    return read_line({**cells, "l2": code})
