"""Odd words in every address, from everybody: an answer, a refusal or nothing, but never a broken page."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client

from linli.kernel.people.models import Role
from tests import make
from tests.addresses import Address, all_addresses
from tests.trust.test_authorization import undone
from tests.trust.village import Village, village

pytestmark = pytest.mark.django_db
ADDRESSES = list(all_addresses())
BROKEN = 500
FIELDS = (
    "account", "after", "agreed", "all", "answer", "area", "at", "back", "basis", "because", "before", "behalf",
    "by", "c", "called", "cause", "channel", "code", "column", "contacted", "district", "do", "doors", "drop",
    "floors", "for", "from", "given", "host", "identity", "keys", "kind", "l2", "language", "machine", "mandate",
    "matter", "mode", "month", "name", "new", "next", "note", "number", "old", "once", "page", "part", "passed",
    "password", "person", "phone", "pick", "place", "port", "post", "purpose", "q", "reached", "review_on", "route",
    "rules", "said", "satisfied", "scope", "score", "sealed", "seats", "sender", "show", "size", "slip", "solved",
    "spot", "stairs", "sure", "text", "title", "to", "token", "unit", "until", "upheld", "urgency", "username",
    "words",
)  # fmt: skip
ODD = {
    "a digit that is no number": "²",
    "a number without end": "9" * 5000,
    "a number beyond every key": "9" * 19,
    "the first month": "0001-01",
    "the last month": "9999-12",
    "the last day": "9999-12-31",
    "a character of no text": "灯\x00灭",
    "an endless word": "灯" * 30_000,
    "pictures": "👵🏻👨‍👩‍👧‍👦\u202e",
}
LONGEST_QUERY = 8000
ASKED = {"month", "page", "q", "at", "from", "before", "c"}
HERS = ("raise/", "matters/", "follow/", "mine/", "me/", "inbox/")


def typed(method: str, word: str) -> dict[str, str]:
    """Every field with this word; an address takes only so much."""
    if method == "GET" and len(word) * len(FIELDS) > LONGEST_QUERY:
        return {name: word[: LONGEST_QUERY // len(ASKED)] for name in ASKED}
    return dict.fromkeys(FIELDS, word)


def status_of(v: Village, browser: Client, address: Address, method: str, word: str) -> int:
    jar = browser.cookies.copy()
    with undone():
        ask: Any = getattr(browser, method.lower())
        response = ask(v.path(address), typed(method, word))
        if response.streaming:
            b"".join(response.streaming_content)
    browser.cookies = jar
    return int(response.status_code)


def browsers(v: Village) -> Iterator[tuple[Client, list[Address]]]:
    """管理员, who for once holds every post there is; and 王阿姨 where she reads and writes of her own."""
    s = v.scene
    for kind in set(Role.Kind) - {Role.Kind.ADMIN}:
        make.role(s.root, kind, s.district, s.property_firm if kind == Role.Kind.HANDLER else None)
    yield v.browser("root"), ADDRESSES
    yield v.browser("wang"), [address for address in ADDRESSES if address.pattern.startswith(HERS)]


@pytest.mark.drill
@pytest.mark.parametrize("odd", ODD)
def test_no_odd_word_breaks_a_page(odd: str) -> None:
    v = village()
    broken = [
        f"{method} {address.name}"
        for browser, addresses in browsers(v)
        for address, method in product(addresses, ("GET", "POST"))
        if status_of(v, browser, address, method, ODD[odd]) >= BROKEN
    ]
    assert broken == []


@pytest.mark.parametrize("name", ["area", "lang", "mode", "session", "messages", "csrf", "keys"])
@pytest.mark.parametrize("odd", ['"\\000123456789"', "²", "9" * 3000, "%E7%81%AF"])
def test_no_odd_cookie_breaks_a_page(name: str, odd: str) -> None:
    make.scene()
    browser = Client(raise_request_exception=False)

    answers = [
        browser.get(address, headers={"cookie": f"{name}={odd}"}) for address in ("/", "/board/", "/me/")
    ]

    assert [answer.status_code < BROKEN for answer in answers] == [True] * 3
