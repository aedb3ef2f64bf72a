"""``linli import places``: a district's file, the country's codes, or a district out of them."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.places.gazetteer import found_district, import_district, import_gazetteer
from linli.kernel.places.gazetteer.country import open_text
from linli.kernel.places.gazetteer.district import COLUMNS, DistrictReport


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(prog="linli import places", description=_("Bring areas into the tree."))
    what = parse.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, help=_("CSV or CSV.xz: code,name[,level,parent_code]"))
    what.add_argument("--found", metavar="CODE", help=_("build the tree of a district, such as 110107"))
    what.add_argument("--country", action="store_true", help=_("put the country's codes into the gazetteer"))
    return parse


def main(argv: Sequence[str]) -> int:
    chosen = parser().parse_args(argv)
    try:
        print(carry_out(chosen))
    except (Refused, OSError, UnicodeDecodeError) as problem:
        print(problem)
        return 1
    return 0


def carry_out(chosen: argparse.Namespace) -> str:
    if chosen.found:
        return told(found_district(chosen.found))
    if chosen.file and is_district(chosen.file):
        return told(import_district(chosen.file))
    report = import_gazetteer(chosen.file, progress=True)
    sentence = _("%(lines)s codes: %(added)s added, %(renamed)s renamed, %(kept)s unchanged.")
    return sentence % {
        "lines": report.lines,
        "added": report.added,
        "renamed": report.renamed,
        "kept": report.kept,
    }


def is_district(path: Path) -> bool:
    """A district's file names level and parent in its first line."""
    with open_text(path) as text:
        return text.readline().strip() == ",".join(COLUMNS)


def told(report: DistrictReport) -> str:
    sentence = _("%(district)s: %(added)s areas added, %(renamed)s renamed, %(kept)s unchanged.") % {
        "district": report.district, "added": report.added, "renamed": report.renamed, "kept": report.kept
    }  # fmt: skip
    if report.absent:
        sentence += " " + _("Not in the file but still open: %(codes)s.") % {
            "codes": ", ".join(report.absent)
        }
    return sentence
