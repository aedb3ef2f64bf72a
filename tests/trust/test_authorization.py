"""Who may do what: every address, everybody, every method; and nobody learns what is not hers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path as route

from linli.kernel.cases.models import Case
from linli.kernel.journal.jobs import seal_now
from linli.kernel.people.actions import revoke
from linli.kernel.people.models import Account, Role
from linli.kernel.search.following import index_now
from tests import make
from tests.addresses import Address, all_addresses
from tests.trust.expected import answers_in, expected
from tests.trust.village import EVERYBODY, STAFF, Village, village

pytestmark = pytest.mark.django_db
ADDRESSES = list(all_addresses())
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(browser: Client, method: str, path: str) -> Any:
    """One request that leaves no trace in the database or among the cookies."""
    jar = browser.cookies.copy()
    try:
        with undone():
            return browser.generic(method, path)
    finally:
        browser.cookies = jar


def answer_of(response: Any) -> str:
    if response.status_code == 302:
        return "in" if response["Location"].startswith("/in/") else "goes"
    return str(response.status_code)


def deviations(v: Village, who: str, addresses: list[Address]) -> dict[str, tuple[str, str]]:
    """Where an answer is not the one of the table: (told, wanted)."""
    browser, found = v.browser(who), {}
    for address, method in product(addresses, METHODS):
        told, want = answer_of(ask(browser, method, v.path(address))), wanted(address.name, method, who)
        if told != want:
            found[f"{method} {address.name}"] = (told, want)
    return found


def wanted(name: str, method: str, who: str) -> str:
    """What the table says; where it says nothing, that there is no such method."""
    return expected().get((name, "GET" if method == "HEAD" else method), {}).get(who, "405")


def unlisted(addresses: list[Address]) -> list[str]:
    listed = {name for name, _method in expected()}
    return [address.pattern for address in addresses if address.name not in listed]


# The table


def test_every_address_is_in_the_table_and_the_table_names_no_other() -> None:
    assert unlisted(ADDRESSES) == []
    assert {name for name, _method in expected()} - {address.name for address in ADDRESSES} == set()


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_answers_as_the_table_says(who: str) -> None:
    assert deviations(village(), who, ADDRESSES) == {}


def test_an_address_that_nobody_listed_is_told() -> None:
    def door(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert unlisted(list(all_addresses([route("door/", door, name="door")]))) == ["door/"]


def test_an_answer_that_is_not_the_tables_is_told() -> None:
    v = village()
    Role.objects.filter(person=v.scene.liu).delete()
    matter = [address for address in ADDRESSES if address.name == "appeals:matter"]

    assert deviations(v, "liu", matter) == {
        "GET appeals:matter": ("404", "200"), "HEAD appeals:matter": ("404", "200"),
    }  # fmt: skip


@pytest.mark.parametrize("line", ["200: visitor", "200: everybody; 404: wang"])
def test_a_line_that_leaves_somebody_out_or_names_her_twice_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"left out|named twice"):
        answers_in(line)


# A look keeps nothing


QUESTIONS = ("SELECT", "DECLARE", "PRAGMA query_only", "SHOW transaction_read_only")


def writes_of(browser: Client, path: str) -> list[str]:
    """Statements of a GET that are not a look, transactions included: each of them is a writer here."""
    with CaptureQueriesContext(connection) as caught:
        browser.get(path)
    return [query["sql"] for query in caught if not query["sql"].lstrip("( ").startswith(QUESTIONS)]


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_look_at_any_address_writes_or_opens_a_transaction(who: str) -> None:
    v = village()
    browser = v.browser(who)

    found = {address.name: writes_of(browser, v.path(address)) for address in ADDRESSES}

    assert {name: writes for name, writes in found.items() if writes} == {}


def test_a_write_would_be_told() -> None:
    v = village()
    browser = v.browser("wang")
    with CaptureQueriesContext(connection) as caught:
        browser.post("/language/", {"language": "en"})

    assert [query["sql"][:6] for query in caught if not query["sql"].startswith("SELECT")] == ["UPDATE"]


# What is not hers does not exist


def other_doors(v: Village) -> list[tuple[str, str]]:
    """Every door to an object, with the key of one in this community."""
    return [
        (method, v.path(address))
        for address in ADDRESSES
        if address.converters and not address.pattern.startswith("board/")
        for method in address.view.methods
    ]


@pytest.mark.parametrize("who", ["lin", "outsider", "he"])
def test_an_object_of_another_community_answers_like_one_that_never_was(who: str) -> None:
    v = village()
    browser, empty = v.browser(who), {}
    for method, path in other_doors(v):
        here = ask(browser, method, path)
        never = ask(browser, method, path.replace(str(v.matter.pk), "7").replace(str(v.photo.pk), "7"))
        empty[f"{method} {path}"] = (here.status_code, bare(here) == bare(never))

    assert {path: told for path, told in empty.items() if told != (404, True)} == {}


def bare(response: Any) -> str:
    """The page without what is new on each: nonce, token and the key in its address."""
    page = re.sub(
        r'((?:nonce=|csrfmiddlewaretoken" value=|X-CSRFToken":\s*))"[^"]*"', r"\1", response.content.decode()
    )
    return re.sub(r"/(?:matters|files|follow)/\d+", "/", page)


def seal_and_index() -> None:
    """What the worker does every second: the search knows what was said until now."""
    seal_now()
    index_now()


LISTS = (
    "/search/?q=三天", "/mine/", "/inbox/", "/me/", "/me/export/", "/unit/", "/unit/?part=all", "/desk/", "/desk/list/?column=hand", "/desk/calls/",
    "/desk/public/", "/desk/find/?q=楼道灯", "/desk/find/?q=三天", "/desk/new/", "/rates/table.csv", "/board/?q=三天", "/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "mei", "zhang", "outsider", "lin", "he", "root"])
def test_no_list_export_or_search_shows_a_matter_to_whom_it_does_not_concern(who: str) -> None:
    v = village()
    browser, told = v.browser(who), {}
    seal_and_index()
    words = (v.matter.text, "王秀英", "李大爷", "内部一句", v.matter.case.number)
    for path in LISTS:
        page = b"".join(browser.get(path)).decode()
        told[path] = [word for word in words if word in page.replace(f"q={word}", "")]

    assert {path: seen for path, seen in told.items() if seen} == {}


def test_the_desk_here_finds_what_the_desk_elsewhere_does_not() -> None:
    v = village()
    seal_and_index()
    here = f'href="/matters/{v.matter.pk}/"'
    found = {who: here in v.browser(who).get("/desk/find/?q=三天").text for who in ("chen", "lin")}

    assert found == {"chen": True, "lin": False}


def test_slips_are_printed_for_the_desk_of_the_place_alone() -> None:
    v = village()
    path = f"/desk/slips/?pick={v.matter.pk}"
    found = {who: v.matter.case.number in v.browser(who).get(path).text for who in ("chen", "lin")}

    assert found == {"chen": True, "lin": False}


# Who learns whose name


def test_a_neighbour_who_joined_reads_nobodys_name_and_no_word_of_hers() -> None:
    v = village()
    page = v.browser("li").get(f"/matters/{v.matter.pk}/").text

    assert [word for word in ("王秀英", "王阿姨", v.matter.text, "内部一句") if word in page] == []


def test_a_neighbour_who_joined_finds_none_of_her_words() -> None:
    v = village()
    seal_and_index()
    found = {who: v.browser(who).get("/search/?q=三天").text for who in ("wang", "li", "mei")}

    assert {who: "晚上下楼看不清" in page or f"/matters/{v.matter.pk}/" in page for who, page in found.items()} == {
        "wang": True, "li": False, "mei": False,
    }  # fmt: skip


def test_whoever_raised_it_reads_a_neighbour_and_not_which() -> None:
    v = village()
    page = v.browser("wang").get(f"/matters/{v.matter.pk}/").text

    assert [word for word in ("李建军", "李大爷", "内部一句") if word in page] == []


@pytest.mark.parametrize(("identity", "status"), [("named", 200), ("hidden", 404), ("anonymous", 404)])
def test_the_unit_reaches_her_only_if_she_said_so(identity: str, status: int) -> None:
    v = village()
    type(v.matter).objects.filter(pk=v.matter.pk).update(identity=identity)
    browser = v.browser("liu")

    page, slip = (browser.get(f"/matters/{v.matter.pk}/{part}").text for part in ("", "slip/"))
    phone = ask(browser, "POST", f"/matters/{v.matter.pk}/phone/").status_code

    assert (phone, "王秀英" in page, "王秀英" in slip) == (status, status == 200, status == 200)


# A role that ended


PAGES = {
    "chen": "/desk/",
    "liu": "/unit/",
    "zhao": "/watch/",
    "sun": "/watch/",
    "qian": "/watch/",
    "bai": "/watch/",
    "root": "/settings/",
}


@pytest.mark.parametrize("who", PAGES)
def test_a_revoked_role_is_gone_with_the_next_request(who: str) -> None:
    v = village()
    browser, role = v.browser(who), Role.objects.get(person=v.scene.people[who])
    before = browser.get(PAGES[who]).status_code

    revoke(role, by=None)

    after = browser.get(PAGES[who]).status_code
    assert (before, after, browser.get(f"/matters/{v.matter.pk}/").status_code) == (200, 403, 404)


@pytest.mark.parametrize("who", ["wang", *STAFF])
def test_a_closed_account_is_a_visitor_with_the_next_request(who: str) -> None:
    v = village()
    browser = v.browser(who)
    Account.objects.filter(person=v.scene.people[who]).update(is_active=False)

    assert answer_of(browser.get("/mine/")) == "in"


def test_a_unit_that_gave_the_matter_away_does_not_see_it_any_more() -> None:
    v = village()
    browser = v.browser("liu")
    Case.objects.filter(pk=v.matter.pk).update(unit=v.scene.heat)

    assert browser.get(f"/matters/{v.matter.pk}/").status_code == 404
    assert v.browser("he").get(f"/matters/{v.matter.pk}/").status_code == 200


# A form that was not made here


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_done_without_the_token_of_the_page(method: str) -> None:
    v = village()
    strict = v.browser("root", enforce_csrf_checks=True)

    told = {address.name: ask(strict, method, v.path(address)).status_code for address in ADDRESSES}

    assert {name: status for name, status in told.items() if status != 403} == {}


def test_with_the_token_it_is_done() -> None:
    make.scene()
    strict = Client(enforce_csrf_checks=True)
    strict.get("/in/")

    answer = strict.post(
        "/language/", {"language": "en", "csrfmiddlewaretoken": strict.cookies["csrf"].value}
    )

    assert answer.status_code == 302
