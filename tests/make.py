"""How a test sets a scene: named people in a small district, doing real actions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from linli.kernel.clock import SHANGHAI, now, today
from linli.kernel.people.models import Account, Person, Role
from linli.kernel.people.standing import Standing, standing
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.actions import catalogue, intake
from linli.modules.appeals.models import Appeal

LONG_AGO = date(2020, 1, 1)


def at(text: str) -> datetime:
    """``2026-11-24 09:00`` in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def area(kind: str, code: str, name: str, parent: Area | None = None, name_en: str = "") -> Area:
    path = f"{parent.path if parent else ''}{code}/"
    return Area.objects.create(
        kind=kind, code=code, name=name, name_en=name_en, parent=parent, path=path, valid_from=LONG_AGO
    )


def body(kind: str, name: str, where: Area, name_en: str = "") -> Body:
    return Body.objects.create(kind=kind, name=name, name_en=name_en, area=where, valid_from=LONG_AGO)


def person(name: str, called: str = "", community: Area | None = None) -> Person:
    return Person.objects.create(name=name, called=called or name, community=community)


def account(who: Person, *, staff: bool = False, username: str | None = None) -> Account:
    return Account.objects.create(person=who, is_staff_account=staff, username=username)


def role(who: Person, kind: str, where: Area, unit: Body | None = None) -> Role:
    return Role.objects.create(person=who, kind=kind, area=where, body=unit, valid_from=LONG_AGO)


def standing_of(who: Person) -> Standing:
    return standing(who, on=today())


@dataclass
class Scene:
    """石景山区, 老山街道, two communities; and the people everyone knows by name."""

    district: Area
    street: Area
    community: Area
    stair: Area
    other_community: Area
    committee: Body
    property_firm: Body
    heat: Body
    street_office: Body
    department: Body
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    def as_(self, name: str) -> Standing:
        """The standing of one of the cast today."""
        return standing_of(self.people[name])


def _places() -> dict[str, Area]:
    district = area("district", "110107", "石景山区", name_en="Shijingshan District")
    street = area("street", "110107002", "老山街道", district, "Laoshan Subdistrict")
    community = area("community", "110107002011", "老山东里北社区", street, "Laoshan Dongli North Community")
    other = area("community", "110107002001", "高能所社区", street, "Gaonengsuo Community")
    building = area("building", "b3", "3号楼", community, "Building 3")
    stair = area("stair", "u2", "2单元", building, "Stair 2")
    return {
        "district": district, "street": street, "community": community, "stair": stair,
        "other_community": other,
    }  # fmt: skip


def _bodies(places: dict[str, Area]) -> dict[str, Body]:
    kind = Body.Kind
    return {
        "committee": body(kind.RESIDENTS_COMMITTEE, "老山东里北社区居委会", places["community"], "Residents' Committee of Laoshan Dongli North"),
        "property_firm": body(kind.PROPERTY_FIRM, "东里物业公司", places["community"], "Dongli Property Services"),
        "heat": body(kind.UTILITY, "供热企业", places["district"], "Heating company"),
        "street_office": body(kind.STREET_OFFICE, "老山街道办事处", places["street"], "Laoshan Subdistrict Office"),
        "department": body(kind.DEPARTMENT, "区城管委", places["district"], "District Urban Management Commission"),
    }  # fmt: skip


def scene() -> Scene:
    """王阿姨 asks, 陈晓雨 works at the desk, 刘师傅 fixes, 周爷爷 has no phone, 外人 sees nothing."""
    places = _places()
    bodies = _bodies(places)
    s = Scene(**places, **bodies)
    here = s.community
    cast = {
        "wang": person("王秀英", "王阿姨", here),
        "zhou": person("周德福", "周爷爷", here),
        "li": person("李建军", "李大爷", here),
        "chen": person("陈晓雨", "陈晓雨", here),
        "liu": person("刘建国", "刘师傅", here),
        "he": person("何暖", "何师傅"),
        "zhao": person("赵红梅", "赵主任"),
        "sun": person("孙立", "孙科长"),
        "qian": person("钱敏", "钱审核"),
        "lin": person("林芳", "林芳", s.other_community),
        "outsider": person("外人", "外人", s.other_community),
        "root": person("管理员", "管理员"),
    }
    s.people = cast
    account(cast["wang"]), account(cast["li"]), account(cast["outsider"])
    staff = [
        ("chen", Role.Kind.CLERK, here, s.committee), ("liu", Role.Kind.HANDLER, here, s.property_firm),
        ("he", Role.Kind.HANDLER, s.district, s.heat), ("zhao", Role.Kind.STREET, s.street, s.street_office),
        ("sun", Role.Kind.DISTRICT, s.district, None), ("qian", Role.Kind.REVIEWER, s.district, None),
        ("lin", Role.Kind.CLERK, s.other_community, None), ("root", Role.Kind.ADMIN, s.district, None),
    ]  # fmt: skip
    for name, kind, where, unit in staff:
        account(cast[name], staff=True, username=name)
        role(cast[name], kind, where, unit)
    catalogue.adopt(s.district, catalogue.shipped_rows(), on=LONG_AGO, by=None)
    return s


def appeal(
    s: Scene, *, by: str = "wang", text: str = "楼道灯不亮三天了，晚上下楼看不清", **more: Any
) -> Appeal:
    """A matter raised in stair 2 of building 3, for tests that begin later."""
    words = intake.Words(text=text, area=more.pop("area", s.stair), **more)
    return intake.receive(words, by=s.people[by])


def sign_in(client: Any, who: Person) -> Any:
    """A browser in which this person has just signed in."""
    client.force_login(who.account, backend="linli.kernel.people.backend.AccountBackend")
    session = client.session
    session["signed_in_at"] = int(now().timestamp())
    session.save()
    return client
