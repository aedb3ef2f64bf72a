"""王阿姨 and 李大爷 raise matters: words, voice, photos, place; danger; the same again."""

from typing import Any

import pytest
from django.test import Client

from linli.kernel.cases.models import Party, Step
from linli.kernel.files.models import File
from linli.kernel.people.actions import claim_residence
from linli.modules.appeals.actions import intake
from linli.modules.appeals.models import Appeal, Identity, Urgency
from linli.modules.appeals.tests.neighbours import BIN, LAMP, photo, signed_in, typed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def test_wang_raises_a_lamp_with_a_photo_and_reads_her_receipt(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    page = reader.post("/raise/", typed(s, photos=[photo()]))

    appeal = Appeal.objects.select_related("case").get()
    assert page.status_code == 200
    assert appeal.case.number in page.text
    assert "Why this day?" in page.text
    assert 'class="qr"' in page.text
    assert (appeal.text, appeal.spot, appeal.identity, appeal.case.area_id, appeal.case.raised_by_id) == (
        LAMP, "一层到二层", "named", s.stair.pk, s.wang.pk,
    )  # fmt: skip
    assert appeal.suggestion["l2"] == "0203"
    step = Step.objects.get(case=appeal.case)
    assert list(File.objects.values_list("group_id", "subject_id", "kind")) == [(appeal.pk, step.pk, "photo")]
    assert "photo" in reader.get(f"/matters/{appeal.pk}/").text


def test_the_form_begins_at_her_own_stair(reader: Client) -> None:
    s = make.scene()
    dwelling = make.area("dwelling", "501", "501室", s.stair)
    claim_residence(s.wang, dwelling, "living", on=make.LONG_AGO, by=s.wang)
    signed_in(reader, s, "wang")

    page = reader.get("/raise/")

    assert f'<option value="{s.stair.pk}" selected>' in page.text


def test_a_form_with_nothing_in_it_says_what_is_missing_and_keeps_the_rest(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    page = reader.post("/raise/", typed(s, text="", photos=[photo()]))

    assert page.status_code == 422
    assert "Say in a few words what it is about, or record it." in page.text
    assert 'value="一层到二层"' in page.text
    assert "Photo 1 is kept: lamp.jpg" in page.text
    assert not Appeal.objects.exists()


def test_a_form_sent_twice_raises_one_matter(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text=""))
    before = reader.session["appeals.draft"]
    reader.post("/raise/", typed(s))
    session = reader.session
    session["appeals.draft"] = {**before, **typed(s), "place": str(s.stair.pk), "complete": True}
    session.save()

    page = reader.post("/raise/send/", {"passed": "same"})

    assert page.status_code == 409
    assert Appeal.objects.count() == 1


def test_gas_in_the_stair_is_called_in_first_and_taken_all_the_same(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    first = reader.post("/raise/", typed(s, text="楼道里有浓烈的煤气味"), follow=True)

    assert first.redirect_chain == [("/raise/call-first/", 302)]
    assert 'href="tel:119"' in first.text
    assert not Appeal.objects.exists()

    page = reader.post("/raise/send/", {"passed": "call"})

    assert page.status_code == 200
    assert Appeal.objects.get().urgency == Urgency.EMERGENCY


@pytest.mark.parametrize(
    "fault", [{"text": ""}, {"place": ""}, {"place": "1"}, {"identity": "king"}, {"spot": "x" * 81}]
)
def test_what_the_form_refused_is_not_sent_by_another_door(reader: Client, fault: dict[str, str]) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    assert reader.post("/raise/", typed(s, **fault)).status_code == 422

    page = reader.post("/raise/send/", {"passed": ["call", "same"]})

    assert (page.status_code, page.headers["Location"]) == (302, "/raise/")
    assert not Appeal.objects.exists()


def test_danger_is_asked_about_before_anything_else(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text="2单元楼道里煤气味很大", suggestion={"l2": "0505"})
    signed_in(reader, s, "li")
    reader.post("/raise/", typed(s, text="2单元楼道里有浓烈的煤气味"))

    page = reader.post("/raise/send/", {"passed": "same"})

    assert (page.status_code, page.headers["Location"]) == (302, "/raise/call-first/")


def test_li_hears_that_neighbours_raised_the_same_lamp_but_never_their_words(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")

    page = reader.post("/raise/", typed(s), follow=True)

    assert page.redirect_chain == [("/raise/same/", 302)]
    assert "1 neighbour has raised it" in page.text
    assert "老人差点摔着" not in page.text
    assert "王" not in page.text
    assert Appeal.objects.count() == 1


def test_li_says_me_too_and_reads_public_lines_alone(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")
    reader.post("/raise/", typed(s))

    page = reader.post("/raise/me-too/", {"matter": appeal.pk}, follow=True)

    assert page.redirect_chain == [(f"/matters/{appeal.pk}/", 302)]
    assert Party.objects.filter(case=appeal.case, person=s.li, part="joined").exists()
    assert "老人差点摔着" not in page.text
    assert "王" not in page.text
    assert "You said “me too”" in page.text
    assert LAMP in reader.get("/raise/").text


def test_who_joined_already_is_led_to_it(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    intake.me_too(appeal, by=s.li)
    signed_in(reader, s, "li")

    page = reader.post("/raise/", typed(s), follow=True)

    assert "You are part of it already: look how it stands" in page.text
    assert "2 neighbours have raised it" in page.text
    assert "Me too" not in page.text


def test_me_too_needs_an_offer(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    signed_in(reader, s, "li")

    page = reader.post("/raise/me-too/", {"matter": appeal.pk})

    assert page.status_code == 409
    assert not Party.objects.filter(person=s.li).exists()


def test_not_the_same_is_sent_all_the_same(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")
    reader.post("/raise/", typed(s, photos=[photo()]))

    reader.post("/raise/send/", {"passed": ["same"]})

    assert Appeal.objects.filter(case__raised_by=s.li, text=LAMP).count() == 1
    assert File.objects.count() == 1


def test_another_matter_is_no_repeat(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text=BIN, area=s.community, suggestion={"l2": "0401"})
    signed_in(reader, s, "li")

    page = reader.post("/raise/", typed(s))

    assert "Received. Your part is done." in page.text


def test_identity_hidden_is_kept(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, identity="hidden"))
    assert Appeal.objects.get().identity == Identity.HIDDEN


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_costs_the_same_for_one_and_thirty_stairs(
    reader: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    s = make.scene()
    for n in range(count):
        make.area("stair", f"u{n + 10}", f"{n + 10}单元", s.stair.parent)
    signed_in(reader, s, "wang")
    reader.get("/raise/")

    with django_assert_max_num_queries(12) as caught:
        page = reader.get("/raise/")

    assert page.text.count("<option") == count + 3
    assert len(caught) == 8
