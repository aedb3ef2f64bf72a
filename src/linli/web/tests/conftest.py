"""A small house: one community with a desk, a property firm, and the people everyone knows by name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from linli.kernel.cases.actions import open_case
from linli.kernel.cases.kinds import Kind, Move, register
from linli.kernel.cases.models import Case
from linli.kernel.clock import SHANGHAI, now
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Account, Person, Role
from linli.kernel.places.models import Area, Body
from linli.web.staff_session import SIGNED_IN_AT

LONG_AGO = date(2020, 1, 1)
BACKEND = "linli.kernel.people.backend.AccountBackend"

register(
    Kind(
        name="tried",
        label="tried",
        states=("new", "hand", "back", "done"),
        moves=(Move("cases.said", ("new",), "hand"),),
        final=frozenset({"done"}),
        stages=(("受理", ("new",)), ("办理", ("hand",)), ("回访", ("back",)), ("评价", ("done",))),
        address="tried:matter",
    )
)


def at(text: str) -> datetime:
    """``2026-11-24 09:00`` in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class House:
    street: Area
    community: Area
    stair: Area
    desk: Body
    firm: Body
    people: dict[str, Person]

    def raise_matter(self, who: str, title: str, **changes: Any) -> Case:
        """Somebody raises a matter at the stair; ``changes`` puts it where the story needs it."""
        case = open_case(
            kind="tried", verb="cases.said", state="new", title=title, area=self.stair, by=self.people[who],
            sensitivity=Sensitivity.PARTIES, text="三天了，晚上看不见。",
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(**changes)
        case.refresh_from_db()
        return case

    def browser_of(self, who: str, **cookies: str) -> Client:
        """A browser in which this person has just signed in."""
        browser = Client()
        account = Account.objects.get(person=self.people[who])
        browser.force_login(account, backend=BACKEND)
        session = browser.session
        session[SIGNED_IN_AT] = int(now().timestamp())
        session.save()
        browser.cookies.load(cookies)
        return browser


def _area(kind: str, code: str, name: str, english: str, parent: Area | None) -> Area:
    path = f"{parent.path if parent else ''}{code}/"
    return Area.objects.create(
        kind=kind, code=code, name=name, name_en=english, parent=parent, path=path, valid_from=LONG_AGO
    )


def _ground() -> tuple[Area, Area, Area]:
    district = _area("district", "999101", "东华区", "Donghua District", None)
    street = _area("street", "999101001", "长乐街道", "Changle Subdistrict", district)
    community = _area("community", "999101001001", "槐树里社区", "Huaishuli Community", street)
    return street, community, _area("stair", "B3-2", "3号楼 2单元", "Building 3, stair 2", community)


def _people(street: Area, community: Area, firm: Body) -> dict[str, Person]:
    names = ("王阿姨", "陈晓雨", "刘师傅", "赵主任", "外人")
    people = {name: Person.objects.create(name=name, called=name, community=community) for name in names}
    for name, person in people.items():
        staff = name in {"陈晓雨", "刘师傅", "赵主任"}
        Account.objects.create(person=person, is_staff_account=staff, password="!x")
    held = (
        ("陈晓雨", "clerk", community, None),
        ("刘师傅", "handler", community, firm),
        ("赵主任", "street", street, None),
    )
    for name, kind, area, body in held:
        Role.objects.create(person=people[name], kind=kind, area=area, body=body, valid_from=LONG_AGO)
    return people


@pytest.fixture
def house(db: None) -> House:
    street, community, stair = _ground()
    desk = Body.objects.create(
        kind="residents_committee", name="槐树里社区居民委员会", name_en="Huaishuli Residents' Committee",
        area=community, phone="100-0000 0000", address="槐树里 18 号院", hours="8:30–20:00", valid_from=LONG_AGO,
    )  # fmt: skip
    firm = Body.objects.create(kind="property_firm", name="物业工程部", area=community, valid_from=LONG_AGO)
    return House(street, community, stair, desk, firm, _people(street, community, firm))


@pytest.fixture(autouse=True)
def _shell_alone(settings: Any) -> None:
    settings.ROOT_URLCONF = "linli.web.tests.urls"
