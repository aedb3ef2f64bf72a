"""Floods: how many requests a minute, for whom, what a reader is told, and what happens when nobody can count."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.clock import moved_to
from linli.project import env
from linli.web import limits
from tests import make
from tests.trust import house

START = make.at("2026-11-24 09:00")
ENGLISH = {"accept-language": "en"}
HERE, THERE = "100.64.0.1", "100.64.0.2"


@pytest.fixture
def counted(settings: Any, tmp_path: Path) -> Path:
    """The limits as they are shipped, counted in a folder of their own, at nine o'clock."""
    settings.REQUESTS_AN_ACCOUNT, settings.REQUESTS_AN_ADDRESS = 200, 100
    settings.LINLI_DATA = tmp_path
    limits._told.clear()
    with moved_to(START):
        yield tmp_path


def look(address: str = HERE, path: str = "/privacy/", browser: Client | None = None, **more: Any) -> Any:
    return (browser or Client()).get(path, REMOTE_ADDR=address, **more)


def codes(times: int, address: str = HERE, browser: Client | None = None, **more: Any) -> list[int]:
    return [look(address, browser=browser, **more).status_code for _time in range(times)]


# How many, and whose


def test_the_house_is_shipped_with_200_for_an_account_and_100_for_an_address() -> None:
    assert (env.number("LINLI_NOT_SET", 200), env.number("LINLI_LIMIT_ACCOUNT", 200)) == (200, 0)
    source = Path(house.ROOT, "src/linli/project/settings.py").read_text()
    assert 'REQUESTS_AN_ACCOUNT = env.number("LINLI_LIMIT_ACCOUNT", 200)' in source
    assert 'REQUESTS_AN_ADDRESS = env.number("LINLI_LIMIT_ADDRESS", 100)' in source


@pytest.mark.parametrize("value", ["-1", "many", "1.5", "²"])
def test_a_limit_that_is_no_number_stops_the_start(value: str, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("LINLI_LIMIT_ADDRESS", value)

    with pytest.raises(SystemExit):
        env.number("LINLI_LIMIT_ADDRESS", 100)

    assert capsys.readouterr().err == (
        f"LINLI_LIMIT_ADDRESS must be a whole number, not “{value}”. / LINLI_LIMIT_ADDRESS 要填整数。\n"
    )


@pytest.mark.django_db
def test_a_visitor_opens_a_hundred_pages_a_minute_and_the_next_when_the_first_is_a_minute_old(
    counted: Path,
) -> None:
    make.scene()

    first = codes(60)
    with moved_to(START + timedelta(seconds=40)):
        second, refused = codes(40), look()
    with moved_to(START + timedelta(seconds=59)):
        still = look()
    with moved_to(START + timedelta(seconds=60)):
        later = codes(61)

    assert first + second == [200] * 100
    assert (refused.status_code, refused["Retry-After"]) == (429, "20")
    assert (still.status_code, still["Retry-After"]) == (429, "1")
    assert later == [200] * 60 + [429]


@pytest.mark.django_db
def test_wang_is_counted_for_herself_on_every_device_and_not_with_her_building(counted: Path) -> None:
    s = make.scene()
    phone, computer = make.sign_in(Client(), s.wang), make.sign_in(Client(), s.wang)
    li = make.sign_in(Client(), s.people["li"])

    building = codes(101)
    hers = codes(100, browser=phone) + codes(101, address=THERE, browser=computer)

    assert building == [200] * 100 + [429]
    assert hers == [200] * 200 + [429]
    assert look(browser=phone).status_code == 429
    assert look(browser=li).status_code == 200
    assert look(THERE).status_code == 200


@pytest.mark.django_db
def test_one_line_of_ipv6_counts_as_one_address(counted: Path) -> None:
    make.scene()

    line = [look(f"2001:db8:0:7::{n:x}").status_code for n in range(1, 102)]

    assert line == [200] * 100 + [429]
    assert look("2001:db8:0:8::1").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "forged"), [(0, "{n}"), (1, "{n}, 100.64.9.9"), (2, "{n}, 100.64.9.9, 10.0.0.9")]
)
def test_nobody_gets_a_new_count_by_claiming_another_address(
    counted: Path, settings: Any, proxies: int, forged: str
) -> None:
    make.scene()
    settings.PROXIES = proxies

    told = [look(HTTP_X_FORWARDED_FOR=forged.format(n=f"100.64.1.{n}")).status_code for n in range(101)]

    assert told == [200] * 100 + [429]


@pytest.mark.django_db
def test_behind_a_declared_proxy_each_visitor_is_counted_alone(counted: Path, settings: Any) -> None:
    make.scene()
    settings.PROXIES = 1

    one = codes(101, "10.0.0.9", HTTP_X_FORWARDED_FOR="100.64.9.8")
    other = codes(1, "10.0.0.9", HTTP_X_FORWARDED_FOR="100.64.9.9")

    assert (one[-1], other) == (429, [200])


@pytest.mark.django_db
def test_a_proxy_that_nobody_declared_is_told_to_whoever_reads_the_log(counted: Path, caplog: Any) -> None:
    make.scene()

    codes(103, "127.0.0.1", HTTP_X_FORWARDED_FOR="100.64.9.8")

    assert [line.getMessage() for line in caplog.records if "LINLI_PROXIES" in line.getMessage()] == [
        "All visitors seem to come from this machine: set LINLI_PROXIES (docs/proxy.md)."
    ]


@pytest.mark.django_db
def test_static_files_and_the_watchman_do_not_count(counted: Path, settings: Any) -> None:
    make.scene()
    style = Path(settings.STATIC_ROOT, "tried.css")
    style.write_text("a{}")
    try:
        browser = Client()
        free = [
            look(path=path, browser=browser).status_code for path in ["/static/tried.css", "/health"] * 150
        ]
    finally:
        style.unlink()

    assert set(free) == {200}
    assert codes(101) == [200] * 100 + [429]


@pytest.mark.django_db
def test_addresses_that_lead_nowhere_count_too(counted: Path) -> None:
    make.scene()

    assert [look(path=f"/wp-login-{n}.php").status_code for n in range(101)] == [404] * 100 + [429]


@pytest.mark.django_db
def test_a_limit_of_nothing_counts_nothing(counted: Path, settings: Any) -> None:
    make.scene()
    settings.REQUESTS_AN_ADDRESS = 0

    assert codes(150) == [200] * 150
    assert not Path(counted, "limits").exists()


@pytest.mark.django_db
def test_a_clerk_who_goes_through_sixty_tickets_in_one_minute_is_not_stopped(counted: Path) -> None:
    """Each ticket opened, its photo looked at, the board once more: three requests a second, faster than anybody works."""
    s = make.scene()
    matters = [make.appeal(s, text=f"{n} 号楼道的灯不亮，晚上看不清").case_id for n in range(60)]
    clerk = make.sign_in(Client(), s.chen)

    journey = [look(path="/desk/", browser=clerk).status_code]
    for matter in matters:
        ticket = look(path=f"/matters/{matter}/", browser=clerk)
        photo = look(path=f"/files/{matter}/small/", browser=clerk)
        board = look(path="/desk/", browser=clerk)
        journey += [ticket.status_code, photo.status_code, board.status_code]

    assert journey == [200] + [200, 404, 200] * 60


@pytest.mark.django_db
def test_counting_asks_nothing_of_the_database(counted: Path, settings: Any) -> None:
    s = make.scene()
    browser = make.sign_in(Client(), s.wang)
    asked = {}
    for limit in (0, 200):
        settings.REQUESTS_AN_ACCOUNT = limit
        with CaptureQueriesContext(connection) as caught:
            look(path="/mine/", browser=browser)
        asked[limit] = [query["sql"] for query in caught]

    assert len(asked[0]) == len(asked[200]) > 0
    assert [sql for sql in asked[200] if not sql.startswith("SELECT")] == []


# What a reader is told


def after_a_flood(**more: Any) -> Any:
    codes(100)
    return look(**more)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["请稍等一下", "请 60 秒后再试", "您登录以后，就只算您自己的", "着急的事，别在这里等"]),
        (
            "en",
            ["One moment, please", "try again in 60 seconds", "A whole building can share one line", "110"],
        ),
    ],
)
def test_the_page_says_how_long_in_the_reader_s_language_and_prints_nothing(
    counted: Path, language: str, words: list[str]
) -> None:
    make.scene()

    answer = after_a_flood(headers={"accept-language": language})

    assert [word for word in words if word not in answer.text] == []
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Language"] == language
    assert '<body data-worker="/sw.js">\n<div class="app no-print">' in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "shown"),
    [("", ""), ("care", ' data-mode="care"'), ("care-xl", ' data-mode="care" data-size="xl"')],
)
def test_the_page_keeps_the_reader_s_size_of_type(counted: Path, mode: str, shown: str) -> None:
    make.scene()
    browser = Client()
    browser.cookies["mode"] = mode

    answer = after_a_flood(browser=browser)

    assert f'<html lang="zh-CN"{shown}>' in answer.text


@pytest.mark.django_db
def test_it_costs_no_question_to_the_database(counted: Path) -> None:
    make.scene()
    codes(100)

    with CaptureQueriesContext(connection) as caught:
        answer = look()

    assert (answer.status_code, list(caught)) == (429, [])


@pytest.mark.django_db
def test_what_zhou_wrote_is_handed_back_and_a_password_is_not(counted: Path) -> None:
    make.scene()
    codes(100)

    answer = Client().post(
        "/raise/", {"text": "三楼的灯又坏了，晚上看不见", "password": "geheim-geheim"}, REMOTE_ADDR=HERE
    )

    assert answer.status_code == 429
    assert "三楼的灯又坏了，晚上看不见" in answer.text
    assert "geheim" not in answer.text


@pytest.mark.django_db
def test_a_program_reads_json(counted: Path) -> None:
    make.scene()

    answer = after_a_flood(headers={"accept": "application/json", **ENGLISH})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert answer.json() == {
        "detail": "Too many pages in one minute. Please try again in 60 seconds.",
        "retry_after": 60,
    }


@pytest.mark.django_db
def test_a_part_of_a_page_is_told_where_messages_stand(counted: Path) -> None:
    make.scene()

    answer = after_a_flood(headers={"hx-request": "true", **ENGLISH})

    assert (answer.status_code, answer["HX-Retarget"], "<html" in answer.text) == (429, "#messages", False)
    assert "try again in 60 seconds" in answer.text
    assert '{"code": "409|422|429", "swap": true}' in look(THERE).text


# When nobody can count


@pytest.mark.django_db
def test_without_the_count_pages_stay_open_and_the_ways_in_are_closed(counted: Path, caplog: Any) -> None:
    s = make.scene()
    wang = make.sign_in(Client(), s.wang)
    Path(counted, "limits", "requests-200").mkdir(parents=True)  # where the file should be

    seen = [*codes(110), look(path="/mine/", browser=wang).status_code, look(path="/in/").status_code]
    raised = Client().post("/raise/", {"text": "三楼的灯又坏了，晚上看不见"}, REMOTE_ADDR=HERE).status_code
    doors = [
        Client().post(path, typed, REMOTE_ADDR=HERE)
        for path, typed in [
            ("/in/", {"phone": "10000000417"}),
            ("/in/code/", {"phone": "10000000417", "code": "000000"}),
            ("/in/staff/", {"username": "chen", "password": "falsch-falsch"}),
            ("/in/staff/token/", {"token": "000000"}),
            ("/in/slip/", {"slip": "7KQM-2FHX-9TRD"}),
        ]
    ]
    Path(counted, "limits", "requests-200").rmdir()

    assert seen == [200] * 112
    assert raised == 302
    assert [(door.status_code, door["Retry-After"]) for door in doors] == [(503, "60")] * 5
    assert len([line for line in caplog.records if "cannot be counted" in line.getMessage()]) == 1
    assert Client().post("/in/", {"phone": "10000000417"}, REMOTE_ADDR=HERE).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_without_the_counts_of_tries_nobody_signs_in_and_pages_stay_open(counted: Path) -> None:
    """Tries are counted in the database: a table that is away is a count that cannot be kept."""
    make.scene()
    browser = Client(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_attempt RENAME TO people_attempt_away")
    try:
        doors = [
            browser.post("/in/", {"phone": "10000000417"}),
            browser.post("/in/code/", {"phone": "10000000417", "code": "000000"}),
            browser.post("/in/staff/", {"username": "chen", "password": "falsch-falsch"}),
        ]
        page = look(browser=browser)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE people_attempt_away RENAME TO people_attempt")

    assert [door.status_code // 100 for door in doors] == [5, 5, 5]
    assert page.status_code == 200
