"""The public board: answers that name nobody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from linli.kernel.cases.actions import link
from linli.kernel.cases.models import Link
from linli.kernel.clock import now
from linli.kernel.people import rights
from linli.modules.appeals.actions import closing, intake
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.tests.neighbours import BIN, from_community, on_the_board, replied, signed_in
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def test_everybody_reads_answers_that_name_nobody(reader: Client) -> None:
    s = make.scene()
    appeal = on_the_board(s)
    make.appeal(s, text=BIN)
    from_community(reader, s)

    pages = [reader.get("/board/"), reader.get(f"/board/{appeal.pk}/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert "3号楼楼道灯" in pages[0].text
    assert "换了声控灯座" in pages[1].text
    for page in pages:
        for secret in ("王", "刘师傅", "晚上下楼看不清", BIN, appeal.case.number, "2单元"):
            assert secret not in page.text


def test_what_was_never_published_is_not_there(reader: Client) -> None:
    s = make.scene()
    appeal = replied(s)
    assert reader.get(f"/board/{appeal.pk}/").status_code == 404


def test_two_characters_find_an_answer_and_one_finds_all(reader: Client) -> None:
    s = make.scene()
    on_the_board(s, "3号楼楼道灯", "换了声控灯座")
    on_the_board(s, "西门垃圾桶", "每天清运两次")
    from_community(reader, s)

    found = {
        word: re.findall(r'class="t">([^<]+)<', reader.get("/board/", {"q": word}).text)
        for word in ("清运", "灯", "地铁")
    }

    assert found == {"清运": ["西门垃圾桶"], "灯": ["西门垃圾桶", "3号楼楼道灯"], "地铁": []}


def test_an_answer_taken_off_the_board_is_gone_at_once(reader: Client) -> None:
    s = make.scene()
    appeal = on_the_board(s)
    from_community(reader, s)
    assert "3号楼楼道灯" in reader.get("/board/").text

    closing.unpublish(appeal, by=s.as_("chen"))

    assert "3号楼楼道灯" not in reader.get("/board/").text


HIDING: dict[str, Callable[[make.Scene, Appeal], Any]] = {
    "taken off": lambda s, appeal: closing.unpublish(appeal, by=s.as_("chen")),
    "opened again": lambda s, appeal: closing.reopen(appeal, by=s.as_("chen"), reason="灯又灭了"),
}


@pytest.mark.parametrize("how", HIDING)
def test_what_is_hidden_is_gone_at_once_from_every_page_kept_for_visitors(reader: Client, how: str) -> None:
    s = make.scene()
    appeal = on_the_board(s)
    pages = ("/board/", f"/board/{appeal.pk}/", "/board/?all=1")
    assert ["楼道灯" in reader.get(page).text for page in pages] == [True, True, True]
    assert ["楼道灯" in Client(headers={"accept-language": "en"}).get(page).text for page in pages] == [
        True,
        True,
        True,
    ]

    HIDING[how](s, Appeal.objects.select_related("case").get(pk=appeal.pk))

    assert [("楼道灯" in reader.get(page).text, reader.get(page).status_code) for page in pages] == [
        (False, 200), (False, 404), (False, 200),
    ]  # fmt: skip


def test_what_is_published_is_on_the_board_at_once(reader: Client) -> None:
    s = make.scene()
    assert "楼道灯" not in reader.get("/board/?all=1").text

    on_the_board(s)

    assert "楼道灯" in reader.get("/board/?all=1").text


def test_a_title_in_the_words_of_somebody_erased_is_gone_at_once(reader: Client) -> None:
    s = make.scene()
    on_the_board(s, title="楼道灯不亮三天了，晚上下楼看不清")
    from_community(reader, s)
    neighbour = signed_in(Client(headers={"accept-language": "en"}), s, "li")
    assert ["三天了" in browser.get("/board/").text for browser in (reader, neighbour)] == [True, True]

    rights.erase(s.wang, by=s.wang, now=now())

    assert ["三天了" in browser.get("/board/").text for browser in (reader, neighbour)] == [False, False]


def test_a_search_of_a_visitor_is_not_kept(reader: Client, django_assert_num_queries: Any) -> None:
    s = make.scene()
    on_the_board(s)
    from_community(reader, s)
    reader.get("/board/?q=楼道")

    with django_assert_num_queries(4):
        reader.get("/board/?q=楼道")


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_for_one_and_thirty(
    reader: Client, count: int, django_assert_num_queries: Any
) -> None:
    s = make.scene()
    for n in range(count):
        on_the_board(s, title=f"第{n}件")
    from_community(reader, s)

    with django_assert_num_queries(5):
        reader.get(f"/board/?q=第{count - 1}件"[:60])


def became(s: make.Scene, *, published: bool) -> tuple[Appeal, Appeal]:
    """王阿姨's lamp on the board, and what it became."""
    lamp, topic = on_the_board(s), replied(s, make.appeal(s, by="li", text="李家要全楼换灯"))
    link(lamp.case, topic.case, kind=Link.Kind.BECOMES, by=s.chen)
    closing.judge(topic, by=s.as_("li"), verdict=closing.Verdict(solved=True, satisfied=True))
    if published:
        closing.publish(topic, by=s.as_("chen"), title="全楼换灯", text="六个单元都换了")
    return lamp, topic


@pytest.mark.parametrize("published", [True, False])
def test_everybody_reads_the_public_part_of_the_thread_and_no_name(
    reader: Client, *, published: bool
) -> None:
    s = make.scene()
    lamp, topic = became(s, published=published)
    intake.me_too(make.appeal(s, by="li"), by=s.wang)

    page = reader.get(f"/board/{lamp.pk}/").text

    assert "staff of Dongli Property Services took it in hand" in page
    assert (f'href="/board/{topic.pk}/"' in page, "全楼换灯" in page) == (published, published)
    for secret in ("王", "李", "刘", "陈", "声控灯座，两盏", lamp.case.number, topic.case.number, "2单元"):
        assert secret not in page


@pytest.mark.parametrize("count", [1, 30])
def test_an_answer_costs_the_same_for_one_and_thirty_linked_ones(
    reader: Client, count: int, django_assert_num_queries: Any
) -> None:
    s = make.scene()
    lamp = on_the_board(s)
    for n in range(count):
        other = on_the_board(s, title=f"第{n}件")
        link(other.case, lamp.case, kind=Link.Kind.REPEATS, by=s.chen)
    signed_in(reader, s, "li")
    reader.get(f"/board/{lamp.pk}/")

    with django_assert_num_queries(12):
        page = reader.get(f"/board/{lamp.pk}/").text

    assert len(set(re.findall("第[0-9]+件", page))) == min(count, 10)
