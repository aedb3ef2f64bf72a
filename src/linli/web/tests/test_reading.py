"""What people read on the shell's own pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.cases.actions import judge
from linli.kernel.clock import moved_to, now
from linli.kernel.inbox.actions import tell
from linli.kernel.people.models import Look
from linli.kernel.places.choices import choose
from linli.web.tests.conftest import House, at


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_auntie_wang_is_greeted_and_sees_her_matter_its_limit_and_who_answers(house: House) -> None:
    with moved_to(at("2026-11-24 14:00")):
        house.raise_matter(
            "王阿姨", "楼道灯不亮", due_at=at("2026-11-24 20:40"), state="hand", unit=house.firm
        )
        page = words_of(house.browser_of("王阿姨").get("/"))

    for words in (
        "王阿姨，下午好",
        "11月24日",
        "星期二",
        "楼道灯不亮",
        "今天 20:40",
        "物业工程部负责",
        "槐树里社区",
    ):
        assert words in page


def test_an_outsider_sees_nothing_of_it(house: House) -> None:
    case = house.raise_matter("王阿姨", "楼道灯不亮")

    assert "楼道灯不亮" not in words_of(house.browser_of("外人").get("/"))
    assert "楼道灯不亮" not in words_of(house.browser_of("外人").get("/mine/"))
    assert case.number not in words_of(Client().get("/"))


def test_a_finished_matter_leaves_the_first_page_and_stays_among_all_of_hers(house: House) -> None:
    house.raise_matter("王阿姨", "门禁关不上", state="done", closed_at=now() + timedelta(minutes=1))
    browser = house.browser_of("王阿姨")

    assert "门禁关不上" not in words_of(browser.get("/"))
    assert "门禁关不上" in words_of(browser.get("/mine/"))


def test_the_numbers_of_last_month_are_counted_and_say_what_is_open(house: House) -> None:
    with moved_to(at("2026-10-12 10:00")):
        done = house.raise_matter("王阿姨", "一", state="done", closed_at=at("2026-10-13 10:00"))
        house.raise_matter("王阿姨", "二")
        judge(done, by=house.people["王阿姨"], via="page", solved=True, satisfied=False)
        judge(done, by=house.people["王阿姨"], via="page", solved=True, satisfied=True)
    with moved_to(at("2026-11-24 10:00")):
        page = words_of(Client().get("/", headers={"Accept-Language": "en"}))

    for words in (
        '<b class="num">2</b><span>raised',
        '<b class="num">1</b><span>finished',
        "100%",
        "1 is still open",
    ):
        assert words in page


def test_a_month_with_nothing_in_it_claims_nothing(house: House) -> None:
    assert "How last month" not in words_of(Client().get("/", headers={"Accept-Language": "en"}))


def test_pages_of_my_matters_follow_one_another_without_gap_or_repeat(house: House) -> None:
    for i in range(45):
        house.raise_matter("王阿姨", f"事情{i:02d}号")
    browser, seen, address = house.browser_of("王阿姨"), [], "/mine/"
    while address:
        answer = browser.get(address)
        seen += [case.title for case in answer.context["matters"]]
        address = f"/mine/?before={answer.context['following']}" if answer.context["following"] else ""

    assert seen == [f"事情{i:02d}号" for i in reversed(range(45))]


@pytest.mark.parametrize("path", ["/", "/mine/", "/inbox/", "/me/"])
def test_one_and_thirty_matters_cost_the_same_few_queries(house: House, path: str) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert house_browser.get(path).status_code == 200
        return len(caught)

    house_browser = house.browser_of("王阿姨")
    house.raise_matter("王阿姨", "一件", unit=house.firm, handler=house.people["刘师傅"])
    tell(house.people["王阿姨"], "cases.said", text="一件")
    one = queries()
    for i in range(29):
        house.raise_matter("王阿姨", f"第{i}件", unit=house.firm, handler=house.people["刘师傅"])
        tell(house.people["王阿姨"], "cases.said", text=f"第{i}件")

    assert (queries(), one <= 12) == (one, True)


def test_no_page_takes_the_write_lock(house: House) -> None:
    browser = house.browser_of("陈晓雨")
    for path in ("/", "/mine/", "/inbox/", "/me/", "/rules/", "/help/"):
        with CaptureQueriesContext(connection) as caught:
            browser.get(path)
        writes = [q["sql"] for q in caught if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        assert writes == []


def test_what_waits_for_her_is_in_her_inbox_and_gone_when_she_has_read_it(house: House) -> None:
    tell(house.people["王阿姨"], "cases.said", text="陈晓雨想问问您满不满意", waits=True)
    browser = house.browser_of("王阿姨")

    assert "陈晓雨想问问您满不满意" in words_of(browser.get("/inbox/"))
    assert "陈晓雨想问问您满不满意" not in words_of(house.browser_of("外人").get("/inbox/"))
    assert browser.post("/inbox/read/").status_code == 302


def test_she_reads_who_looked_at_her_private_details_and_why(house: House) -> None:
    Look.objects.create(
        viewer=house.people["陈晓雨"], subject=house.people["王阿姨"], fields="phone", reason="回访", at=now()
    )

    page = words_of(house.browser_of("王阿姨").get("/me/"))

    assert "陈晓雨 · 回访" in page


def test_every_rule_set_in_force_is_told_with_its_article_or_without_claiming_one(house: House) -> None:
    page = words_of(Client().get("/rules/"))

    assert "《北京市接诉即办工作条例》第十五条" in page or "《北京市接诉即办工作条例》第十一条" in page
    assert "本区" in page


def test_the_rules_page_names_what_was_chosen_here_since_when_and_who_may_change_it(house: House) -> None:
    choose(house.street, "rule_set", "tangshan", on=date(2026, 3, 1), by=None)
    choose(house.community, "rule_set", "baoding", on=date(2099, 1, 1), by=None)

    page = words_of(house.browser_of("王阿姨").get("/rules/"))

    assert page.index("唐山") < page.index("北京市")
    for words in (
        f"{house.street}选用，",
        "3月1日</time>起在这里执行",
        f"{house.community}改用",
        "谁可以改：区里的管理员",
    ):
        assert words in page
    assert "改用另一套规则" not in page


def test_where_nothing_was_chosen_the_default_is_called_so_and_what_is_no_law_is_marked(house: House) -> None:
    page = words_of(house.browser_of("王阿姨").get("/rules/"))

    assert f"{house.community}还没有选用，按默认规则执行" in page
    assert ("暂定</span>" in page, "默认做法</span>" in page) == (True, True)


def test_the_footer_names_the_desk_its_hours_and_the_numbers_for_emergencies(house: House) -> None:
    page = words_of(Client().get("/help/"))

    for words in (
        "槐树里社区居民委员会",
        "8:30–20:00",
        'href="tel:100-00000000"',
        'href="tel:110"',
        'href="tel:12345"',
    ):
        assert words in page


def test_with_two_communities_a_visitor_chooses_hers_and_it_is_remembered(house: House) -> None:
    other = type(house.community).objects.create(
        kind="community", code="999101001002", name="柳荫里社区", parent=house.street, path="999101/2/",
        valid_from=house.community.valid_from,
    )  # fmt: skip
    visitor = Client()
    assert "选社区" in words_of(visitor.get("/"))

    visitor.post("/where/", {"area": other.code})

    assert "当前社区：柳荫里社区" in words_of(visitor.get("/"))


def test_a_matter_overdue_since_yesterday_is_late_by_days(house: House) -> None:
    house.raise_matter("王阿姨", "化粪池反味", due_at=now() - timedelta(hours=30))

    assert "超时 1 天" in words_of(house.browser_of("王阿姨").get("/mine/"))


def test_she_takes_everything_with_her_in_one_file(house: House) -> None:
    house.raise_matter("王阿姨", "楼道灯不亮")

    answer = house.browser_of("王阿姨").get("/me/export/")

    assert answer["Content-Disposition"] == 'attachment; filename="linli-my-data.json"'
    told = b"".join(answer).decode()
    assert "王阿姨" in told
    assert "楼道灯不亮" in told


def test_to_be_forgotten_is_said_twice_and_done_at_once(house: House) -> None:
    browser = house.browser_of("王阿姨")

    assert browser.post("/me/erase/").status_code == 409
    assert browser.post("/me/erase/", {"sure": "yes"}).status_code == 302
    house.people["王阿姨"].refresh_from_db()
    assert (house.people["王阿姨"].name, browser.get("/me/").status_code) == ("", 302)
