"""The bodies of the demo district that the dispatch catalogue names, each with one person who works there."""

import random
from collections.abc import Iterable
from datetime import date

from linli.kernel.people.actions import register
from linli.kernel.people.actions.posts import grant
from linli.kernel.people.models import Role
from linli.kernel.places.actions import found_body
from linli.kernel.places.models import Area, Body
from linli.project.demo.names import full_name

STREET_SECTIONS = (
    ("便民服务中心", "Public Service Centre"), ("城市更新专班（城管办）", "Urban Renewal Team"),
    ("城管办", "Urban Management Section"), ("市民活动中心", "Citizens' Activity Centre"),
    ("市民活动中心（联合体办）", "Elder-care Consortium Office"), ("平安办", "Public Safety Section"),
    ("残联", "Disabled Persons' Federation"), ("民生保障办", "Welfare Section"),
    ("物业管理科（社区办）", "Property Management Section"), ("经济发展办", "Economic Section"),
)  # fmt: skip
STREET_SERVICES = (
    ("综合行政执法队", "Law Enforcement Team", Body.Kind.STREET_SECTION),
    ("派出所", "Police Station", Body.Kind.DEPARTMENT),
    ("社区卫生服务站", "Community Health Station", Body.Kind.ORGANISATION),
    ("社区养老驿站", "Elder-care Station", Body.Kind.ORGANISATION),
    ("人民调解委员会", "People's Mediation Committee", Body.Kind.ORGANISATION),
    ("志愿服务队", "Volunteer Team", Body.Kind.ORGANISATION),
    ("红心代办点", "Red Heart Errand Point", Body.Kind.ORGANISATION),
)
DISTRICT_UNITS = (
    ("石景山区住建委", "Housing and Construction Commission", Body.Kind.DEPARTMENT),
    ("石景山区城管委", "Urban Management Commission", Body.Kind.DEPARTMENT),
    ("石景山区交通局", "Transport Bureau", Body.Kind.DEPARTMENT),
    ("石景山区教委", "Education Commission", Body.Kind.DEPARTMENT),
    ("石景山区网信办", "Cyberspace Office", Body.Kind.DEPARTMENT),
    ("石景山区市场监管所", "Market Supervision", Body.Kind.DEPARTMENT),
    ("石景山区劳动监察大队", "Labour Inspection", Body.Kind.DEPARTMENT),
    ("石景山区交警大队", "Traffic Police", Body.Kind.DEPARTMENT),
    ("石景山区消防救援站", "Fire and Rescue Station", Body.Kind.DEPARTMENT),
    ("石景山供热企业", "Heating Company", Body.Kind.UTILITY),
    ("石景山供电公司", "Power Company", Body.Kind.UTILITY),
    ("石景山燃气公司", "Gas Company", Body.Kind.UTILITY),
    ("石景山自来水公司", "Water Company", Body.Kind.UTILITY),
    ("石景山排水集团", "Drainage Group", Body.Kind.UTILITY),
    ("石景山通信运营商", "Telecom Operator", Body.Kind.UTILITY),
    ("石景山水电气热经营单位", "Utilities Desk", Body.Kind.UTILITY),
    ("石景山环卫中心", "Sanitation Centre", Body.Kind.DEPARTMENT),
    ("石景山电梯维保单位（物业企业牵头）", "Lift Maintenance Firm", Body.Kind.UTILITY),
)
TEAMS = (
    ("老街坊治安队", "Neighbourhood Watch", Body.Kind.SECURITY_TEAM),
    ("老街坊劝导队", "Persuasion Team", Body.Kind.PERSUASION_TEAM),
    ("老街坊应急小分队", "Emergency Team", Body.Kind.EMERGENCY_TEAM),
)


class Workforce:
    """Founds bodies and puts a person to work in each; remembers who handles for which body."""

    def __init__(self, rng: random.Random, on: date) -> None:
        self.rng, self.on = rng, on
        self.handlers: dict[int, int] = {}

    def staff(self, body: Body, name: str = "") -> int:
        who = name or full_name(self.rng)
        person = register(name=who, called=who[0] + "师傅", by=None)
        grant(person, Role.Kind.HANDLER, body.area, by=None, on=self.on, body=body)
        self.handlers[body.pk] = person.pk
        return person.pk

    def found(self, where: Area, rows: Iterable[tuple[str, str, str]], *, prefix: bool) -> None:
        for name, name_en, kind in rows:
            full = f"{where.name}{name}" if prefix else name
            english = f"{where.name_en} {name_en}".strip() if prefix else name_en
            body = found_body(kind=kind, name=full, name_en=english, area=where, by=None, on=self.on)
            self.staff(body)

    def district(self, where: Area) -> None:
        self.found(where, DISTRICT_UNITS, prefix=False)

    def street(self, where: Area) -> None:
        sections = ((name, english, Body.Kind.STREET_SECTION) for name, english in STREET_SECTIONS)
        self.found(where, sections, prefix=True)
        self.found(where, STREET_SERVICES, prefix=True)
        for office in Body.objects.filter(area=where, kind=Body.Kind.STREET_OFFICE):
            self.staff(office)

    def community(self, where: Area) -> None:
        """Its property firm and its three teams; one community in twelve still lacks a team."""
        firm = found_body(
            kind=Body.Kind.PROPERTY_FIRM, name=f"{where.name.removesuffix('社区')}物业服务中心",
            name_en=f"{where.name_en.removesuffix(' Community')} Property Services".strip(), area=where, by=None,
            on=self.on,
        )  # fmt: skip
        self.staff(firm)
        for name, english, kind in TEAMS[: 3 if self.rng.random() > 1 / 12 else 2]:
            found_body(
                kind=kind, name=f"{where.name}{name}", name_en=f"{where.name_en} {english}", area=where, by=None,
                on=self.on,
            )  # fmt: skip
        for committee in Body.objects.filter(area=where, kind=Body.Kind.RESIDENTS_COMMITTEE):
            self.staff(committee)
