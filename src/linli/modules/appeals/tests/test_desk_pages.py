"""The desk with one ticket and with thirty."""

import pytest
from django.test import Client

from linli.kernel.cases.models import Case
from linli.kernel.people.contacts import phone_of
from linli.modules.appeals.actions import intake
from linli.modules.appeals.models import Appeal, Kind, State, Urgency
from tests import make

pytestmark = pytest.mark.django_db


def classified(s: make.Scene, **more: object) -> Appeal:
    appeal = make.appeal(s, **more)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    return appeal


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_for_one_and_thirty(
    client: Client, count: int, django_assert_max_num_queries
) -> None:
    s = make.scene()
    for _ in range(count):
        make.appeal(s), classified(s)
    make.sign_in(client, s.chen)
    client.get("/desk/")

    with django_assert_max_num_queries(12) as caught:
        page = client.get("/desk/")

    assert page.text.count("data-job>") == 2 * min(count, 20)
    assert len(caught) == 9


def test_three_ticked_lamps_go_to_the_property_firm_together(client: Client) -> None:
    s = make.scene()
    appeals = [classified(s) for _ in range(3)]
    make.sign_in(client, s.chen)

    client.post("/desk/bulk/", {"pick": [a.pk for a in appeals], "do": "send"})

    assert list(Case.objects.values_list("state", "unit")) == [(State.DISPATCHED, s.property_firm.pk)] * 3


def test_nothing_ticked_is_said_politely(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.chen)

    assert client.post("/desk/bulk/", {"do": "send"}).status_code == 409


def test_a_clerk_enters_a_matter_for_a_man_without_a_phone(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.chen)
    typed = {
        "once": "desk:1", "text": "五楼水管渗水，墙皮鼓起来了", "area": s.community.pk, "door": "3-2", "called": "周爷爷",
        "phone": "", "channel": "walk-in", "identity": "named", "spot": "",
    }  # fmt: skip

    receipt = client.post("/desk/new/", typed)
    again = client.post("/desk/new/", typed)

    appeal = Appeal.objects.select_related("case__raised_by", "case__operator", "case__area").get()
    assert (appeal.case.raised_by.called, appeal.case.operator, appeal.case.area) == (
        "周爷爷",
        s.chen,
        s.stair,
    )
    assert phone_of(appeal.case.raised_by) is None
    assert appeal.case.number in receipt.text
    assert again.headers["Location"] == f"/matters/{appeal.pk}/"


def test_a_half_filled_entry_keeps_every_word(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.chen)

    page = client.post(
        "/desk/new/",
        {
            "once": "desk:2",
            "text": "门禁坏了",
            "area": s.community.pk,
            "door": "99",
            "channel": "phone",
            "identity": "named",
        },
    )

    assert page.status_code == 422
    assert "门禁坏了" in page.text
    assert Appeal.objects.count() == 0


def test_the_search_box_finds_a_number(client: Client) -> None:
    s = make.scene()
    appeal = classified(s)
    make.sign_in(client, s.chen)

    answer = client.get("/desk/find/", {"q": appeal.case.number})

    assert answer.headers["Location"] == f"/matters/{appeal.pk}/"


def test_the_desk_is_for_clerks(client: Client) -> None:
    s = make.scene()
    for name, status in (("wang", 403), ("liu", 403), ("chen", 200)):
        make.sign_in(client, s.people[name])
        assert client.get("/desk/").status_code == status


@pytest.mark.parametrize("odd", ["²", "-1", "1e9", "9" * 19, "9" * 40, "一"])
def test_an_odd_number_in_the_address_is_no_fault(client: Client, odd: str) -> None:
    s = make.scene()
    make.sign_in(client, s.chen)

    answers = [
        client.get(address, {name: odd}).status_code
        for address, name in (
            ("/desk/list/", "from"),
            ("/desk/calls/", "from"),
            ("/desk/new/", "for"),
            ("/search/", "after"),
        )
    ]

    assert answers == [200, 200, 200, 200]
