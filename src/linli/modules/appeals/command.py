"""``linli rates`` and ``linli export``: figures and matters for people and for programs."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.engines.signals import Rates
from linli.kernel.clock import now, today
from linli.kernel.places.models import Area
from linli.modules.appeals.queries import rates as queries

NAMES = ("response", "solved", "satisfied", "on_time")


def _options(argv: Sequence[str], name: str) -> argparse.Namespace:
    first, last = queries.month_before(today())
    parser = argparse.ArgumentParser(prog=f"linli {name}")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=first, metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=last, metavar="YYYY-MM-DD")
    parser.add_argument("--by", choices=("unit", "community", "street", "month"), default="unit")
    parser.add_argument("--area", help="division code")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(list(argv))


def _within(code: str | None) -> Q | None:
    if code is None:
        return None
    area = Area.objects.filter(code=code, valid_to=None).first()
    if area is None:
        raise SystemExit(f"No area has the code {code}. / 没有代码为 {code} 的区域。")
    return queries.inside([area.path])


def rates(argv: Sequence[str]) -> int:
    """Print the rates of a period, last month by default."""
    options = _options(argv, "rates")
    found = queries.rates(options.first, options.last, by=options.by, now=now(), within=_within(options.area))
    names = queries.names_of(found, options.by)
    if options.json:
        print(
            json.dumps(
                {names.get(key, key): plain(group) for key, group in found.items()}, ensure_ascii=False
            )
        )
        return 0
    for key, group in sorted(found.items(), key=lambda pair: (pair[0] == "", names.get(pair[0], ""))):
        print(line(names.get(key, _("All together")), group))
    return 0


def plain(group: Rates) -> dict[str, Any]:
    return {
        name: {"numerator": r.numerator, "denominator": r.denominator, "excluded": dict(r.excluded)}
        for name in NAMES
        for r in (getattr(group, name),)
    }


def line(name: str, group: Rates) -> str:
    parts = []
    for key in NAMES:
        rate = getattr(group, key)
        told = "—" if rate.value is None else f"{float(rate.value) * 100:.1f}%"
        parts.append(f"{key} {told} ({rate.numerator}/{rate.denominator})")
    return f"{name}: " + "  ".join(parts)


def export(argv: Sequence[str]) -> int:
    """Write the rows behind the rates as CSV to standard output."""
    options = _options(argv, "export")
    sys.stdout.write(
        queries.table(queries.rows(options.first, options.last, now=now(), within=_within(options.area)))
    )
    return 0
