"""What guessing is worth, and that neither words nor time betray whether a number or a name is known."""

import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from linli.kernel.clock import moved_to, now
from linli.kernel.people import signin
from linli.kernel.people.contacts import add_contact
from tests import make

KNOWN, UNKNOWN = "10000000417", "10087654321"
PASSWORD = "老槐树下坐一坐歇歇脚"
TRIES = 200
AT_MOST = 5_000_000  # nanoseconds


# What guessing is worth


def test_a_stranger_guesses_the_code_of_a_number_with_25_in_a_million_a_day_at_most() -> None:
    codes, limit = signin.codes, Fraction(25, 1_000_000)

    by_codes = Fraction(codes.CODES_A_DAY * codes.TRIES_A_CODE, 10**codes.CODE_DIGITS)
    by_tries = Fraction(codes.TRIES_A_DAY, 10**codes.CODE_DIGITS)

    assert (by_codes <= limit, by_tries <= limit) == (True, True)
    assert codes.CODES_A_DAY <= 5 and codes.TRIES_A_CODE <= 5
    assert timedelta(minutes=10) >= codes.CODE_LIVES


def test_a_password_and_a_token_are_wrong_five_times_in_half_an_hour_at_most() -> None:
    for door in (signin.passwords, signin.tokens):
        assert door.FAILS <= 5
        assert timedelta(minutes=30) <= door.FAIL_WINDOW <= timedelta(hours=1)  # it rests, and not for ever
    assert signin.passwords.LOOKUPS_AN_ADDRESS <= 10


# A number that is known answers like one that is not

Door = Callable[[Client, str], Any]


def asks_for_a_code(browser: Client, phone: str) -> Any:
    return browser.post("/in/", {"phone": phone})


def gives_a_code(browser: Client, phone: str) -> Any:
    return browser.post("/in/code/", {"phone": phone, "code": "000000"})


def asks_once_too_often(browser: Client, phone: str) -> Any:
    for _time in range(signin.codes.CODES_A_DAY):
        browser.post("/in/", {"phone": phone})
    return timed(lambda: browser.post("/in/", {"phone": phone}))


def signs_in_as_staff(browser: Client, name: str) -> Any:
    return browser.post("/in/staff/", {"username": name, "password": "falsch-falsch"})


def timed(act: Callable[[], Any]) -> Any:
    """The answer, with the time that this process worked for it."""
    began = time.process_time_ns()
    answer = act()
    answer.took = getattr(answer, "took", time.process_time_ns() - began)
    return answer


def bare(answer: Any, typed: str) -> tuple[int, str, dict[str, str]]:
    """All that is told, without what is new each time (nonce, token) and what was typed."""
    page = answer.text.replace(typed, "TYPED")
    page = re.sub(r'((?:nonce=|csrfmiddlewaretoken" value=|X-CSRFToken":\s*))"[^"]+"', r'\1"SECRET"', page)
    changing = {"Content-Security-Policy", "Set-Cookie"}
    return answer.status_code, page, {k: v for k, v in answer.headers.items() if k not in changing}


def are_apart(known: list[int], unknown: list[int]) -> bool:
    """Whether somebody with a stopwatch could tell: the medians differ by 5 ms and by a standard deviation."""
    gap = abs(statistics.median(known) - statistics.median(unknown))
    return gap >= AT_MOST and gap >= statistics.pstdev([*known, *unknown])


def test_the_stopwatch_would_notice_a_door_that_answers_strangers_at_once() -> None:
    slow, quick = [50_000_000 + n for n in range(TRIES)], [40_000_000 + n for n in range(TRIES)]
    alike = [50_000_000 + 7 * n for n in range(TRIES)]

    assert (are_apart(slow, quick), are_apart(slow, alike)) == (True, False)


def tried(door: Door, known: str, unknown: str) -> tuple[list[Any], list[Any]]:
    """200 tries each, in turn, each pair on a day of its own so that no limit answers in place of the door."""
    browser, answers = Client(), {known: [], unknown: []}
    for day in range(TRIES):
        with moved_to(make.at("2026-11-24 09:00") + timedelta(days=2 * day)):
            for name in (known, unknown) if day % 2 else (unknown, known):
                browser.cookies.clear()
                answers[name].append(timed(lambda name=name: door(browser, name)))
    return answers[known], answers[unknown]


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("door", "known", "unknown", "status"),
    [
        (asks_for_a_code, KNOWN, UNKNOWN, 200),
        (gives_a_code, KNOWN, UNKNOWN, 409),
        (asks_once_too_often, KNOWN, UNKNOWN, 409),
        (signs_in_as_staff, "chen", "chao", 409),
    ],
)
def test_two_hundred_tries_tell_nobody_who_is_known(
    door: Door, known: str, unknown: str, status: int
) -> None:
    s = make.scene()
    add_contact(s.wang, "phone", KNOWN, by=None, now=now(), verified=True)
    signin.open_staff_account(s.chen, "chen", by=None, password=PASSWORD)

    of_known, of_unknown = tried(door, known, unknown)

    told = {str(bare(a, known)) for a in of_known} | {str(bare(a, unknown)) for a in of_unknown}
    spent = [[answer.took for answer in answers] for answers in (of_known, of_unknown)]
    assert (len(told), of_known[0].status_code) == (1, status)
    assert not are_apart(*spent)
