"""When something goes wrong, the house still speaks plainly."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from linli.web.tests.conftest import House


def test_a_broken_page_says_that_the_fault_is_ours_without_asking_the_database(house: House) -> None:
    browser = Client(raise_request_exception=False)

    def no_database(*_: Any) -> Any:
        raise AssertionError("asked the database")

    with connection.execute_wrapper(no_database):
        answer = browser.get("/tried/broken/", headers={"Accept-Language": "en"})

    page = answer.content.decode()
    assert answer.status_code == 500
    for words in ("The fault is ours", 'href="tel:110"', "planted"):
        assert (words in page) is (words != "planted")


def test_an_unknown_address_says_what_it_may_be_in_both_languages(house: House) -> None:
    assert "这个地址没有内容" in Client().get("/nowhere/").content.decode()
    answer = Client().get("/nowhere/", headers={"Accept-Language": "en"})
    assert (answer.status_code, "nothing at this address" in answer.content.decode()) == (404, True)


def test_a_form_that_lay_open_too_long_hands_the_words_back(house: House) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/tried/say/", {"text": "三楼的灯又坏了，晚上看不见", "password": "geheim-geheim"}
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "三楼的灯又坏了，晚上看不见" in page
    assert "geheim" not in page


def test_health_says_that_all_is_well(house: House) -> None:
    answer = Client().get("/health")

    assert (answer.status_code, answer.json()["ok"], answer.json()["reasons"]) == (200, True, [])


def test_health_says_why_when_the_database_is_gone(house: House) -> None:
    def gone(*_: Any) -> Any:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = Client().get("/health")

    assert (answer.status_code, answer.json()["reasons"]) == (503, ["database: OperationalError"])


def test_the_service_worker_keeps_the_shell_and_nobodys_data(house: House) -> None:
    script = Client().get("/sw.js").content.decode()
    kept = script[script.index("SHELL = [") : script.index("]")]

    assert "/offline/" in kept
    assert [path for path in ("/mine/", "/inbox/", "/me/", "/files/") if path in script] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_offline_page_stands_alone(house: House, language: str) -> None:
    browser = Client()
    browser.cookies["lang"] = language

    page = browser.get("/offline/").content.decode()

    assert ("网络断了" in page) is (language == "zh-hans")
    assert "110" in page


def test_a_database_that_cannot_write_hands_the_words_back_and_asks_to_come_again(house: House) -> None:
    def read_only(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("UPDATE", "INSERT", "DELETE")):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    browser = house.browser_of("王阿姨")
    with connection.execute_wrapper(read_only):
        look = browser.get("/mine/")
        answer = browser.post("/language/", {"language": "en", "words": "三楼的灯又坏了，晚上看不见"})

    assert (look.status_code, answer.status_code, answer["Retry-After"]) == (200, 503, "60")
    assert "三楼的灯又坏了，晚上看不见" in answer.content.decode()
