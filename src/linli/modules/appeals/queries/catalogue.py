"""Which unit a category goes to in a place."""

from datetime import date

from django.db.models import QuerySet

from linli.kernel.places.models import Body
from linli.kernel.places.queries import containing_paths, valid_on
from linli.modules.appeals.models import CatalogueRow, Duty
from linli.modules.appeals.rules.catalogue import Line, line_of


def catalogue_row(l2: str, *, path: str, on: date) -> CatalogueRow | None:
    """The row of the nearest area that names this category."""
    rows = CatalogueRow.objects.filter(valid_on(on), l2=l2).select_related("area", "unit")
    inside = [row for row in rows if path.startswith(row.area.path)]
    return max(inside, key=lambda row: (len(row.area.path), row.valid_from), default=None)


def bodies_above(path: str, on: date) -> list[Body]:
    """Every body that serves an area containing the place, nearest first."""
    found = Body.objects.filter(valid_on(on), area__path__in=containing_paths(path)).select_related("area")
    return sorted(found, key=lambda body: (-len(body.area.path), body.kind, body.pk))


def named(bodies: list[Body], name: str) -> Body | None:
    """The nearest body that answers to a catalogue's name for it (物业企业, 社区居委会, 街道城管办 …)."""
    kinds = {
        "物业企业": Body.Kind.PROPERTY_FIRM,
        "社区居委会": Body.Kind.RESIDENTS_COMMITTEE,
        "街道办事处": Body.Kind.STREET_OFFICE,
    }
    exact = (body for body in bodies if body.name == name or body.name.endswith(name))
    return next(exact, None) or next((b for b in bodies if b.kind == kinds.get(name)), None)


def unit_for(
    l2: str, *, path: str, on: date, bodies: list[Body] | None = None
) -> tuple[Body | None, CatalogueRow | None]:
    """The unit the catalogue names for a category in a place, and the row that says so.

    ``bodies`` are those above the place, where they have been read already.
    """
    row = catalogue_row(l2, path=path, on=on)
    if row is None or row.unit is not None:
        return (row.unit if row else None), row
    return named(bodies_above(path, on) if bodies is None else bodies, row.unit_name), row


def duty_part(l2: str, *, path: str, on: date) -> str | None:
    """Whether the community leads or assists in this category by its duty list; None: not on it."""
    rows = Duty.objects.filter(valid_on(on), l2=l2).values_list("area__path", "part")
    inside = [row for row in rows if path.startswith(row[0])]
    part = max(inside, key=lambda row: len(row[0]))[1] if inside else None
    return None if part == Duty.Part.NONE else part


def rows_in_force(path: str, on: date) -> dict[str, CatalogueRow]:
    """By category the row that is valid in a place: the nearest area's."""
    rows = CatalogueRow.objects.filter(valid_on(on), area__path__in=containing_paths(path)).select_related(
        "area", "unit"
    )
    return {row.l2: row for row in sorted(rows, key=lambda row: (len(row.area.path), row.valid_from))}


def parts_in_force(path: str, on: date) -> dict[str, str]:
    """By category what the duty list says of the community."""
    rows = Duty.objects.filter(valid_on(on), area__path__in=containing_paths(path)).values_list(
        "area__path", "valid_from", "l2", "part"
    )
    return {l2: part for _path, _from, l2, part in sorted(rows, key=lambda row: (len(row[0]), row[1]))}


def lines_in_force(path: str, on: date) -> dict[str, Line]:
    """By category everything that is said about it."""
    parts = parts_in_force(path, on)
    return {l2: line_of(row, parts.get(l2, Duty.Part.NONE)) for l2, row in rows_in_force(path, on).items()}


def history(l2: str, path: str) -> QuerySet[CatalogueRow]:
    """Every row there ever was for a category in a place, the newest first."""
    rows = CatalogueRow.objects.filter(l2=l2, area__path__in=containing_paths(path)).select_related(
        "area", "unit"
    )
    return rows.order_by("-valid_from", "-id")


def names_to_suggest(path: str, on: date) -> list[str]:
    """The bodies that serve the place, and the names its catalogue uses already."""
    used = {
        name
        for line in lines_in_force(path, on).values()
        for name in (line.unit_name, *line.helpers.split(";"))
        if name
    }
    return sorted({body.name for body in bodies_above(path, on)} | used)
