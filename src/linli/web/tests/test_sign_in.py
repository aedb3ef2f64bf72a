"""Coming in and going out, by every door."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import hotp

from linli.kernel.clock import moved_to, now
from linli.kernel.people import signin
from linli.kernel.people.contacts import add_contact
from linli.kernel.people.models import Account
from linli.web.tests.conftest import House, at

PHONE = "10012345678"


@pytest.fixture
def messages() -> Any:
    """Every code that would have gone out, newest last."""
    sent: list[tuple[str, str]] = []
    signin.register_delivery(lambda phone, code, now: sent.append((phone, code)))
    return sent


def ask_for_digits(browser: Client, phone: str = PHONE, **more: str) -> Any:
    return browser.post("/in/", {"phone": phone, **more}, headers={"Accept-Language": "en"})


def is_in(browser: Client) -> bool:
    return browser.get("/mine/").status_code == 200


def test_auntie_wang_signs_in_with_the_digits_and_lands_where_she_wanted_to_be(
    house: House, messages: Any
) -> None:
    browser = Client()
    page = ask_for_digits(browser, next="/mine/").content.decode()
    assert 'name="next" value="/mine/"' in page
    assert messages[-1][1] not in page

    answer = browser.post("/in/code/", {"phone": PHONE, "code": messages[-1][1], "next": "/mine/"})

    assert (answer.status_code, is_in(browser)) == (302, True)
    assert answer["Location"] == "/me/consents/?next=%2Fmine%2F"
    assert 'href="/mine/"' in browser.get(answer["Location"]).text


def test_she_is_asked_once_and_lands_where_she_wanted_to_be_the_next_time(
    house: House, messages: Any
) -> None:
    browser = Client()
    for _time in range(2):
        ask_for_digits(browser)
        answer = browser.post("/in/code/", {"phone": PHONE, "code": messages[-1][1], "next": "/mine/"})
        browser.post("/out/")

    assert answer["Location"] == "/mine/"


def test_wrong_digits_stay_at_the_door_with_a_sentence_and_the_number_kept(
    house: House, messages: Any
) -> None:
    browser = Client()
    ask_for_digits(browser)
    wrong = "000000" if messages[-1][1] != "000000" else "000001"
    answer = browser.post("/in/code/", {"phone": PHONE, "code": wrong}, headers={"Accept-Language": "en"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "These digits are not right" in page
    assert f'value="{PHONE}"' in page
    assert f'value="{wrong}"' not in page
    assert not is_in(browser)


def test_the_page_after_the_number_is_the_same_for_a_known_and_an_unknown_number(
    house: House, messages: Any
) -> None:
    add_contact(house.people["王阿姨"], "phone", PHONE, by=None, now=now(), verified=True)

    def page_for(phone: str) -> str:
        text = ask_for_digits(Client(), phone).content.decode().replace(phone, "NUMBER")
        return re.sub(r'(nonce|csrfmiddlewaretoken" value)="[^"]+"', "SECRET", text)

    assert page_for(PHONE) == page_for("10087654321")


def test_the_sixth_code_of_a_day_is_refused_and_says_why(house: House, messages: Any) -> None:
    browser = Client()
    answers = [ask_for_digits(browser).status_code for _time in range(6)]

    assert answers == [200] * 5 + [409]


def test_staff_come_in_with_password_and_authenticator(house: House) -> None:
    account = Account.objects.get(person=house.people["陈晓雨"])
    signin.open_staff_account(account.person, "chen", by=None, password="老槐树下坐一坐歇歇脚")
    account.refresh_from_db()
    secret, _uri = signin.begin_totp(account)
    start = at("2026-11-24 09:00")
    browser = Client()
    with moved_to(start):
        signin.confirm_totp(account, secret, digits_at(secret, start), now=start)
    later = start + timedelta(minutes=5)
    with moved_to(later):
        step_one = browser.post("/in/staff/", {"username": "chen", "password": "老槐树下坐一坐歇歇脚"})
        assert (step_one.status_code, is_in(browser)) == (200, False)
        answer = browser.post("/in/staff/token/", {"token": digits_at(secret, later)})
        assert (answer.status_code, is_in(browser)) == (302, True)


def digits_at(secret: str, moment: Any) -> str:
    return f"{hotp(b32decode(secret), int(moment.timestamp()) // 30, 6):06d}"


def test_the_second_step_alone_opens_nothing(house: House) -> None:
    answer = Client().post("/in/staff/token/", {"token": "123456"})

    assert (answer.status_code, answer["Location"]) == (302, "/in/staff/")


def test_the_half_open_door_closes_after_ten_minutes(house: House) -> None:
    account = Account.objects.get(person=house.people["陈晓雨"])
    signin.open_staff_account(account.person, "chen", by=None, password="老槐树下坐一坐歇歇脚")
    account.refresh_from_db()
    secret, _uri = signin.begin_totp(account)
    start = at("2026-11-24 09:00")
    signin.confirm_totp(account, secret, digits_at(secret, start), now=start)
    browser = Client()
    with moved_to(start + timedelta(minutes=1)):
        browser.post("/in/staff/", {"username": "chen", "password": "老槐树下坐一坐歇歇脚"})
    with moved_to(start + timedelta(minutes=12)):
        answer = browser.post("/in/staff/token/", {"token": digits_at(secret, start + timedelta(minutes=12))})

    assert answer["Location"] == "/in/staff/"


def test_a_first_password_must_be_changed(house: House) -> None:
    account = Account.objects.get(person=house.people["陈晓雨"])
    first = signin.open_staff_account(account.person, "chen", by=None)
    browser = Client()

    assert browser.post("/in/staff/", {"username": "chen", "password": first})["Location"] == "/me/password/"
    changed = browser.post(
        "/me/password/", {"old": first, "new": "喝口水歇歇脚再走"}, headers={"Accept-Language": "en"}
    )
    assert changed.status_code == 409
    assert (
        browser.post("/me/password/", {"old": first, "new": "喝口水歇歇脚再走不着急"})["Location"] == "/me/"
    )
    assert is_in(browser)


def test_grandpa_zhou_has_no_phone_and_comes_in_once_with_a_slip(house: House) -> None:
    code = signin.slip_for(house.people["外人"], house.people["陈晓雨"])
    browser = Client()

    assert browser.post("/in/slip/", {"slip": code}).status_code == 302
    assert is_in(browser)
    assert Client().post("/in/slip/", {"slip": code}).status_code == 409


def test_the_list_of_people_to_be_exists_only_in_the_demo(house: House, settings: Any) -> None:
    account = Account.objects.get(person=house.people["王阿姨"])
    signin.show_in_demo(account.person, 1)
    assert "王阿姨" not in Client().get("/in/").content.decode()
    assert Client().post("/in/demo/", {"account": account.pk}).status_code == 409

    settings.LINLI_DEMO = True
    browser = Client()
    assert "王阿姨" in browser.get("/in/").content.decode()
    assert browser.post("/in/demo/", {"account": account.pk}).status_code == 302
    assert is_in(browser)


def test_signing_in_changes_the_session_and_signing_out_ends_it(house: House, messages: Any) -> None:
    browser = Client()
    ask_for_digits(browser)
    browser.post("/in/code/", {"phone": PHONE, "code": messages[-1][1]})
    before = browser.session.session_key

    browser.post("/out/")

    assert (is_in(browser), browser.session.session_key == before) == (False, False)


def test_signing_out_everywhere_ends_the_session_on_the_other_phone(house: House, messages: Any) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        ask_for_digits(browser)
        browser.post("/in/code/", {"phone": PHONE, "code": messages[-1][1]})
    assert (is_in(here), is_in(there)) == (True, True)

    here.post("/me/out/")

    assert (is_in(here), is_in(there)) == (False, False)


def test_a_staff_session_ends_after_three_idle_hours(house: House) -> None:
    with moved_to(at("2026-11-24 08:00")):
        browser = house.browser_of("陈晓雨")
        assert is_in(browser)
    with moved_to(at("2026-11-24 10:50")):
        assert is_in(browser)
    with moved_to(at("2026-11-24 13:40")):
        assert is_in(browser)
    with moved_to(at("2026-11-24 16:41")):
        assert not is_in(browser)


def test_a_staff_session_ends_after_twelve_hours_however_busy(house: House) -> None:
    with moved_to(at("2026-11-24 08:00")):
        browser = house.browser_of("陈晓雨")
    for hour in (10, 12, 14, 16, 18):
        with moved_to(at(f"2026-11-24 {hour}:00")):
            assert is_in(browser)
    with moved_to(at("2026-11-24 20:00")):
        assert not is_in(browser)


def test_a_forged_or_borrowed_mark_of_the_last_page_does_not_help(house: House) -> None:
    with moved_to(at("2026-11-24 08:00")):
        browser, other = house.browser_of("陈晓雨"), house.browser_of("赵主任")
    with moved_to(at("2026-11-24 10:30")):
        assert is_in(other)
    browser.cookies["seen"] = other.cookies["seen"].value
    with moved_to(at("2026-11-24 11:30")):
        assert not is_in(browser)


def test_a_resident_stays_signed_in(house: House) -> None:
    with moved_to(at("2026-11-01 08:00")):
        browser = house.browser_of("王阿姨")
    with moved_to(at("2026-11-20 08:00")):
        assert is_in(browser)
