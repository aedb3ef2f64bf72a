"""「为什么是这一天？」 answered as a neighbour would, and never calling law what is not."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import translation

from linli.engines.deadlines import SHANGHAI, Limit, Unit
from linli.kernel.clock import all_rule_sets, due_under, explain, rule_set, rule_told
from linli.kernel.clock.rulesets import Mark


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def told(city, key, start, language="zh-hans", **changes):
    rules = rule_set(city, date(2026, 3, 1))
    return explain(due_under(rules, key, at(start), **changes), rules.limit(key), language)


def test_a_matter_in_tangshan_over_the_spring_festival():
    assert told("tangshan", "finish.other", "02-13 09:30") == (
        "2月13日（周五）派单给承办单位。"
        "按《唐山市12345政务服务便民热线条例》第二十四条，5 个工作日内办结并答复您。"
        "当天不算；2月14日调休上班，算工作日；2月15日至23日春节放假，不算。"
        "所以最晚到2月27日（周五）24:00。"
    )
    assert told("tangshan", "finish.other", "02-13 09:30", "en") == (
        "It was sent to the unit on Friday 13 February. "
        "Tangshan Regulation on the 12345 Hotline, Article 24 says: "
        "it must be finished and answered within 5 workdays. "
        "That day itself does not count; 14 February, worked in exchange for the holiday, counts as a workday; "
        "the Spring Festival holiday, 15 to 23 February, does not count. "
        "So the last day is Friday 27 February, until 24:00."
    )


def test_a_matter_in_beijing_that_rolls_says_the_standard_is_a_draft():
    assert told("beijing", "finish.ordinary_7d", "02-13 09:30") == (
        "2月13日（周五）派单给承办单位。7 天内办结并答复您（北京市标准征求意见稿，正式文本未核）。"
        "当天不算；从第二天起天天都算，周末也算；最后一天2月20日赶上春节放假，顺延到放完假上班那天。"
        "所以最晚到2月24日（周二）24:00。"
    )


def test_hours_go_on_through_the_night():
    assert told("beijing", "pick_up", "02-14 23:30") == (
        "您2月14日（周六）23:30反映。2 小时内登记（北京市标准征求意见稿，正式文本未核）。"
        "按小时算，从那一刻起连着走，夜里和节假日也算。所以最晚到2月15日（周日）01:30。"
    )


def test_a_district_default_is_never_called_law():
    assert told("beijing", "contact", "03-02 10:00") == (
        "3月2日（周一）10:00派单给承办单位。24 小时内有人联系您（本区设定，不是法律规定）。"
        "按小时算，从那一刻起连着走，夜里和节假日也算。所以最晚到3月3日（周二）10:00。"
    )


def test_a_pause_and_an_extension_are_both_told():
    text = told(
        "tangshan",
        "finish.other",
        "03-10 10:00",
        pauses=[(at("03-11 10:00"), at("03-13 10:00"))],
        extension=Limit(5, Unit.WORKDAY),
    )
    assert text.partition("答复您。")[2] == (
        "当天不算；3月11日至12日中止办理，不算；3月14日至15日、3月21日至22日是周末，不算；"
        "批准延期 5 个工作日，从3月19日接着往后数。所以最晚到3月26日（周四）24:00。"
    )


def test_a_pause_within_hours_is_told_by_its_length():
    text = told(
        "tangshan",
        "dispatch",
        "03-10 10:00",
        pauses=[
            (at("03-10 10:30"), at("03-10 11:00")),
            (at("03-10 11:00"), at("03-10 12:15")),
            (at("03-10 12:30"), at("03-10 12:40")),
        ],
    )
    assert (
        text.partition("节假日也算；")[2] == "中止办理的 1 小时 55 分钟不算。所以最晚到3月10日（周二）13:55。"
    )


def test_a_pause_of_hours_and_a_pause_of_days_are_told_apart():
    text = told(
        "tangshan",
        "dispatch",
        "03-10 10:00",
        pauses=[(at("03-10 10:30"), at("03-10 11:00")), (at("03-11 08:00"), at("03-12 08:00"))],
        extension=Limit(1, Unit.WORKDAY),
    )
    assert text.partition("节假日也算；")[2] == (
        "中止办理的 30 分钟不算；批准延期 1 个工作日，从3月10日接着往后数；3月11日中止办理，不算。"
        "所以最晚到3月12日（周四）24:00。"
    )


def test_weekends_are_told_together_when_there_are_many():
    text = told("tangshan", "finish.other", "03-02 10:00", stated=Limit(20, Unit.WORKDAY))
    assert "当天不算；中间的周末不算。" in text


def test_a_day_in_a_year_whose_holidays_are_not_out_may_change():
    text = told("xinfang", "finish.petition", "11-20 10:00")
    assert text.endswith(
        "所以最晚到2027年1月19日（周二）24:00。2027 年的放假安排还没公布，公布以后这一天可能会变。"
    )


def test_a_counter_that_closes_tells_its_hour():
    text = told("tangshan", "finish.other", "03-10 10:00", close_of_business=time(17))
    assert text.endswith("所以最晚到3月17日（周二）17:00。")


def test_a_limit_stated_on_the_ticket_is_not_told_as_law():
    rules = rule_set("tangshan", date(2026, 3, 1))
    limit = Limit(1, Unit.WORKDAY)
    due = due_under(rules, "finish.other", at("03-10 10:00"), stated=limit)
    assert explain(due, rules.limit("finish.other").as_stated_on_the_ticket(limit), "zh-hans") == (
        "3月10日（周二）派单给承办单位。1 个工作日内办结并答复您（派单时写在工单上的时限）。"
        "当天不算。所以最晚到3月11日（周三）24:00。"
    )


def test_a_page_of_rules_says_each_limit_with_what_it_rests_on():
    rules = rule_set("baoding", date(2026, 3, 1))
    with translation.override("zh-hans"):
        assert [rule_told(rules.limit(key)) for key in ("sign", "finish.emergency_2h")] == [
            "承办单位 1 个工作日内签收（本区设定，不是法律规定）。",
            "按《保定市接诉即办工作条例》第十九条，一般是 2 小时内办结并答复您。",
        ]
    with translation.override("en"):
        assert rule_told(rules.limit("contact")) == (
            "Somebody must contact you within 24 hours (set by this district, not by law)."
        )
        assert rules.limit("contact").basis.told == "set by this district, not by law"


def test_beijing_does_not_suspend_and_a_petition_only_for_a_hearing():
    pause = [(at("03-11 10:00"), at("03-13 10:00"))]
    with pytest.raises(ValueError, match=r"beijing does not suspend 'finish.ordinary_7d'"):
        told("beijing", "finish.ordinary_7d", "03-10 10:00", pauses=pause)
    with pytest.raises(ValueError, match=r"xinfang does not suspend 'finish.petition'"):
        told("xinfang", "finish.petition", "03-10 10:00", pauses=pause)
    assert "3月11日至12日中止办理，不算" in told(
        "xinfang", "second_review.answer", "03-10 10:00", pauses=pause
    )


def every_limit():
    return [(rules, ruled) for rules in all_rule_sets() for ruled in rules.limits.values()]


@pytest.mark.parametrize(("rules", "ruled"), every_limit(), ids=lambda x: getattr(x, "key", None) or x.id)
def test_every_limit_on_every_kind_of_day_is_told_whole_in_both_languages(rules, ruled):
    for days in range(0, 365, 13):
        due = due_under(rules, ruled.key, at("01-01 10:00") + timedelta(days=days))
        zh, en = (explain(due, ruled, language) for language in ("zh-hans", "en"))
        assert not re.search("[A-Za-z{}]", zh), zh
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff{}]", en), en
        is_law = ruled.mark is Mark.LAW
        assert (str(ruled.article.zh) in zh and "条例》第" in zh) is is_law
        assert ("says" in en) is is_law
        assert ("不是法律规定" in zh, "正式文本未核" in zh) == (
            ruled.mark is Mark.DESIGN,
            ruled.mark is Mark.SEEN,
        )
        assert ("可能会变" in zh) is due.provisional
