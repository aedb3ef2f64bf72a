"""老山东里北社区 in depth: buildings, households, posts, and the people one can be in the demo."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime

from linli.kernel.keys import new_id
from linli.kernel.keys.rows import insert
from linli.kernel.people.actions import claim_residence, register, verify_claim
from linli.kernel.people.actions.posts import appoint, grant
from linli.kernel.people.models import Person, Residence, Role
from linli.kernel.people.models.homes import Level
from linli.kernel.people.signin import show_in_demo
from linli.kernel.places.actions import add_post, found_body
from linli.kernel.places.building import build
from linli.kernel.places.choices import choose
from linli.kernel.places.models import Area, Body, Post
from linli.project.demo.names import called, full_name, phone

HOME = "110107002011"
BUILDINGS = [(no, 4, 6, 3) for no in range(1, 20)]  # 19 houses of 4 stairs, 6 floors, 3 doors: 1,368 homes


@dataclass
class Cast:
    """The people of the story by their short names."""

    community: Area
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


RESIDENTS = (
    ("wang", "王秀英", "王阿姨", 1958, "b3/u2/301/"), ("zhou", "周德福", "周爷爷", 1946, "b3/u2/501/"),
    ("li", "李建军", "李大爷", 1953, "b3/u2/102/"), ("sun", "孙静怡", "小孙", 1993, "b7/u1/402/"),
    ("ma", "马素芬", "马奶奶", 1949, "b5/u3/201/"), ("gao", "高志明", "高先生", 1980, "b7/u2/603/"),
    ("he", "何晓燕", "何女士", 1986, "b7/u1/503/"), ("luo", "罗永强", "罗叔叔", 1964, "b7/u3/101/"),
    ("xu", "徐丽娟", "徐阿姨", 1960, "b7/u4/302/"), ("tan", "谭浩然", "小谭", 1998, "b7/u2/201/"),
)  # fmt: skip


def furnish(community: Area, *, on: date) -> None:
    build(community, BUILDINGS, by=None, on=on)


def households(community: Area, rng: random.Random, *, on: date, moment: datetime, clerk: Person) -> int:
    """A person or two behind every door, confirmed by a clerk; laid in at once, as from a roster."""
    homes = list(
        Area.objects.filter(path__under=community.path, kind=Area.Kind.DWELLING).values_list("pk", flat=True)
    )
    people: list[tuple[object, ...]] = []
    lives: list[tuple[object, ...]] = []
    for home in homes:
        for _ in range(rng.choices((1, 2, 3), (25, 50, 25))[0]):
            age, key, name = rng.choices((30, 45, 62, 75), (30, 30, 25, 15))[0], new_id(), full_name(rng)
            people.append((key, "natural", name, called(name, age, rng), moment.year - age, community.pk))
            kind = rng.choices(
                (Residence.Kind.REGISTERED, Residence.Kind.LIVING, Residence.Kind.TENANT), (60, 20, 20)
            )[0]
            lives.append((new_id(), key, home, kind.value, on, Level.CLERK.value, clerk.pk, moment, ""))
    insert(Person, ("id", "kind", "name", "called", "birth_year", "community"), people)
    names = ("id", "person", "dwelling", "kind", "valid_from", "level", "verifier", "verified_at", "evidence")
    insert(Residence, names, lives)
    return len(people)


def staff(community: Area, street: Area, district: Area, *, on: date) -> Cast:
    """Those who work here, each with a role and a way to sign in."""
    cast = Cast(community)
    committee = Body.objects.get(area=community, kind=Body.Kind.RESIDENTS_COMMITTEE)
    firm = Body.objects.get(area=community, kind=Body.Kind.PROPERTY_FIRM)
    office = Body.objects.get(area=street, kind=Body.Kind.STREET_OFFICE)
    heat = Body.objects.get(area=district, name="石景山供热企业")
    rows = (
        ("chen", "陈晓雨", Role.Kind.CLERK, community, committee), ("liu", "刘建国", Role.Kind.HANDLER, community, firm),
        ("hong", "洪暖", Role.Kind.HANDLER, district, heat), ("zhao", "赵立新", Role.Kind.STREET, street, office),
        ("wu", "吴敏", Role.Kind.DISTRICT, district, None), ("qian", "钱慎之", Role.Kind.REVIEWER, district, None),
        ("admin", "管理员", Role.Kind.ADMIN, district, None),
    )  # fmt: skip
    for place, (key, name, kind, where, body) in enumerate(rows, start=10):
        person = register(name=name, called="刘师傅" if key == "liu" else name, by=None, community=community)
        grant(person, kind, where, by=None, on=on, body=body)
        show_in_demo(person, place)
        cast.people[key] = person
    choose(district, "rule_set", "beijing", on=on, by=cast["admin"].pk)
    grant(cast["zhao"], Role.Kind.HANDLER, street, by=None, on=on, body=office)
    return cast


def residents(cast: Cast, *, on: date, moment: datetime) -> None:
    """The neighbours of the story: with phones, but for 周爷爷, who has none."""
    for place, (key, name, known_as, year, door) in enumerate(RESIDENTS, start=1):
        number = "" if key == "zhou" else phone(40_000 + place)
        person = register(
            name=name, called=known_as, phone=number, community=cast.community, by=None, birth_year=year
        )
        home = Area.objects.get(path=cast.community.path + door)
        claim = claim_residence(person, home, Residence.Kind.REGISTERED, on=on, by=None)
        verify_claim(claim, Level.CLERK, by=cast["chen"], now=moment)
        if key in {"wang", "li", "sun"}:
            show_in_demo(person, place)
        cast.people[key] = person


CONTACTS = {
    Body.Kind.RESIDENTS_COMMITTEE: ("100 6886 0011", "3号楼南侧平房，居委会接待处", "周一至周五 9:00–18:00，周六 9:00–12:00"),
    Body.Kind.PROPERTY_FIRM: ("100 6886 0022", "7号楼地下一层，物业服务中心", "每天 8:00–20:00，急修 24 小时"),
}  # fmt: skip


def contacts(community: Area) -> None:
    """Where the desk and the property firm are found and when: whoever has no phone goes there."""
    for kind, (number, address, hours) in CONTACTS.items():
        Body.objects.filter(area=community, kind=kind).update(phone=number, address=address, hours=hours)


def seats(cast: Cast, rng: random.Random, *, on: date) -> None:
    """Who holds which post today, so that the community can answer who is in charge and where."""
    contacts(cast.community)
    committee = Body.objects.get(area=cast.community, kind=Body.Kind.RESIDENTS_COMMITTEE)
    for post in Post.objects.filter(body=committee).order_by("pk"):
        for number in range(min(post.seats, 3)):
            name = "赵红梅" if post.leads and not number else full_name(rng)
            person = register(name=name, called=name, community=cast.community, by=None)
            appoint(person, post, on=on, basis="2026 年换届选举", by=None)
    bodies(cast, rng, on=on)


BODIES = (
    (
        Body.Kind.SUPERVISION,
        "居务监督委员会",
        "Supervision Committee",
        (("主任", "Chair"), ("委员", "Member")),
    ),
    (Body.Kind.PARTY_BRANCH, "党委", "Party Committee", (("书记", "Secretary"),)),
    (Body.Kind.PROPERTY_COMMITTEE, "物业管理委员会", "Property Management Committee", (("主任", "Chair"),)),
    (
        Body.Kind.BUILDING_COMMITTEE,
        "3号楼楼委会",
        "Building 3 Committee",
        (("楼长", "Head of the building"),),
    ),
    (Body.Kind.THINK_TANK, "居民智囊团", "Residents' Think Tank", (("召集人", "Convenor"),)),
)


def bodies(cast: Cast, rng: random.Random, *, on: date) -> None:
    """The other bodies of the community, each with its seats filled."""
    for kind, name, english, titles in BODIES:
        body = found_body(
            kind=kind, name=f"{cast.community.name}{name}", name_en=f"{cast.community.name_en} {english}",
            area=cast.community, by=None, on=on,
        )  # fmt: skip
        for title, title_en in titles:
            holder = register(name=full_name(rng), community=cast.community, by=None)
            post = add_post(body, title=title, title_en=title_en, by=None, leads=title != "委员")
            appoint(holder, post, on=on, basis="2026 年推选", by=None)
