"""Which unit the catalogue would send each of many cases to, in a fixed number of queries."""

from collections.abc import Iterable

from linli.kernel.asking import Question, padded
from linli.kernel.cases.models import Case
from linli.kernel.clock import today
from linli.kernel.places.models import Body
from linli.kernel.places.queries import containing_paths, valid_on
from linli.modules.appeals.models import CatalogueRow
from linli.modules.appeals.queries.catalogue import named


def units_for(cases: Iterable[Case]) -> dict[int, Body]:
    """Case key to unit; two queries for any number of cases."""
    shown = [case for case in cases if case.appeal.l2]
    on = today()
    rows = ROWS(padded({case.appeal.l2 for case in shown}), on)
    bodies = BODIES(padded({path for case in shown for path in containing_paths(case.path)}), on)
    found: dict[int, Body] = {}
    for case in shown:
        unit = _unit(case, rows, bodies)
        if unit is not None:
            found[case.pk] = unit
    return found


ROWS = Question(
    lambda categories, on: CatalogueRow.objects.filter(valid_on(on), l2__in=categories).select_related(
        "area", "unit"
    )
)
BODIES = Question(
    lambda paths, on: Body.objects.filter(valid_on(on), area__path__in=paths).select_related("area")
)


def _unit(case: Case, rows: list[CatalogueRow], bodies: list[Body]) -> Body | None:
    mine = [row for row in rows if row.l2 == case.appeal.l2 and case.path.startswith(row.area.path)]
    row = max(mine, key=lambda r: (len(r.area.path), r.valid_from), default=None)
    if row is None:
        return None
    near = [body for body in bodies if case.path.startswith(body.area.path)]
    return row.unit or named(sorted(near, key=lambda b: (-len(b.area.path), b.kind, b.pk)), row.unit_name)
