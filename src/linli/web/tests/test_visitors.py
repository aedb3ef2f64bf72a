"""Pages kept for visitors: each gets her own nonce and token, and nobody with a session gets or leaves one."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from linli.kernel.journal.actions import record
from linli.web import degraded, visitors
from linli.web.tests.conftest import House


def shelf() -> int:
    """How many pages are kept."""
    return len(caches["visitors"]._cache)


def nonces(answer: Any) -> set[str]:
    return set(re.findall(r'nonce="([^"]+)"', answer.text))


def tokens(answer: Any) -> list[str]:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)


def costs(browser: Client, path: str, **more: Any) -> int:
    """How many questions to the database one look costs."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(path, **more)
    return len(asked)


def without_own(answer: Any) -> str:
    """The page without what belongs to one visitor."""
    page = str(answer.text)
    for own in nonces(answer) | set(tokens(answer)):
        page = page.replace(own, "~")
    return page


def test_the_second_visitor_gets_the_same_page_with_a_nonce_and_token_of_her_own(house: House) -> None:
    first, second = Client().get("/help/"), Client().get("/help/")

    assert shelf() == 1
    assert without_own(first) == without_own(second)
    for answer in (first, second):
        (nonce,) = nonces(answer)
        assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        assert len(set(tokens(answer))) == 1
        assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert nonces(first).isdisjoint(nonces(second))
    assert set(tokens(first)).isdisjoint(tokens(second))
    names = (
        "Content-Type",
        "Content-Language",
        "Permissions-Policy",
        "Vary",
        "X-Frame-Options",
        "Referrer-Policy",
    )
    assert [first.headers[name] for name in names] == [second.headers[name] for name in names]


def test_a_kept_page_costs_one_question(house: House) -> None:
    Client().get("/")

    assert costs(Client(), "/") == 1


def test_nothing_of_one_visitor_lies_on_the_shelf(house: House) -> None:
    answer = Client().get("/help/")
    (kept,) = [caches["visitors"].get(key.split(":", 2)[2]) for key in list(caches["visitors"]._cache)]

    own = [*nonces(answer), *tokens(answer), answer.cookies["csrf"].value]
    assert [part for part in own if part.encode() in kept.content] == []
    assert "Set-Cookie" not in kept.headers
    assert "Content-Security-Policy" not in kept.headers


def test_the_form_of_a_kept_page_is_accepted_from_whoever_got_it_and_from_nobody_else(house: House) -> None:
    Client().get("/help/")
    browser, stranger = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token = tokens(browser.get("/help/"))[0]
    stranger.get("/help/")

    form = {"mode": "care", "csrfmiddlewaretoken": token}
    assert stranger.post("/mode/", form).status_code == 403
    assert browser.post("/mode/", form).status_code == 302


def test_a_visitor_keeps_her_secret_from_page_to_page(house: House) -> None:
    browser = Client(enforce_csrf_checks=True)
    earlier = tokens(browser.get("/help/"))[0]
    browser.get("/help/")
    browser.get("/")

    answer = browser.post("/mode/", {"mode": "care", "csrfmiddlewaretoken": earlier})

    assert answer.status_code == 302


def test_an_account_neither_gets_a_kept_page_nor_leaves_one(house: House) -> None:
    hers = house.browser_of("王阿姨").get("/")
    assert (shelf(), "王阿姨" in hers.text) == (0, True)

    Client().get("/")
    assert "王阿姨" in house.browser_of("王阿姨").get("/").text
    assert "王阿姨" not in Client().get("/").text


def test_a_session_that_has_ended_and_a_waiting_message_pass_the_shelf_by(house: House) -> None:
    for cookie in ("session", "messages"):
        browser = Client()
        browser.cookies[cookie] = "long-gone"
        browser.get("/help/")

    assert shelf() == 0


def test_language_size_place_and_address_are_kept_apart(house: House) -> None:
    looks: list[dict[str, Any]] = [
        {}, {"lang": "en"}, {"mode": "care"}, {"mode": "care-xl"}, {"area": house.community.code}, {"lang": "en", "mode": "care"},
    ]  # fmt: skip
    drawn = []
    for _again in range(2):
        for cookies in looks:
            browser = Client()
            browser.cookies.load(cookies)
            answer = browser.get("/help/")
            language = re.search(r'lang="([^"]+)"', answer.text)
            drawn.append((language and language[1], re.findall(r'data-(?:mode|size)="([^"]+)"', answer.text)))

    assert drawn[:6] == drawn[6:]
    assert drawn[:4] == [("zh-CN", []), ("en", []), ("zh-CN", ["care"]), ("zh-CN", ["care", "xl"])]
    assert shelf() == len(looks)
    assert 'value="/help/"' in Client().get("/help/").text
    assert 'value="/privacy/"' in Client().get("/privacy/").text


def test_a_browser_that_asks_for_english_gets_english(house: House) -> None:
    Client().get("/help/")

    answer = Client().get("/help/", headers={"Accept-Language": "en-GB,en;q=0.8"})

    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en">' in answer.text


def test_words_in_the_query_string_leave_nothing_on_the_shelf(house: House) -> None:
    for words in ("?q=secret", "?next=/", "?" + "x" * 300, "?page=1"):
        Client().get("/help/" + words)

    assert shelf() == 0


def test_the_shelf_has_an_end(house: House, settings: Any) -> None:
    for number in range(260):
        browser = Client()
        browser.cookies["area"] = f"{number:012d}"
        browser.get("/accessibility/")

    assert 0 < shelf() <= settings.CACHES["visitors"]["OPTIONS"]["MAX_ENTRIES"]


def test_a_head_request_gets_the_headers_of_the_page_without_its_words(house: House) -> None:
    for _again in range(2):
        answer = Client().head("/help/")
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<h1>" in Client().get("/help/").text


def test_a_post_and_a_part_of_a_page_pass_the_shelf_by(house: House) -> None:
    Client().get("/help/")

    assert Client().post("/help/").status_code == 405
    assert costs(Client(), "/help/", headers={"HX-Request": "true"}) > 1


def test_a_page_is_old_as_soon_as_the_house_changes(house: House) -> None:
    Client().get("/help/")
    house.desk.name = "槐树里社区服务站"
    house.desk.save()
    assert "服务站" not in Client().get("/help/").text

    record("places.body_founded", house.desk, by=house.people["赵主任"])

    assert "服务站" in Client().get("/help/").text


def test_while_nothing_can_be_written_every_kept_page_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().get("/help/")

    monkeypatch.setattr(degraded, "REMEMBERED", float("inf"))
    monkeypatch.setitem(degraded._noticed, "at", 0.0)

    assert "data-read-only" in Client().get("/help/").text
    assert "data-read-only" in Client().get("/help/").text


def test_a_page_that_is_not_there_shows_no_mark_in_place_of_a_nonce(house: House) -> None:
    answer = Client().get("/tried/kept/9/")

    assert answer.status_code == 404
    (nonce,) = nonces(answer)
    assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
    assert visitors._mark("token") not in answer.text
    assert shelf() == 0


def test_an_answer_with_a_cookie_is_not_kept(house: House) -> None:
    answers = [Client().get("/tried/kept/1/") for _again in range(2)]

    assert [answer.cookies["given"].value for answer in answers] == ["1", "1"]
    assert shelf() == 0


def test_the_marks_cannot_be_guessed_and_every_worker_knows_them(settings: Any) -> None:
    mark = visitors._mark.__wrapped__
    mine = mark("nonce")
    assert (len(mine), mark("nonce") == mine, mark("token") == mine) == (40, True, False)

    settings.SECRET_KEY = "another house"

    assert mark("nonce") != mine


def test_without_the_middleware_a_page_is_drawn_as_ever(house: House) -> None:
    request: Any = RequestFactory().get("/")

    assert visitors.token_of(request) == {}
