"""The search box: two characters are enough, and nobody finds what is not hers."""

import pytest
from django.test import Client

from linli.kernel.clock import now
from linli.kernel.journal.sealing import seal_all
from linli.kernel.search.following import index_now
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_word_of_two_characters_finds_her_matter_and_nobody_elses(client: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s, text="小区路灯不亮，晚上看不清")
    seal_all(now(), above=0)
    index_now()

    found = {}
    for name in ("wang", "chen", "outsider", "lin"):
        make.sign_in(client, s.people[name])
        found[name] = f"/matters/{appeal.pk}/" in client.get("/search/", {"q": "路灯"}).text

    assert found == {"wang": True, "chen": True, "outsider": False, "lin": False}


def test_nothing_found_says_what_is_searched(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.wang)

    page = client.get("/search/", {"q": "火星"})

    assert page.status_code == 200
    assert "火星" in page.text
