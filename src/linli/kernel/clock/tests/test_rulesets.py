"""Law is data with a citation: every article cited says what the rule set says it says."""

import re
from datetime import UTC, date, datetime

import pytest

from linli.engines.deadlines import Limit, Unit
from linli.engines.numerals import chinese_number
from linli.kernel.clock import all_rule_sets, moved_to, rule_set, special_routes
from linli.kernel.clock.rulesets import Mark, StartsAt, read
from linli.kernel.clock.words import Words

SPRING_2026 = date(2026, 3, 10)
URGENCIES = ("emergency_2h", "urgent_24h", "ordinary_7d", "complex_15d")


def bases(rules):
    """Everything of a rule set that rests on something."""
    yield rules.push_down_basis
    yield rules.extending.basis
    yield from (limit.basis for limit in rules.limits.values())
    yield from (duty.basis for duty in rules.duties)
    yield from rules.routes.values()
    if rules.suspends:
        yield rules.suspending.basis


def articles(text):
    """A statute cut into its articles: 第二十四条 and what stands under it until the next."""
    parts = re.split(r"^(第[一二三四五六七八九十百零]+条)[ 　]", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("rules", all_rule_sets(), ids=lambda rules: rules.id)
def test_each_article_cited_as_law_holds_the_words_quoted(rules, shared):
    cited = [basis for basis in bases(rules) if basis.mark is Mark.LAW]
    assert cited
    for basis in cited:
        (path,) = (shared / "domain/data/laws").glob(f"{basis.law.zh}*.md")
        found = articles(path.read_text())
        number = f"第{chinese_number(basis.number)}条"
        assert basis.quote in found[number], (path.name, number, basis.quote)
        assert len(basis.quote) >= 8


FIGURES = {
    Unit.HOUR: ("{}小时",),
    Unit.DAY: ("{}日", "{}天"),
    Unit.WORKDAY: ("{}个工作日",),
}


@pytest.mark.parametrize("rules", all_rule_sets(), ids=lambda rules: rules.id)
def test_each_figure_told_as_law_stands_in_the_words_quoted(rules):
    for ruled in rules.limits.values():
        if ruled.mark is not Mark.LAW:
            continue
        amount = ruled.limit.amount
        numbers = [str(amount), chinese_number(amount), *(["两"] if amount == 2 else [])]
        spelled = [form.format(number) for form in FIGURES[ruled.limit.unit] for number in numbers]
        assert any(figure in ruled.basis.quote for figure in spelled), ruled.key


def test_a_limit_is_absolute_unless_its_own_words_soften_it():
    for rules in all_rule_sets():
        for ruled in rules.limits.values():
            softened = any(word in ruled.basis.quote for word in ("一般", "原则上", "推动实行"))
            if ruled.key == "finish.enterprise":  # the word stands at the head of the sentence quoted from
                softened = True
            assert ruled.absolute is not softened, (rules.id, ruled.key)


def test_what_is_not_law_cites_no_article():
    told = {
        (rules.id, ruled.key): str(ruled.article)
        for rules in all_rule_sets()
        for ruled in rules.limits.values()
        if ruled.mark is not Mark.LAW
    }
    assert set(told.values()) == {""}
    assert ("beijing", "finish.ordinary_7d") in told
    assert rule_set("beijing", SPRING_2026).limit("finish.ordinary_7d").basis.source.zh == (
        "北京市标准征求意见稿，正式文本未核"
    )


@pytest.mark.parametrize(
    ("city", "type_", "expected"),
    [
        ("beijing", "complaint", ["2 hour", "24 hour", "7 day", "15 day"]),
        ("beijing", "consultation", ["2 hour", "24 hour", "7 day", "15 day"]),
        ("tangshan", "complaint", ["5 workday"] * 4),
        ("tangshan", "help", ["5 workday"] * 4),
        ("tangshan", "consultation", ["2 workday"] * 4),
        ("tangshan", "enterprise_complaint", ["24 hour"] * 4),
        ("baoding", "complaint", ["2 hour", "24 hour", "3 workday", "5 workday"]),
        ("xinfang", "complaint", ["60 day"] * 4),
    ],
)
def test_type_and_urgency_choose_the_limit_to_finish(city, type_, expected):
    rules = rule_set(city, SPRING_2026)
    assert [str(rules.finish(type=type_, urgency=urgency).limit) for urgency in URGENCIES] == expected


def test_an_urgency_the_rule_set_does_not_know_is_refused():
    with pytest.raises(LookupError, match="no tier for the urgency 'whenever'"):
        rule_set("beijing", SPRING_2026).finish(type="help", urgency="whenever")
    with pytest.raises(LookupError, match=r"no limit 'tea'"):
        rule_set("beijing", SPRING_2026).limit("tea")
    assert rule_set("beijing", SPRING_2026).find("dispatch") is None  # at once: a duty, no clock


def test_tangshan_counts_from_assignment_and_its_dispatch_is_as_a_rule():
    rules = rule_set("tangshan", SPRING_2026)
    assert rules.limit("finish.other").starts_at is StartsAt.DISPATCHED
    assert (rules.limit("dispatch").starts_at, rules.limit("dispatch").absolute) == (StartsAt.ACCEPTED, False)
    assert rules.limit("seat_reply").article.zh == "《唐山市12345政务服务便民热线条例》第十九条"
    assert rules.limit("finish.other").article.en == "Tangshan Regulation on the 12345 Hotline, Article 24"


def test_who_may_push_down_who_may_suspend_and_who_must_approve():
    told = {
        rules.id: (rules.push_down, rules.suspends, rules.suspending.approver, rules.extending.approver)
        for rules in all_rule_sets()
    }
    assert told == {
        "beijing": ("outside_list_and_lead", False, "none", "none"),
        "tangshan": ("all", True, "hotline", "hotline"),
        "baoding": ("lawful_and_paid", False, "none", "hotline"),
        "xinfang": ("lawful_and_paid", True, "none", "head_of_unit"),
    }
    causes = rule_set("tangshan", SPRING_2026).suspending.causes
    assert list(causes) == ["force_majeure", "death", "incapacity", "missing", "dissolved", "other"]
    petitions = rule_set("xinfang", SPRING_2026)
    touched = [key for key in petitions.limits if petitions.suspending.touches(key)]
    assert (touched, petitions.representatives) == (["second_review.answer"], 5)


def test_only_the_petition_extension_is_a_hard_cap_among_those_with_a_figure_in_law():
    told = {
        rules.id: (str(rules.limit("extension").limit), rules.limit("extension").mark.value,
                   rules.limit("extension").absolute)
        for rules in all_rule_sets()
    }  # fmt: skip
    assert told == {
        "beijing": ("7 day", "D", True),
        "tangshan": ("5 workday", "D", True),
        "baoding": ("5 workday", "L", False),
        "xinfang": ("30 day", "L", True),
    }


def test_hanging_a_matter_is_law_in_baoding_and_nowhere_else():
    hanging = {
        rules.id: [d.basis.article.zh for d in rules.duties if d.key == "hang"] for rules in all_rule_sets()
    }
    assert {city: found for city, found in hanging.items() if found} == {
        "baoding": ["《保定市接诉即办工作条例》第十九条"]
    }


def test_the_six_special_routes_are_common_and_cited_where_a_city_has_them():
    keys = [route.key for route in special_routes()]
    assert keys == ["emergency", "legal_route", "repeated", "secret", "outside_duties", "unlawful"]
    assert {rules.id: set(keys) - set(rules.routes) for rules in all_rule_sets()} == {
        "beijing": set(),
        "tangshan": set(),
        "baoding": {"repeated"},
        "xinfang": set(keys),
    }


def test_a_rule_set_holds_from_its_first_day():
    with pytest.raises(LookupError, match="No rule set 'tangshan' is in force on 2025-12-31"):
        rule_set("tangshan", date(2025, 12, 31))
    assert rule_set("tangshan", date(2026, 1, 1)).version == "2026.1"
    with moved_to(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)):  # midnight in China: the first day
        assert rule_set("tangshan").version == "2026.1"


def small(**changes):
    limit = {"key": "finish.all", "amount": 3, "unit": "workday", "starts_at": "dispatched", "mark": "D"}
    rule = {"mark": "D"}
    return {
        "id": "here", "version": "1", "valid_from": date(2026, 1, 1), "valid_to": date(2026, 6, 30),
        "name": {"zh": "本区", "en": "Here"}, "law": {"zh": "办法", "en": "Measures"},
        "push_down": {"rule": "all"} | rule, "extending": {"approver": "none"} | rule,
        "suspending": {"allowed": False}, "duties": [], "limits": [limit | changes],
        "tiers": {"by_urgency": {"*": "finish.all"}},
    }  # fmt: skip


def test_an_old_version_holds_through_its_last_day():
    rules = read(small())
    assert [rules.holds_on(date(2026, 6, day)) for day in (30,)] == [True]
    assert [rules.holds_on(day) for day in (date(2025, 12, 31), date(2026, 7, 1))] == [False, False]


def test_a_rule_set_told_wrongly_is_refused():
    with pytest.raises(LookupError, match=r"no limit 'finish.all'"):
        read(small(key="finish.other"))
    with pytest.raises(ValueError, match="law without an article and its words"):
        read(small(mark="L"))
    with pytest.raises(ValueError, match="'X' is not a valid Mark"):
        read(small(mark="X"))


def test_a_limit_stated_on_the_ticket_replaces_the_general_one_but_not_the_duty():
    ruled = rule_set("tangshan", SPRING_2026).limit("finish.other")
    stated = ruled.as_stated_on_the_ticket(Limit(1, Unit.WORKDAY))
    assert (stated.key, str(stated.limit), stated.starts_at) == (
        "finish.other",
        "1 workday",
        StartsAt.DISPATCHED,
    )
    assert (stated.mark, str(stated.article)) == (Mark.DESIGN, "")


def test_words_are_told_in_the_language_asked_for():
    words = Words("派单", "dispatch")
    assert [words.told(language) for language in ("zh-hans", "zh", "en")] == ["派单", "派单", "dispatch"]
    assert [chinese_number(n) for n in (2, 10, 11, 20, 24, 100, 104, 110, 124)] == [
        "二", "十", "十一", "二十", "二十四", "一百", "一百零四", "一百一十", "一百二十四",
    ]  # fmt: skip
