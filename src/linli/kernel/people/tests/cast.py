"""The people of these tests: 王阿姨 asks, 陈晓雨 works at the desk, 周爷爷 has no phone, an outsider sees nothing."""

from datetime import UTC, date, datetime

from linli.kernel.people.models import Person, Role
from linli.kernel.places.models import Area

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WANG_PHONE = "10000000417"


def area(path: str, kind: str, name: str, parent: Area | None = None) -> Area:
    code = path.rstrip("/").split("/")[-1]
    return Area.objects.create(
        code=code, kind=kind, name=name, path=path, parent=parent, valid_from=date(2020, 1, 1)
    )


def shijingshan() -> dict[str, Area]:
    """A district, a street, two communities and a dwelling."""
    district = area("110107/", "district", "石景山区")
    street = area("110107/110107002/", "street", "老山街道", district)
    north = area("110107/110107002/110107002011/", "community", "老山东里北社区", street)
    south = area("110107/110107002/110107002012/", "community", "老山东里南社区", street)
    home = area("110107/110107002/110107002011/b3/u2/501/", "dwelling", "3号楼2单元501", north)
    return {"district": district, "street": street, "north": north, "south": south, "home": home}


def person(name: str, community: Area | None = None, *roles: str) -> Person:
    somebody = Person.objects.create(name=name, called=name, community=community)
    for kind in roles:
        Role.objects.create(person=somebody, kind=kind, area=community, valid_from=date(2026, 1, 1))
    return somebody
