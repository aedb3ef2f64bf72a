"""王阿姨 is asked for her leave: she gives it with one click, takes it back with one, or leaves it open."""

from typing import Any

import pytest

from linli.kernel.clock import now
from linli.kernel.people.actions.trust import give_consent, has_consent
from linli.kernel.people.models import Consent, Person
from linli.kernel.people.purposes import PURPOSES, asked
from linli.web.tests.conftest import House

pytestmark = pytest.mark.django_db
KEYS = ["calls_about_other_services", "photo_publication"]


@pytest.fixture
def wang(house: House) -> Person:
    return house.people["王阿姨"]


def test_there_are_two_questions_and_nothing_is_agreed_beforehand(house: House, wang: Person) -> None:
    page = house.browser_of("王阿姨").get("/me/consents/?next=/mine/").text

    assert [purpose.key for purpose in PURPOSES] == KEYS
    assert [given for _purpose, given in asked(wang)] == [None, None]
    assert [f'value="{key}"' in page for key in KEYS] == [True, True]
    assert 'href="/mine/"' in page


@pytest.mark.parametrize("key", KEYS)
def test_leave_is_given_with_one_click_and_taken_back_with_one(house: House, wang: Person, key: str) -> None:
    browser = house.browser_of("王阿姨")

    assert browser.post("/me/consents/agree/", {"purpose": key})["Location"] == "/me/"
    assert (has_consent(wang, key), Consent.objects.get().text_version) == (True, "2026-11")
    assert "收回" in browser.get("/me/").text

    assert browser.post("/me/withdraw/", {"purpose": key})["Location"] == "/me/"
    assert has_consent(wang, key) is False
    assert Consent.objects.get().withdrawn_at is not None


def test_while_the_questions_are_answered_she_stays_with_them(house: House) -> None:
    questions = "/me/consents/?next=/mine/"
    browser = house.browser_of("王阿姨")

    for address in ("/me/consents/agree/", "/me/withdraw/"):
        answer: Any = browser.post(address, {"purpose": KEYS[0], "next": questions})
        assert answer["Location"] == questions


def test_who_leaves_them_open_uses_everything_else(house: House) -> None:
    browser = house.browser_of("王阿姨")

    answers = [browser.get(address).status_code for address in ("/", "/mine/", "/me/", "/inbox/")]

    assert answers == [200] * 4
    assert Consent.objects.count() == 0


def test_nobody_agrees_to_what_was_never_asked(house: House) -> None:
    assert house.browser_of("王阿姨").post("/me/consents/agree/", {"purpose": "sell_it"}).status_code == 404
    assert Consent.objects.count() == 0


def test_a_new_wording_is_asked_anew(wang: Person) -> None:
    give_consent(wang, KEYS[0], "2020-01", by=wang, now=now())

    assert [given for _purpose, given in asked(wang)] == [None, None]
