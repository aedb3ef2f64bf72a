"""小明 is eleven: what is kept about him is opened by two, for half an hour, and his mother reads who it was."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from linli.kernel.answers import Refused
from linli.kernel.people import actions, contacts, openings
from linli.kernel.people.models import Look, Person
from linli.kernel.people.private import reveal
from linli.kernel.people.queries import looks_at_children_of
from linli.kernel.people.standing import standing
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, person, shijingshan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = MORNING + timedelta(minutes=10)


@dataclass
class Family:
    child: Person
    mother: Person
    chen: Person
    zhao: Person
    elsewhere: Person


def family() -> Family:
    areas = shijingshan()
    north = areas["north"]
    chen = person("陈晓雨", north, "clerk")
    child, mother = person("小明", north), person("小明妈妈", north)
    child.birth_year = 2015
    child.save(update_fields=["birth_year"])
    actions.note_relative(mother, child, "parent", by=chen)
    contacts.add_contact(child, "phone", WANG_PHONE, by=chen, now=MORNING)
    return Family(
        child,
        mother,
        chen,
        person("赵主任", areas["street"], "street"),
        person("林芳", areas["south"], "clerk"),
    )


def opened(f: Family, at) -> str:  # type: ignore[no-untyped-def]
    return reveal(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=at)


def test_a_childs_phone_is_opened_by_two_and_for_half_an_hour() -> None:
    f = family()
    with pytest.raises(Refused, match="不满 14 周岁"):
        opened(f, MORNING)
    wish = openings.ask(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=MORNING)
    with pytest.raises(Refused):
        opened(f, MORNING)

    openings.decide(wish, by=f.zhao, agreed=True, answer="", now=LATER)

    assert opened(f, LATER + timedelta(minutes=29)) == WANG_PHONE
    with pytest.raises(Refused):
        opened(f, LATER + timedelta(minutes=30))


def test_the_mother_reads_who_looked_and_who_agreed() -> None:
    f = family()
    wish = openings.ask(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=MORNING)
    openings.decide(wish, by=f.zhao, agreed=True, answer="", now=LATER)
    opened(f, LATER)

    look = looks_at_children_of(f.mother, TODAY).get()
    assert (look.subject, look.viewer, look.approved_by, look.reason) == (
        f.child, f.chen, f.zhao, "接孩子的人没到",
    )  # fmt: skip
    assert list(looks_at_children_of(f.chen, TODAY)) == []
    f.child.birth_year = 2001
    f.child.save(update_fields=["birth_year"])
    assert list(looks_at_children_of(f.mother, TODAY)) == []


def test_nobody_agrees_with_herself_and_nobody_from_elsewhere_decides() -> None:
    f = family()
    wish = openings.ask(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=MORNING)

    for somebody in (f.chen, f.elsewhere, f.mother):
        with pytest.raises(Refused):
            openings.decide(wish, by=somebody, agreed=True, answer="", now=LATER)

    assert [openings.openings_seen_by(standing(who, on=TODAY)).count() for who in (f.chen, f.zhao, f.elsewhere, f.mother)] == [1, 1, 0, 0]  # fmt: skip
    assert Look.objects.count() == 0


def test_a_no_says_why_and_a_wish_is_decided_once_within_a_day() -> None:
    f = family()
    wish = openings.ask(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=MORNING)
    assert openings.ask(f.child, "phone", by=f.chen, reason="再问一次", now=LATER) == wish
    with pytest.raises(Refused):
        openings.decide(wish, by=f.zhao, agreed=False, answer=" ", now=LATER)
    openings.decide(wish, by=f.zhao, agreed=False, answer="先打班主任电话", now=LATER)
    with pytest.raises(Refused):
        openings.decide(wish, by=f.zhao, agreed=True, answer="", now=LATER)
    with pytest.raises(Refused):
        opened(f, LATER)

    second = openings.ask(f.child, "phone", by=f.chen, reason="班主任没接", now=LATER)
    with pytest.raises(Refused):
        openings.decide(second, by=f.zhao, agreed=True, answer="", now=LATER + timedelta(days=1))


def test_one_consent_opens_one_field_for_one_person() -> None:
    f = family()
    wish = openings.ask(f.child, "phone", by=f.chen, reason="接孩子的人没到", now=MORNING)
    openings.decide(wish, by=f.zhao, agreed=True, answer="", now=LATER)

    with pytest.raises(Refused):
        reveal(f.child, "mail", by=f.chen, reason="接孩子的人没到", now=LATER)
    with pytest.raises(Refused):
        reveal(f.child, "phone", by=f.zhao, reason="看看", now=LATER)


def test_a_grown_ups_field_needs_no_second_person() -> None:
    f = family()

    with pytest.raises(Refused, match="第二个人批准"):
        openings.ask(f.mother, "phone", by=f.chen, reason="问问", now=MORNING)
    assert reveal(f.mother, "phone", by=f.chen, reason="问问", now=MORNING) == ""
