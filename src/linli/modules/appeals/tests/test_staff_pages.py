"""The page of a matter for those who handle it, and the worklist of a unit."""

import pytest
from django.test import Client

from linli.kernel.people.models import Look
from linli.modules.appeals.actions import dispatching, intake
from linli.modules.appeals.models import Appeal, Kind, State, Urgency
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(client: Client, s: make.Scene, name: str) -> Client:
    signed: Client = make.sign_in(client, s.people[name])
    return signed


def sent(s: make.Scene) -> Appeal:
    appeal = make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"), note="楼道照明由物业负责")
    return appeal


def test_the_desk_sends_a_lamp_to_the_property_firm(client: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    signed_in(client, s, "chen")
    client.post(
        f"/matters/{appeal.pk}/do/classify/",
        {"act": "classify", "kind": "help", "l2": "0203", "urgency": "urgent_24h"},
    )
    page = client.get(f"/matters/{appeal.pk}/")
    assert page.status_code == 200
    assert "派单" in page.text or "Send to a unit" in page.text

    answer = client.post(
        f"/matters/{appeal.pk}/do/dispatch/", {"act": "dispatch", "unit": s.property_firm.pk, "note": ""}
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/matters/{appeal.pk}/")
    assert Appeal.objects.select_related("case").get().case.state == State.DISPATCHED


def test_a_form_with_a_fault_comes_back_with_every_word(client: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    signed_in(client, s, "liu")
    client.post(f"/matters/{appeal.pk}/do/sign/", {"act": "sign"})

    answer = client.post(f"/matters/{appeal.pk}/do/reply/", {"act": "reply", "text": ""})

    assert answer.status_code == 422
    assert Appeal.objects.select_related("case").get().case.state == State.HANDLING


def test_a_refusal_keeps_what_was_typed(client: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    signed_in(client, s, "zhao")

    answer = client.post(f"/matters/{appeal.pk}/do/keep/", {"act": "keep", "text": "这句话不能丢"})

    assert answer.status_code == 409
    assert "这句话不能丢" in answer.text


def test_strangers_find_nothing(client: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    for name in ("outsider", "lin", "li"):
        signed_in(client, s, name)
        assert client.get(f"/matters/{appeal.pk}/").status_code == 404
        assert client.post(f"/matters/{appeal.pk}/do/sign/", {"act": "sign"}).status_code == 404


def test_showing_a_phone_stands_in_the_neighbours_list(client: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    signed_in(client, s, "chen")

    client.post(f"/matters/{appeal.pk}/phone/")

    assert list(Look.objects.values_list("viewer", "subject", "fields")) == [(s.chen.pk, s.wang.pk, "phone")]


@pytest.mark.parametrize("count", [1, 30])
def test_the_worklist_costs_the_same_for_one_and_thirty(
    client: Client, count: int, django_assert_max_num_queries
) -> None:
    s = make.scene()
    for _ in range(count):
        sent(s)
    signed_in(client, s, "liu")
    client.get("/unit/?part=sign")

    with django_assert_max_num_queries(12) as caught:
        page = client.get("/unit/?part=sign")

    assert page.text.count("data-job>") == min(count, 20)
    assert len(caught) == 7
