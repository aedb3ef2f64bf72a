"""管理员 sets a district up and keeps it true; nobody else may."""

from pathlib import Path

import pytest
from django.conf import settings as conf
from django.test import Client

from linli.kernel.people.models import Account, Role, Tenure
from linli.kernel.places.models import Area, Body, Choice
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def token() -> str:
    path = Path(conf.LINLI_DATA) / "setup_token"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a-link-from-the-terminal")
    return "a-link-from-the-terminal"


def answers(token: str, **more: str) -> dict[str, str]:
    return {
        "token": token, "district": "石景山区 110107", "name": "管理员", "username": "guanli",
        "password": "a-long-password-1", "rules": "tangshan", **more,
    }  # fmt: skip


def test_an_empty_district_is_set_up_once(client: Client, token: str) -> None:
    page = client.post("/setup/", answers(token))

    assert page.status_code == 200
    assert Area.objects.filter(kind="community").count() > 100
    assert list(Role.objects.values_list("kind", "person__account__username")) == [("admin", "guanli")]
    assert Choice.objects.get().value == "tangshan"
    assert client.get(f"/setup/?token={token}").status_code == 404


def test_a_wrong_link_and_a_wrong_district(client: Client, token: str) -> None:
    assert client.get("/setup/?token=guess").status_code == 404

    page = client.post("/setup/", answers(token, district="没有这个区"))

    assert page.status_code == 422
    assert "没有这个区" in page.text
    assert Area.objects.count() == 0


def test_a_building_is_entered_with_its_doors(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    client.post(
        f"/settings/places/{s.community.pk}/building/", {"no": 9, "stairs": 2, "floors": 3, "doors": 2}
    )

    assert Area.objects.filter(path__startswith=f"{s.community.path}b9/", kind="dwelling").count() == 12


def test_somebody_is_appointed_and_her_term_ends(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    client.post(f"/settings/bodies/{s.committee.pk}/post/", {"title": "主任", "seats": 1})
    post = s.committee.posts.get()
    client.post(
        f"/settings/bodies/{s.committee.pk}/appoint/",
        {"post": post.pk, "name": "赵红", "on": "2026-01-01", "basis": "选举"},
    )
    second = client.post(
        f"/settings/bodies/{s.committee.pk}/appoint/",
        {"post": post.pk, "name": "钱红", "on": "2026-02-01", "basis": "选举"},
    )
    assert second.status_code == 409

    tenure = Tenure.objects.get()
    client.post(f"/settings/bodies/{s.committee.pk}/terms/{tenure.pk}/end/", {"because": "调任"})

    tenure.refresh_from_db()
    assert (tenure.person.name, tenure.valid_to is not None) == ("赵红", True)


def test_a_new_colleague_gets_a_role_and_a_password_shown_once(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    page = client.post("/settings/roles/grant/", {
        "name": "新同事", "username": "xin", "kind": "clerk", "area": s.community.code, "body": "",
    })  # fmt: skip

    assert page.status_code == 200
    role = Role.objects.get(person__account__username="xin")
    assert (role.kind, role.area) == ("clerk", s.community)
    client.post(f"/settings/roles/{role.pk}/revoke/")
    assert make.standing_of(Account.objects.get(username="xin").person).held == ()


def test_a_rule_never_reaches_back(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    page = client.post(
        "/settings/rules/choose/", {"area": s.district.code, "rules": "tangshan", "on": "2020-01-01"}
    )

    assert page.status_code == 409
    assert Choice.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    ["/settings/", "/settings/roles/", "/settings/rules/", "/settings/channels/", "/settings/gaps/"],
)
def test_settings_are_for_administrators(client: Client, address: str) -> None:
    s = make.scene()
    for name, status in (("chen", 403), ("sun", 403), ("root", 200)):
        make.sign_in(client, s.people[name])
        assert client.get(address).status_code == status


def test_another_districts_body_does_not_exist(client: Client) -> None:
    s = make.scene()
    elsewhere = make.area("district", "110108", "海淀区")
    body = make.body(Body.Kind.STREET_OFFICE, "别处", elsewhere)
    make.sign_in(client, s.root)

    assert client.get(f"/settings/bodies/{body.pk}/").status_code == 404
    assert client.get(f"/settings/places/{elsewhere.pk}/").status_code == 404
