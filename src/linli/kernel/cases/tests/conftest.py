from datetime import date
from typing import Any

import pytest

from linli.kernel.cases.actions import open_case
from linli.kernel.cases.kinds import Kind, Move, register
from linli.kernel.cases.models import Case
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person, Role
from linli.kernel.people.standing import Standing, standing
from linli.kernel.places.models import Area, Body

DAY = date(2026, 11, 24)
GIVE = Move("repair.given", ("open",), "given")
NUDGE = Move("repair.nudged", ("open", "given"), None)
DONE = Move("repair.done", ("given",), "done")
REOPEN = Move("repair.reopened", ("done",), "given")
REPAIR = Kind(
    name="repair", label="repair", states=("open", "given", "done"), moves=(GIVE, NUDGE, DONE, REOPEN),
    accountable=frozenset({"given"}), final=frozenset({"done"}),
)  # fmt: skip
PROJECT = Kind(
    name="project", label="project", states=("open", "given"), moves=(GIVE,),
    accountable=frozenset({"given"}), official=True,
)  # fmt: skip


@pytest.fixture(autouse=True)
def two_kinds() -> None:
    register(REPAIR)
    register(PROJECT)


class Lane:
    """Two communities of one street, a firm, and the neighbours and staff of the story."""

    def __init__(self) -> None:
        self.street = self.area("street", "110107002", "老山街道")
        self.north = self.area("community", "110107002011", "老山东里北社区", self.street)
        self.south = self.area("community", "110107002012", "老山东里南社区", self.street)
        self.stair = self.area("stair", "u2", "2单元", self.north)
        self.firm = Body.objects.create(
            kind="property_firm", name="东里物业公司", area=self.north, valid_from=DAY
        )
        self.wang, self.zhou, self.outsider = (self.person(n) for n in ("王阿姨", "周爷爷", "外人"))
        self.chen = self.person("陈晓雨", Role.Kind.CLERK, self.north)
        self.liu = self.person("刘师傅", Role.Kind.HANDLER, self.north, self.firm)
        self.zhao = self.person("赵主任", Role.Kind.STREET, self.street)
        self.lin = self.person("林芳", Role.Kind.CLERK, self.south)

    @staticmethod
    def area(kind: str, code: str, name: str, parent: Area | None = None) -> Area:
        path = f"{parent.path if parent else '110107/'}{code}/"
        return Area.objects.create(kind=kind, code=code, name=name, parent=parent, path=path, valid_from=DAY)

    @staticmethod
    def person(name: str, kind: str = "", area: Area | None = None, body: Body | None = None) -> Person:
        person = Person.objects.create(name=name)
        if area:
            Role.objects.create(person=person, kind=kind, area=area, body=body, valid_from=DAY)
        return person

    def everybody(self) -> dict[str, Standing]:
        people = (self.wang, self.zhou, self.outsider, self.chen, self.liu, self.zhao, self.lin)
        return {person.name: standing(person, on=DAY) for person in people}

    def raised(self, **more: Any) -> Case:
        given = {
            "kind": "repair", "verb": "repair.raised", "state": "open", "title": "楼道灯不亮", "text": "三天了",
            "area": self.stair, "by": self.wang, "sensitivity": Sensitivity.PARTIES,
        }  # fmt: skip
        return open_case(**{**given, **more})


@pytest.fixture
def lane(db: None) -> Lane:
    return Lane()
