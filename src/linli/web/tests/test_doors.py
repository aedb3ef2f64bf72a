"""Who may open a page, and what she reads when she may not."""

from typing import Any

import pytest
from django.test import Client

from linli.kernel.clock import today
from linli.kernel.people.models import Role
from linli.web.decorators import page
from linli.web.tests.conftest import House


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_page_she_wanted(house: House) -> None:
    answer = Client().get("/tried/room/?x=1")

    assert (answer.status_code, answer["Location"]) == (302, "/in/?next=%2Ftried%2Froom%2F%3Fx%3D1")


def test_chen_xiaoyu_works_at_the_desk_and_opens_the_room(house: House) -> None:
    assert words_of(house.browser_of("陈晓雨").get("/tried/room/")) == "room"


def test_auntie_wang_reads_who_may_open_the_room_and_how_to_ask(house: House) -> None:
    answer = house.browser_of("王阿姨").get("/tried/room/", headers={"Accept-Language": "en"})

    assert answer.status_code == 403
    assert "Desk clerk" in words_of(answer)
    assert "District supervisor" in words_of(answer)
    assert "ask the administrator of your street" in words_of(answer)


def test_a_stranger_to_an_object_does_not_learn_that_it_exists(house: House) -> None:
    assert house.browser_of("王阿姨").get("/tried/thing/7/").status_code == 404
    assert house.browser_of("陈晓雨").get("/tried/thing/7/").status_code == 200


def test_a_role_taken_away_ends_with_the_next_request(house: House) -> None:
    browser = house.browser_of("陈晓雨")
    assert browser.get("/tried/room/").status_code == 200

    Role.objects.filter(person=house.people["陈晓雨"]).delete()

    assert browser.get("/tried/room/").status_code == 403


def test_a_role_that_begins_tomorrow_opens_nothing_today(house: House) -> None:
    from datetime import timedelta

    Role.objects.filter(person=house.people["陈晓雨"]).update(valid_from=today() + timedelta(days=1))

    assert house.browser_of("陈晓雨").get("/tried/room/").status_code == 403


def test_a_refusal_is_read_where_the_words_were_typed_and_the_words_stay(house: House) -> None:
    answer = Client().post("/tried/say/", {"text": "灯又坏了"})

    assert answer.status_code == 409
    assert "Not today." in words_of(answer)
    assert '<textarea name="text">灯又坏了</textarea>' in words_of(answer)


def test_opening_an_address_that_only_acts_leads_to_its_form() -> None:
    answer = Client().get("/tried/say/")

    assert (answer.status_code, answer["Location"]) == (302, "/tried/words/")


def test_with_htmx_a_refusal_goes_to_the_place_for_messages(house: House) -> None:
    answer = Client().post("/tried/say/", {"text": "x"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#messages")
    assert "Not today." in words_of(answer)


def test_with_htmx_a_visitor_is_sent_to_the_door_by_the_browser(house: House) -> None:
    answer = Client().post("/inbox/read/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/in/")


def test_a_wrong_method_is_refused_and_head_is_a_look(house: House) -> None:
    assert Client().post("/help/").status_code == 405
    head = Client().head("/help/")
    assert (head.status_code, head.content) == (200, b"")


def test_a_page_for_nobody_known_stops_the_start() -> None:
    with pytest.raises(ValueError, match="Nobody is called"):
        page("everybody")
