"""``linli import appeals FILE --map MAP``: old matters from a table."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.places.models import Area
from linli.kernel.places.queries import area_by_code
from linli.modules.appeals.importing.load import load
from linli.modules.appeals.importing.maps import read_chart


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="linli import appeals", description=_("Import old matters from a table.")
    )
    parse.add_argument("file", type=Path, help=_("CSV or Excel file; .gz and .xz are unpacked"))
    parse.add_argument(
        "--map", default="standard", help=_("a shipped map (standard, baltimore) or a TOML or JSON file")
    )
    parse.add_argument("--area", metavar="CODE", help=_("the area the file belongs to, such as 110107002011"))
    parse.add_argument("--wrong", type=Path, help=_("where refused rows go (FILE.wrong.csv)"))
    parse.add_argument("--dry-run", action="store_true", help=_("check every row and write nothing"))
    return parse


def main(argv: Sequence[str]) -> int:
    chosen = parser().parse_args(argv)
    wrong = chosen.wrong or Path(f"{chosen.file.name}.wrong.csv")
    try:
        chart = read_chart(chosen.map)
        report = load(
            chosen.file,
            chart,
            area=area_of(chosen.area),
            rehearsal=chosen.dry_run,
            wrong=wrong,
            progress=True,
        )
    except (Refused, OSError) as problem:
        print(problem)
        return 1
    print(report.sentence())
    if report.refused:
        print(_("The refused rows, with reasons: %(file)s") % {"file": wrong})
    return 0


def area_of(code: str | None) -> Area | None:
    area = area_by_code(code) if code else None
    if code and area is None:
        raise Refused(_("There is no area with the code %(code)s.") % {"code": code})
    return area
