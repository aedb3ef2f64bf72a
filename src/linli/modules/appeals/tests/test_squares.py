"""The square on the wall of a stair, the slip from the counter, and what comes by them."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from linli.kernel.people.models import Account
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.resident import places_of
from linli.modules.appeals.tests.neighbours import photo, signed_in, sound, typed
from linli.modules.appeals.views.squares import square
from tests import make

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def links_on(page: Any) -> list[str]:
    """The addresses a sheet tells in words; the square beside must say the same."""
    return [html.unescape(found) for found in re.findall(r">(http://[^<]+)<", page.text)]


def test_the_sheet_of_a_stair_opens_the_form_with_the_stair_chosen(settings: Any) -> None:
    settings.LINLI_ADDRESS = "http://linli.test:8000"
    s = make.scene()
    desk = make.sign_in(Client(headers=ENGLISH), s.chen)

    page = desk.get("/desk/squares/", {"place": s.stair.pk, "size": "A4"})
    form = Client(headers=ENGLISH).get(f"/raise/?at={s.stair.pk}")

    assert links_on(page) == [f"http://linli.test:8000/raise/?at={s.stair.pk}"]
    assert square(links_on(page)[0]) in page.text
    assert "size: A4" in page.text
    assert f'<option value="{s.stair.pk}" selected>' in form.text
    assert form.cookies["area"].value == s.community.code


def test_a_square_fills_the_room_it_is_given_on_a_screen_and_on_paper() -> None:
    drawn = square("https://linli.example.org/raise/?at=1118288718947091332")

    assert re.findall(r"<svg ([^>]*)>", drawn) == ['viewBox="0 0 185 185" class="qr"']


def test_building_two_stands_before_building_ten() -> None:
    s = make.scene()
    for number in (10, 2, 1):
        make.area("building", f"b9{number}", f"9{number}号楼", parent=s.community)
    names = [str(place) for place in places_of(s.community)]

    assert [name for name in names if name.startswith("9")] == ["91号楼", "92号楼", "910号楼"]


@pytest.mark.parametrize("place", ["", "0", "²", "99999999999999999999"])
def test_a_place_that_is_none_shows_the_list_again(place: str) -> None:
    s = make.scene()
    desk = make.sign_in(Client(headers=ENGLISH), s.chen)

    page = desk.get("/desk/squares/", {"place": place})

    assert "Where it will hang" in page.text
    assert f'<option value="{s.stair.pk}">' in page.text


def test_another_communitys_stair_has_no_sheet_at_this_desk() -> None:
    s = make.scene()
    desk = make.sign_in(Client(headers=ENGLISH), s.lin)

    assert "poster" not in desk.get("/desk/squares/", {"place": s.stair.pk}).text


@pytest.mark.parametrize("how", [{}, {"text": "", "recording": True}])
def test_what_comes_by_the_square_says_so(how: dict[str, Any]) -> None:
    s = make.scene()
    wang = signed_in(Client(headers=ENGLISH), s, "wang")
    spoken = {"recording": sound()} if how.pop("recording", False) else {}

    wang.post("/raise/", typed(s, at=s.stair.pk, **how, **spoken))

    assert list(Appeal.objects.values_list("channel", "case__area")) == [("loudspeaker_qr", s.stair.pk)]


def test_it_is_still_said_after_she_has_signed_in_on_the_way() -> None:
    s = make.scene()
    wang = Client(headers=ENGLISH)
    assert wang.post("/raise/", typed(s, at=s.stair.pk, photos=[photo()])).status_code == 302

    signed_in(wang, s, "wang")
    wang.post("/raise/", typed(s))

    assert list(Appeal.objects.values_list("channel", flat=True)) == ["loudspeaker_qr"]


def test_without_a_square_it_came_by_the_web_page() -> None:
    s = make.scene()
    wang = signed_in(Client(headers=ENGLISH), s, "wang")

    wang.post("/raise/", typed(s, at="²"))

    assert list(Appeal.objects.values_list("channel", flat=True)) == ["web"]


def test_a_visitor_who_scans_is_asked_for_no_community() -> None:
    s = make.scene()
    visitor = Client(headers=ENGLISH)

    asked, scanned = visitor.get("/raise/"), visitor.get(f"/raise/?at={s.stair.pk}")

    assert (asked.status_code, scanned.status_code) == (302, 200)


def test_a_square_of_a_house_that_was_pulled_down_asks_where() -> None:
    s = make.scene()
    s.stair.valid_to = make.LONG_AGO
    s.stair.save()

    assert Client().get(f"/raise/?at={s.stair.pk}").status_code == 302


def test_zhou_gets_in_once_by_the_slip_from_the_counter(settings: Any) -> None:
    settings.LINLI_ADDRESS = "http://linli.test:8000"
    s = make.scene()
    desk, zhou, thief = make.sign_in(Client(headers=ENGLISH), s.chen), Client(), Client()

    paper = desk.post("/desk/way-in/", {"person": s.zhou.pk})
    code = re.search(r'class="code num" lang="en">([^<]+)<', paper.text)[1]
    address = f"http://linli.test:8000/in/slip/?slip={code}"
    door = zhou.get("/in/slip/", {"slip": code})

    assert square(address) in paper.text
    assert "no-store" in paper["Cache-Control"]
    assert f'value="{code}"' in door.text
    assert "no-store" in door["Cache-Control"]
    assert zhou.post("/in/slip/", {"slip": code}).status_code == 302
    assert Account.objects.get(pk=zhou.session["_auth_user_id"]).person == s.zhou
    assert thief.post("/in/slip/", {"slip": code}).status_code == 409


def test_opening_the_slips_address_alone_lets_nobody_in() -> None:
    s = make.scene()
    desk, zhou = make.sign_in(Client(headers=ENGLISH), s.chen), Client()
    code = re.search(
        r'class="code num" lang="en">([^<]+)<', desk.post("/desk/way-in/", {"person": s.zhou.pk}).text
    )[1]

    zhou.get("/in/slip/", {"slip": code})

    assert "_auth_user_id" not in zhou.session


@pytest.mark.parametrize(
    ("clerk", "whom", "status"), [("lin", "zhou", 404), ("chen", "liu", 409), ("chen", "", 409)]
)
def test_no_slip_for_a_stranger_a_colleague_or_nobody(clerk: str, whom: str, status: int) -> None:
    s = make.scene()
    desk = make.sign_in(Client(headers=ENGLISH), s.people[clerk])

    answer = desk.post("/desk/way-in/", {"person": s.people[whom].pk} if whom else {})

    assert answer.status_code == status
