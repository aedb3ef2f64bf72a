"""Language and size of type are drawn by the server and remembered on the device and on the account."""

from typing import Any

import pytest
from django.test import Client

from linli.kernel.people.models import Account
from linli.web.tests.conftest import House


def head_of(answer: Any) -> str:
    page = str(answer.content.decode())
    return page[page.index("<html") : page.index(">", page.index("<html")) + 1]


def test_chinese_is_spoken_first_and_english_when_the_browser_asks(house: House) -> None:
    assert head_of(Client().get("/")) == '<html lang="zh-CN">'
    assert head_of(Client().get("/", headers={"Accept-Language": "en-GB,en;q=0.8"})) == '<html lang="en">'
    assert head_of(Client().get("/", headers={"Accept-Language": "fr,zh-TW;q=0.8"})) == '<html lang="zh-CN">'


def test_a_chosen_language_stays_on_the_device_and_on_the_account(house: House) -> None:
    browser = house.browser_of("王阿姨")
    browser.post("/language/", {"language": "en"})

    assert head_of(browser.get("/help/")) == '<html lang="en">'
    assert head_of(house.browser_of("王阿姨").get("/")) == '<html lang="en">'


def test_large_type_stays_on_every_page_in_two_sizes(house: House) -> None:
    browser = house.browser_of("王阿姨")
    browser.post("/mode/", {"mode": "care"})
    assert head_of(browser.get("/help/")) == '<html lang="zh-CN" data-mode="care">'

    browser.post("/mode/", {"mode": "care-xl"})
    assert head_of(browser.get("/mine/")) == '<html lang="zh-CN" data-mode="care" data-size="xl">'
    assert Account.objects.get(person=house.people["王阿姨"]).mode == "care-xl"
    assert (
        head_of(house.browser_of("王阿姨").get("/")) == '<html lang="zh-CN" data-mode="care" data-size="xl">'
    )


def test_the_large_first_page_has_at_most_seven_things_to_do_and_the_phone_first(house: House) -> None:
    browser = house.browser_of("王阿姨", mode="care")
    page = browser.get("/").content.decode()

    assert page.count('class="big-act') + page.count('class="call"') <= 7
    assert page.index('class="call"') < page.index('class="big-act')


def test_a_size_or_language_nobody_has_is_refused_politely(house: House) -> None:
    answer = Client().post("/mode/", {"mode": "huge"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert "There are three sizes" in answer.content.decode()
    assert Client().post("/language/", {"language": "xx"}).status_code == 409


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "in/", ""],
)
def test_the_way_back_never_leads_out_of_the_house(house: House, elsewhere: str) -> None:
    answer = Client().post("/language/", {"language": "en", "next": elsewhere})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_way_back_leads_to_the_page_one_was_on(house: House) -> None:
    answer = Client().post("/language/", {"language": "en", "next": "/rules/?a=1#beijing"})

    assert answer["Location"] == "/rules/?a=1#beijing"


def test_caches_are_told_that_the_answer_depends_on_reader_and_language(house: House) -> None:
    answer = house.browser_of("王阿姨").get("/")

    assert {"accept-language", "cookie"} <= {part.strip().lower() for part in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private, no-store"
