"""The ways in, over HTTP: how often one may try, and that nothing tells whether a number is known."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from linli.kernel.clock import moved_to, now
from linli.kernel.inbox.models import Message
from linli.kernel.people import signin
from linli.kernel.people.contacts import add_contact
from linli.kernel.people.models import Code
from tests import make

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "10000000417", "10087654321"
PASSWORD = "老槐树下坐一坐歇歇脚"


@pytest.fixture
def codes() -> list[tuple[str, str]]:
    """The codes that went out: (phone, code)."""
    sent: list[tuple[str, str]] = []

    def deliver(phone: str, code: str, _now: Any) -> bool:
        sent.append((phone, code))
        return True

    before = list(signin.codes._deliveries)
    signin.register_delivery(deliver)
    yield sent
    signin.codes._deliveries[:] = before


def bare(page: str, *typed: str) -> str:
    """A page without what is new on each one: nonce, token, and what was typed."""
    for words in typed:
        page = page.replace(words, "TYPED")
    return re.sub(r'((?:nonce=|csrfmiddlewaretoken" value=|X-CSRFToken":\s*))"[^"]+"', r"\1SECRET", page)


def clerk(s: make.Scene) -> None:
    signin.open_staff_account(s.chen, "chen", by=None, password=PASSWORD)


def knock(browser: Client, password: str, username: str = "chen") -> int:
    return browser.post("/in/staff/", {"username": username, "password": password}).status_code


# A number that is known answers like one that is not


def asks_for_code(phone: str) -> Any:
    return Client().post("/in/", {"phone": phone})


def tries_a_code(phone: str) -> Any:
    return Client().post("/in/code/", {"phone": phone, "code": "000000"})


def asks_six_times(phone: str) -> Any:
    return [asks_for_code(phone) for _time in range(6)][-1]


@pytest.mark.parametrize("door", [asks_for_code, tries_a_code, asks_six_times])
def test_a_known_number_and_an_unknown_one_get_the_same_page(door: Callable[[str], Any], codes: Any) -> None:
    s = make.scene()
    add_contact(s.wang, "phone", KNOWN, by=None, now=now(), verified=True)

    known, unknown = door(KNOWN), door(UNKNOWN)

    assert known.status_code == unknown.status_code
    assert bare(known.text, KNOWN) == bare(unknown.text, UNKNOWN)
    assert {k: v for k, v in known.headers.items() if k not in CHANGING} == {
        k: v for k, v in unknown.headers.items() if k not in CHANGING
    }


CHANGING = {"Content-Security-Policy", "Set-Cookie"}


def test_a_user_name_that_exists_and_one_that_does_not_get_the_same_page() -> None:
    clerk(make.scene())

    known, unknown = (
        Client().post("/in/staff/", {"username": name, "password": "falsch-falsch"})
        for name in ("chen", "chen9")
    )

    assert (known.status_code, unknown.status_code) == (409, 409)
    assert bare(known.text, "chen") == bare(unknown.text, "chen9")


# How often


def test_the_sixth_wrong_password_finds_the_door_resting_and_half_an_hour_later_open() -> None:
    clerk(make.scene())
    start = make.at("2026-11-24 09:00")
    with moved_to(start):
        fails = [knock(Client(), "falsch-falsch") for _time in range(5)]
        right = Client().post("/in/staff/", {"username": "chen", "password": PASSWORD})
    with moved_to(make.at("2026-11-24 09:31")):
        later = knock(Client(), PASSWORD)

    assert (fails, right.status_code, later) == ([409] * 5, 409, 302)
    assert "_auth_user_id" not in right.client.session


def test_one_address_tries_ten_names_an_hour_and_not_an_eleventh() -> None:
    make.scene()
    with moved_to(make.at("2026-11-24 09:00")):
        reader = Client(headers={"accept-language": "en"})
        pages = [
            reader.post("/in/staff/", {"username": f"name{n}", "password": "falsch"}).text for n in range(11)
        ]

    assert ["Too many tries" in page for page in pages] == [False] * 10 + [True]


def test_a_code_is_guessed_five_times_and_the_right_one_is_then_too_late(
    codes: list[tuple[str, str]],
) -> None:
    make.scene()
    asks_for_code(KNOWN)
    code = codes[-1][1]
    wrong = "000000" if code != "000000" else "000001"

    for _time in range(5):
        Client().post("/in/code/", {"phone": KNOWN, "code": wrong})
    answer = Client().post("/in/code/", {"phone": KNOWN, "code": code})

    assert answer.status_code == 409


def test_a_code_opens_once_and_not_after_ten_minutes(codes: list[tuple[str, str]]) -> None:
    make.scene()
    with moved_to(make.at("2026-11-24 09:00")):
        asks_for_code(KNOWN)
        first = Client().post("/in/code/", {"phone": KNOWN, "code": codes[-1][1]}).status_code
        again = Client().post("/in/code/", {"phone": KNOWN, "code": codes[-1][1]}).status_code
        asks_for_code(KNOWN)
    with moved_to(make.at("2026-11-24 09:11")):
        late = Client().post("/in/code/", {"phone": KNOWN, "code": codes[-1][1]}).status_code

    assert (first, again, late) == (302, 409, 409)


def test_five_codes_a_day_each_guessed_five_times_are_25_of_a_million(codes: list[tuple[str, str]]) -> None:
    make.scene()
    with moved_to(make.at("2026-11-24 09:00")):
        tries = 0
        for _code in range(7):
            asks_for_code(KNOWN)
            for _guess in range(5):
                before = list(Code.objects.values_list("tries", flat=True))
                Client().post("/in/code/", {"phone": KNOWN, "code": "xxxxxx"})
                tries += list(Code.objects.values_list("tries", flat=True)) != before

    assert (len(codes), tries) == (5, 25)


def test_no_code_stands_on_a_page_or_in_the_database_in_clear(codes: list[tuple[str, str]]) -> None:
    make.scene()
    page = asks_for_code(KNOWN).text
    code = codes[-1][1]

    assert code not in page
    assert [
        row for row in Code.objects.values_list("hash", "number") if code in row[0] or KNOWN in row[1]
    ] == []
    assert not Message.objects.filter(text__contains=code).exists()


# A session is not taken over


def test_signing_in_begins_a_new_session(codes: list[tuple[str, str]]) -> None:
    make.scene()
    browser = Client()
    session = browser.session
    session["draft"] = "x"
    session.save()
    browser.cookies["session"] = planted = session.session_key
    asks_for_code(KNOWN)

    browser.post("/in/code/", {"phone": KNOWN, "code": codes[-1][1]})

    assert browser.cookies["session"].value != planted


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_signing_in_nobody_is_led_out_of_the_house(
    elsewhere: str, codes: list[tuple[str, str]]
) -> None:
    make.scene()
    asks_for_code(KNOWN)

    answer = Client().post("/in/code/", {"phone": KNOWN, "code": codes[-1][1], "next": elsewhere})

    assert answer["Location"] in {"/", "/me/consents/?next=%2F"}
