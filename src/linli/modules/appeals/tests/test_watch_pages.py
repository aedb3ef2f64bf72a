"""Supervision and rates, as the street and the public read them."""

import csv
from io import StringIO

import pytest
from django.test import Client

from linli.kernel.clock import moved_to
from linli.kernel.people.models import Role
from linli.modules.appeals.actions import dispatching, handling, intake
from linli.modules.appeals.models import Appeal, Kind, Urgency
from tests import make

pytestmark = pytest.mark.django_db


def late(s: make.Scene) -> Appeal:
    with moved_to(make.at("2026-11-10 09:00")):
        appeal = make.appeal(s)
        intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
        dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
        dispatching.sign(appeal, by=s.as_("liu"))
    return appeal


@pytest.mark.parametrize("count", [1, 30])
def test_supervision_costs_the_same_for_one_and_thirty(
    client: Client, count: int, django_assert_max_num_queries
) -> None:
    s = make.scene()
    for _ in range(count):
        late(s)
    make.sign_in(client, s.zhao)
    client.get("/watch/")

    with django_assert_max_num_queries(12) as caught:
        page = client.get("/watch/")

    assert page.text.count("楼道灯不亮三天了") == count
    assert len(caught) == 12


def test_the_street_sees_objections_and_the_long_list(client: Client) -> None:
    s = make.scene()
    objected, hung = late(s), late(s)
    with moved_to(make.at("2026-11-11 09:00")):
        handling.hang(
            hung, by=s.as_("zhao"), plan="列入明年改造", review_on=make.at("2027-03-01 00:00").date()
        )
        dispatching.object_to(objected, by=s.as_("liu"), reason="这是路灯")
    make.sign_in(client, s.zhao)

    page = client.get("/watch/")

    assert "列入明年改造" in page.text
    assert f"/matters/{objected.pk}/" in page.text


@pytest.mark.parametrize(
    ("name", "status"), [("wang", 403), ("chen", 403), ("liu", 403), ("zhao", 200), ("qian", 200)]
)
def test_who_supervises(client: Client, name: str, status: int) -> None:
    s = make.scene()
    make.sign_in(client, s.people[name])

    assert client.get("/watch/").status_code == status


def test_everybody_reads_the_rates_and_only_staff_gets_the_rows(client: Client) -> None:
    s = make.scene()
    late(s)
    public = client.get("/rates/?month=2026-11")
    table = client.get("/rates/table.csv?month=2026-11")

    assert (public.status_code, table.status_code) == (200, 302)
    assert ("0 / 1" in public.text, "个案太少" in public.text) == (False, True)
    make.sign_in(client, s.chen)
    assert "0 / 1" in client.get("/rates/?month=2026-11").text
    assert client.get("/rates/table.csv?month=2026-11").text.count("\n") == 2


def test_a_wrong_month_shows_the_last_one(client: Client) -> None:
    assert client.get("/rates/?month=2026-13").status_code == 200


@pytest.mark.parametrize(("name", "lines"), [("liu", 2), ("he", 1), ("lin", 1), ("sun", 2)])
def test_a_unit_gets_the_rows_of_its_own_matters(client: Client, name: str, lines: int) -> None:
    s = make.scene()
    late(s)
    make.sign_in(client, s.people[name])

    assert client.get("/rates/table.csv?month=2026-11").text.count("\n") == lines


def test_a_clerk_of_two_communities_gets_the_rows_of_both(client: Client) -> None:
    s = make.scene()
    make.role(s.lin, Role.Kind.CLERK, s.community, s.committee)
    here = late(s)
    with moved_to(make.at("2026-11-02 09:00")):
        there = make.appeal(s, by="outsider", area=s.other_community)
        intake.classify(there, by=s.as_("lin"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
        dispatching.dispatch(there, unit=s.property_firm, by=s.as_("lin"))
    make.sign_in(client, s.lin)

    rows = list(csv.DictReader(StringIO(client.get("/rates/table.csv?month=2026-11").text.lstrip("\ufeff"))))

    assert {row["number"] for row in rows} == {here.case.number, there.case.number}
