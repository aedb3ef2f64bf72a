from datetime import date

import pytest

from linli.kernel.people.models import Person, Role
from linli.kernel.people.standing import Standing, standing
from linli.kernel.places.models import Area, Body

DAY = date(2026, 11, 24)


class Town:
    """老山街道 with two communities, its desk, a lift firm, and the people of the story."""

    def __init__(self) -> None:
        self.district = self.area(None, "110107", Area.Kind.DISTRICT, "石景山区")
        self.street = self.area(self.district, "110107002", Area.Kind.STREET, "老山街道")
        self.north = self.area(self.street, "110107002011", Area.Kind.COMMUNITY, "老山东里北社区")
        self.south = self.area(self.street, "110107002012", Area.Kind.COMMUNITY, "老山东里南社区")
        self.lifts = Body.objects.create(
            kind=Body.Kind.PROPERTY_FIRM, name="老山物业", area=self.street, valid_from=DAY
        )
        self.wang, self.zhou, self.outsider = (
            Person.objects.create(name=n) for n in ("王阿姨", "周爷爷", "外人")
        )
        self.chen = self.holds("陈晓雨", Role.Kind.CLERK, self.north)
        self.liu = self.holds("刘师傅", Role.Kind.HANDLER, self.street, self.lifts)
        self.sun = self.holds("孙科长", Role.Kind.DISTRICT, self.district)

    @staticmethod
    def area(parent: Area | None, code: str, kind: str, name: str) -> Area:
        path = (parent.path if parent else "") + code + "/"
        return Area.objects.create(parent=parent, code=code, kind=kind, name=name, path=path, valid_from=DAY)

    @staticmethod
    def holds(name: str, kind: str, area: Area, body: Body | None = None) -> Person:
        person = Person.objects.create(name=name)
        Role.objects.create(person=person, kind=kind, area=area, body=body, valid_from=DAY)
        return person

    @staticmethod
    def standing(person: Person | None) -> Standing:
        return standing(person, on=DAY)


@pytest.fixture
def town(db: None) -> Town:
    return Town()
