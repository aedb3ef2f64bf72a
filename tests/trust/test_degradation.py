"""A database that takes no writing: everything is read, nothing is lost, and the house says why."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from linli.project.backup.databases import counts
from linli.web import degraded
from tests.addresses import all_addresses
from tests.trust.expected import expected
from tests.trust.village import Village, village

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = list(all_addresses())
WORDS = "三楼的灯又坏了，晚上看不见台阶"


@pytest.fixture(autouse=True)
def _nothing_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(degraded._noticed, "at", float("-inf"))


@contextmanager
def read_only() -> Iterator[None]:
    """The database itself refuses; nothing of ours pretends."""
    on, off = ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only = 1", "PRAGMA query_only = 0"
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


def looks(v: Village, who: str) -> dict[str, str]:
    """Where a look answers otherwise than the table says, or does not tell that nothing can be sent."""
    browser, found = v.browser(who), {}
    browser.get("/in/")
    with read_only():
        browser.get("/health")
        for address in ADDRESSES:
            answer = browser.get(v.path(address))
            want = expected().get((address.name, "GET"), {}).get(who, "405")
            told = str(answer.status_code)
            if want.isdigit() and told != want and address.name != "web:health":
                found[address.name] = told
            if (
                told == "200"
                and b'id="messages"' in getattr(answer, "content", b"")
                and "data-read-only" not in answer.text
            ):
                found[address.name] = "no banner"
    return found


@pytest.mark.parametrize("who", ["visitor", "wang", "chen", "root"])
def test_everything_is_read_and_every_page_says_that_nothing_can_be_sent(who: str) -> None:
    assert looks(village(), who) == {}


def rows() -> dict[str, int]:
    """Of every table, so that nothing at all was half done."""
    with connection.cursor() as cursor:
        return counts(cursor)


def posts(v: Village, who: str) -> tuple[dict[str, int], dict[str, int]]:
    """What each address answered, and the rows that were there before the first was asked."""
    browser, told = v.browser(who), {}
    before = rows()
    with read_only():
        for address in ADDRESSES:
            answer = browser.post(v.path(address), {"text": WORDS, "phone": "10000000417"})
            told[address.name] = answer.status_code
    return told, before


@pytest.mark.parametrize("who", ["visitor", "wang", "chen", "liu", "root"])
def test_no_act_breaks_and_nothing_is_half_done(who: str) -> None:
    told, before = posts(village(), who)

    assert [name for name, status in told.items() if status == 500] == []
    assert 503 in told.values()
    assert rows() == before


def sent_to(v: Village) -> list[tuple[str, str, dict[str, Any]]]:
    here = f"/matters/{v.matter.pk}/"
    return [
        ("visitor", "/raise/", {"text": WORDS, "place": v.scene.stair.pk, "identity": "anonymous"}),
        ("wang", f"{here}add/", {"text": WORDS}),
        ("chen", f"{here}do/progress/", {"text": WORDS, "act": "progress"}),
        ("chen", "/desk/new/", {"text": WORDS, "identity": "anonymous", "channel": "walk-in", "area": v.scene.community.pk, "once": "desk:x"}),
    ]  # fmt: skip


def test_what_was_written_is_handed_back_with_the_time_to_come_again() -> None:
    v = village()
    told = {}
    for who, path, typed in sent_to(v):
        browser = v.browser(who)
        with read_only():
            answer = browser.post(path, typed)
        told[path] = (answer.status_code, answer.headers.get("Retry-After"), WORDS in answer.text)

    assert {path: seen for path, seen in told.items() if seen != (503, "60", True)} == {}


def test_the_watchman_is_told_why_at_once_and_when_it_is_over() -> None:
    v = village()
    browser = v.browser("visitor")
    with read_only():
        during = browser.get("/health")
    after = browser.get("/health")

    assert (during.status_code, during.json()["reasons"]) == (503, ["database: read-only"])
    assert (after.status_code, after.json()["ok"], after.json()["reasons"]) == (200, True, [])


@pytest.fixture
def sealed_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with a database in it that nobody can write to any more, not even an administrator."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0
    if mounted and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=False).returncode:
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("an administrator who cannot mount cannot make a folder that refuses her")
    (place / "linli.sqlite3").touch()
    if mounted:
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    else:
        place.chmod(0o500)
    yield place
    subprocess.run(["umount", place], check=True) if mounted else place.chmod(0o700)


def test_a_disk_that_went_read_only_is_noticed_before_anybody_writes(
    sealed_disk: Path, tmp_path: Path
) -> None:
    (tmp_path / "linli.sqlite3").touch()

    assert degraded.is_on_a_read_only_disk(sealed_disk / "linli.sqlite3")
    assert not degraded.is_on_a_read_only_disk(tmp_path / "linli.sqlite3")
    assert not degraded.is_on_a_read_only_disk("file:memory?mode=memory")
