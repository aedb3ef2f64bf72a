"""What became of every row, and the refused ones as a file to correct and import again."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from django.utils.translation import gettext as _

from linli.modules.appeals.importing.rows import FORMULA, Row


@dataclass(slots=True)
class Report:
    """``earlier``: loaded by the same import before it was interrupted."""

    rows: int = 0
    imported: int = 0
    refused: int = 0
    duplicates: int = 0
    earlier: int = 0
    linked: int = 0
    rehearsal: bool = False

    @property
    def accounted(self) -> bool:
        return self.rows == self.imported + self.refused + self.duplicates + self.earlier

    def sentence(self) -> str:
        told = _("%(rows)s rows: %(imported)s imported, %(refused)s refused, %(duplicates)s known already.")
        if self.rehearsal:
            told = _(
                "%(rows)s rows: %(imported)s can be imported, %(refused)s not, %(duplicates)s known already."
            )
        text = told % {
            "rows": self.rows, "imported": self.imported, "refused": self.refused, "duplicates": self.duplicates
        }  # fmt: skip
        if self.earlier:
            text += " " + _("%(rows)s were imported before the interruption.") % {"rows": self.earlier}
        return text


class WrongRows:
    """A CSV that Excel opens: the row's number, why it was refused, and its own cells. Made at the first row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None
        self.writer: Any = None

    def add(self, row: Row, reason: str) -> None:
        if self.file is None:
            self.file = self.path.open("w", encoding="utf-8-sig", newline="")
            self.writer = csv.writer(self.file)
            self.writer.writerow(safe([_("Row"), _("Reason"), *row.cells]))
        self.writer.writerow(safe([str(row.number), reason, *row.cells.values(), *row.surplus]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.file is not None:
            self.file.close()


def safe(cells: Iterable[str]) -> list[str]:
    """No cell that a spreadsheet would run as a formula; the quote is taken off again at the next import."""
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
