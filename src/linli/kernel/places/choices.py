"""What holds in a place on a day: the nearest area's newest choice, else the product's default."""

from datetime import date

from linli.kernel.places.models import Area, Choice


def chosen(key: str, *, path: str, on: date, default: str) -> str:
    """The value in force for an area path; a community's choice goes before its district's."""
    rows = Choice.objects.filter(key=key, valid_from__lte=on).values_list("area__path", "valid_from", "value")
    inside = [row for row in rows if path.startswith(row[0])]
    return max(inside, key=lambda row: (len(row[0]), row[1]))[2] if inside else default


def choose(area: Area, key: str, value: str, *, on: date, by: int | None) -> Choice:
    """Write a choice down; earlier ones stay, so that a past decision keeps its rules."""
    return Choice.objects.create(area=area, key=key, value=value, valid_from=on, chosen_by=by)
