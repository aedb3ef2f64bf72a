"""One thread: what 王阿姨 reads when neighbours raised the same, and how each of them judges for herself."""

import re
from typing import Any

import pytest
from django.test import Client

from linli.kernel.answers import Refused
from linli.kernel.cases import actions as cases
from linli.kernel.cases.models import Case, Evaluation, Link, Step
from linli.kernel.inbox.models import Message
from linli.modules.appeals.actions import closing, dispatching, handling, intake
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.queries.rates import facts
from linli.modules.appeals.tests.neighbours import replied, sent, signed_in
from tests import make

pytestmark = pytest.mark.django_db
NO = closing.Verdict(solved=False, satisfied=False, words="二楼还是黑的")
YES = closing.Verdict(solved=True, satisfied=True)
SECRETS = ("李", "二单元", "拄着拐杖")


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def joined_with(s: make.Scene, by: str = "wang", **more: Any) -> tuple[Appeal, Appeal]:
    """李大爷's matter, and another that the desk joined with it."""
    main = make.appeal(s, by="li", text="二单元灯坏了，我拄着拐杖")
    again = make.appeal(s, by=by, **more)
    intake.merge(again, into=main, by=s.as_("chen"))
    return main, again


def fresh(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_related("case__unit").get(pk=appeal.pk)


def told(person: Any) -> list[tuple[str, bool]]:
    """What she was told: the address, and whether something still waits for her."""
    rows = Message.objects.filter(person=person, verb="appeals.replied").order_by("pk")
    return [(f"/matters/{m.url_args[0]}/", m.waits and m.done_at is None) for m in rows]


def test_wang_reads_one_timeline_from_her_words_to_the_pavilion(reader: Client) -> None:
    s = make.scene()
    main, hers = joined_with(s)
    sent(s, main)
    topic = make.appeal(s, by="chen", text="给全楼装亭子和灯")
    cases.link(main.case, topic.case, kind=Link.Kind.BECOMES, by=s.chen)
    cases.join(topic.case, person=s.wang)
    cases.say(topic.case, by=s.chen, text="亭子开工了", audience=Step.Audience.PUBLIC)
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{hers.pk}/").text

    thread = page[page.index('<ol class="timeline') : page.index("</ol>", page.index('<ol class="timeline'))]
    heads = re.findall(r'<li class="whose">.*?<span class="num">([^<]+)</span> <b>([^<]+)</b>', thread)
    assert [number for number, _title in heads] == [hers.case.number, main.case.number, topic.case.number]
    assert heads[0][1] == hers.case.title
    assert "亭子开工了" in thread
    assert "2 neighbours raised this" in page
    assert f'href="/matters/{topic.pk}/"' in thread
    for secret in (*SECRETS, "给全楼装亭子和灯", "内部一句"):
        assert secret not in page


def test_whoever_raised_the_same_sees_who_answers_for_it_and_until_when(reader: Client) -> None:
    s = make.scene()
    main, hers = joined_with(s)
    sent(s, main)
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{hers.pk}/").text

    assert "Dongli Property Services" in page
    assert "Finished and replied" in page


def test_a_repeated_matter_of_a_neighbour_shows_the_reporter_a_count_and_no_name(reader: Client) -> None:
    s = make.scene()
    main, _hers = joined_with(s, text="王家门口也黑")
    signed_in(reader, s, "li")

    page = reader.get(f"/matters/{main.pk}/").text

    assert "2 neighbours raised this" in page
    for secret in ("王", "家门口也黑"):
        assert secret not in page


def test_the_unit_reads_no_matter_it_has_no_part_in(reader: Client) -> None:
    s = make.scene()
    main, hers = joined_with(s, text="王家门口也黑", identity="hidden")
    sent(s, main)
    signed_in(reader, s, "liu")

    page = reader.get(f"/matters/{main.pk}/").text

    assert "二单元灯坏了" in page
    for secret in ("王", hers.case.number):
        assert secret not in page


def test_one_raised_without_a_name_stays_so_for_those_who_handle_the_whole(reader: Client) -> None:
    s = make.scene()
    main, hers = joined_with(s, identity="anonymous")
    signed_in(reader, s, "chen")

    page = reader.get(f"/matters/{main.pk}/").text

    assert hers.case.number in page
    assert "a neighbour raised the matter" in page
    assert "王" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_matter_costs_the_same_for_one_and_thirty_linked_ones(
    reader: Client, count: int, django_assert_num_queries: Any
) -> None:
    s = make.scene()
    main = make.appeal(s, by="li")
    for n in range(count):
        intake.merge(make.appeal(s, text=f"楼道第{n}盏"), into=main, by=s.as_("chen"))
    for name, expected in (("li", 13), ("chen", 17)):
        signed_in(reader, s, name)
        reader.get(f"/matters/{main.pk}/")
        with django_assert_num_queries(expected):
            assert reader.get(f"/matters/{main.pk}/").status_code == 200


def test_a_long_thread_is_leafed_through(reader: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    for n in range(60):
        intake.add_word(appeal, by=s.as_("wang"), text=f"第{n:02}句")
    signed_in(reader, s, "wang")

    newest = reader.get(f"/matters/{appeal.pk}/").text
    key = re.search(r"\?before=(\d+)#tl", newest)
    assert key is not None
    earlier = reader.get(f"/matters/{appeal.pk}/?before={key[1]}").text

    def said(page: str) -> list[str]:
        return re.findall(r"第(\d\d)句", page)

    assert said(earlier) + said(newest) == [f"{n:02}" for n in range(60)]
    assert ("You judge it" in newest, "You judge it" in earlier) == (True, False)
    assert "?after=" in earlier


def test_all_concerned_hear_of_the_reply_each_at_her_own_page_and_judge_for_themselves(
    reader: Client,
) -> None:
    s = make.scene()
    main, hers = joined_with(s)
    intake.me_too(main, by=s.zhou)
    replied(s, main)
    assert [told(person) for person in (s.li, s.wang, s.zhou)] == [
        [(f"/matters/{main.pk}/", True)], [(f"/matters/{hers.pk}/", True)], [(f"/matters/{main.pk}/", True)],
    ]  # fmt: skip
    signed_in(reader, s, "wang")
    assert "They say it is done. What do you say?" in reader.get(f"/matters/{hers.pk}/").text

    reader.post(f"/matters/{hers.pk}/judge/", {"solved": "no", "satisfied": "no", "words": "二楼还是黑的"})

    assert [(e.case_id, e.by, e.solved) for e in Evaluation.objects.all()] == [(hers.pk, s.wang, False)]
    assert Case.objects.get(pk=main.pk).state == State.REPLIED
    assert [told(person)[0][1] for person in (s.li, s.wang, s.zhou)] == [True, False, True]
    assert Message.objects.filter(person=s.chen, verb="cases.judged", case_id=main.pk).count() == 1
    signed_in(reader, s, "chen")
    assert "二楼还是黑的" in reader.get(f"/matters/{main.pk}/").text


def test_those_who_joined_judge_after_it_is_closed_and_change_no_rate() -> None:
    s = make.scene()
    main = make.appeal(s, by="li")
    intake.me_too(main, by=s.wang)
    replied(s, main)
    closing.judge(main, by=s.as_("li"), verdict=YES)

    closing.judge_too(fresh(main), by=s.as_("wang"), verdict=NO)

    day = main.case.raised_at.date()
    rows = list(facts(day.replace(month=1, day=1), day.replace(month=12, day=31)))
    assert [(row["told_solved"], row["told_satisfied"]) for row in rows] == [(True, True)]
    assert Case.objects.get(pk=main.pk).state == State.CLOSED


def test_nobody_judges_before_the_reply_and_an_outsider_never() -> None:
    s = make.scene()
    main, hers = joined_with(s)
    for name, appeal, why in (
        ("wang", hers, "承办单位答复以后"),
        ("wang", main, "承办单位答复以后"),
        ("outsider", main, "只有提出诉求"),
    ):
        with pytest.raises(Refused, match=why):
            closing.judge_too(fresh(appeal), by=s.as_(name), verdict=YES)
    replied(s, main)
    with pytest.raises(Refused, match="只有提出诉求"):
        closing.judge_too(fresh(main), by=s.as_("outsider"), verdict=YES)
    assert not Evaluation.objects.exists()


def test_whoever_joined_a_matter_comes_along_when_it_is_joined_with_another() -> None:
    s = make.scene()
    first, second, third = (make.appeal(s, by=name) for name in ("zhou", "wang", "li"))
    intake.me_too(second, by=s.outsider)
    intake.merge(first, into=second, by=s.as_("chen"))
    intake.merge(second, into=third, by=s.as_("chen"))

    replied(s, fresh(third))

    assert fresh(third).joined == 3
    assert {who.called: told(who) for who in (s.zhou, s.wang, s.outsider)} == {
        "周爷爷": [(f"/matters/{first.pk}/", True)], "王阿姨": [(f"/matters/{second.pk}/", True)],
        "外人": [(f"/matters/{third.pk}/", True)],
    }  # fmt: skip


def test_a_neighbour_who_repeats_herself_has_not_joined_herself() -> None:
    s = make.scene()
    first, again = make.appeal(s), make.appeal(s)
    intake.merge(again, into=first, by=s.as_("chen"))
    assert fresh(first).joined == 0


def test_on_the_long_list_she_reads_the_plan_and_the_day_instead_of_a_finished_clock(reader: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.hang(
        appeal, by=s.as_("zhao"), plan="等明年大修时一起换线", review_on=make.at("2030-03-01 09:00").date()
    )
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{appeal.pk}/").text

    assert ("On the long list" in page, "等明年大修时一起换线" in page, "1 Mar" in page) == (True, True, True)
    for clock in ("Done in time", "Picked up by the desk", 'class="ring"'):
        assert clock not in page


@pytest.mark.parametrize(("language", "named", "why"), [
    ("en", "Named: the desk and the unit know who raised it", "It says “灯”"),
    ("zh-hans", "实名：接待处和承办单位知道是谁提的", "提到“灯”"),
])  # fmt: skip
def test_the_desk_reads_who_knows_her_and_why_in_its_own_language(
    language: str, named: str, why: str
) -> None:
    s = make.scene()
    reason = {"kind": "words", "for": "0203", "words": ["灯"], "count": 1, "of": 1}
    appeal = make.appeal(s, suggestion={"l2": "0203", "why": [reason], "reasons": ["旧的一句"]})
    clerk = signed_in(Client(headers={"accept-language": language}), s, "chen")

    page = clerk.get(f"/matters/{appeal.pk}/").text

    assert named in page
    assert why in page
    assert "旧的一句" not in page
