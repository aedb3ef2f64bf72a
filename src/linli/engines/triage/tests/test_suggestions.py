import pytest

from linli.engines.triage import Closed, Reason, Triage


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage.default()


def test_a_cold_radiator_goes_to_the_heating_firm_and_says_why(triage: Triage) -> None:
    suggestion = triage.suggest("家里暖汽一直不热，老人冻得直哆嗦", place="桐花苑2号楼")

    assert (suggestion.l1[0], suggestion.l2[0], suggestion.unit[0]) == ("05", "0503", "供热企业")
    assert (suggestion.urgency, suggestion.special_route) == ("urgent_24h", "none")
    assert Reason("words", "0503", ("暖气", "不热")) in suggestion.reasons
    assert Reason("catalogue", "供热企业") in suggestion.reasons


def test_three_are_shown_and_none_twice(triage: Triage) -> None:
    suggestion = triage.suggest("楼上装修吵得睡不着，还漏水")

    assert [len(set(three)) for three in (suggestion.l1, suggestion.l2, suggestion.unit)] == [3, 3, 3]


def test_a_question_is_not_urgent_though_its_category_is(triage: Triage) -> None:
    assert triage.suggest("请问今年几号开始供暖？").urgency == "ordinary_7d"


def test_an_emergency_names_the_unit_that_is_called_first(triage: Triage) -> None:
    suggestion = triage.suggest("我和孩子被困电梯里了，快来救人，3号楼1单元")

    assert suggestion.special_route == "emergency_119"
    assert suggestion.urgency == "emergency_2h"
    assert suggestion.unit[0] == "消防救援站"


def test_an_empty_text_is_for_the_general_desk(triage: Triage) -> None:
    suggestion = triage.suggest("")

    assert (suggestion.l2[0], suggestion.unit[0]) == ("1707", "社区居委会")
    assert [reason for reason in suggestion.reasons if reason.kind == "words"] == []


def test_experience_outweighs_the_catalogue_and_is_told(triage: Triage) -> None:
    done = [Closed("楼道灯不亮", "0203", "社区居委会", "ordinary_7d")] * 11
    done += [Closed("楼道灯坏了", "0203", "物业企业", "ordinary_7d")]

    learned = triage.learn(done)

    before, after = (each.suggest("楼道灯不亮，老人上楼摸黑") for each in (triage, learned))
    assert (before.unit[0], after.unit[0]) == ("物业企业", "社区居委会")
    assert Reason("experience", "社区居委会", count=11, of=12) in after.reasons


def test_local_words_are_learned_from_closed_cases(triage: Triage) -> None:
    done = [Closed(f"大槐树底下的老井又犯了，第{n}回", "0405", "街道城管办", "urgent_24h") for n in range(20)]

    learned = triage.learn(done)

    asked = "老井又犯了"
    assert triage.suggest(asked).l2[0] != "0405"
    assert learned.suggest(asked).l2[0] == "0405"
    assert Reason("learned", "0405") in learned.suggest(asked).reasons


def test_learning_leaves_the_old_engine_as_it_was(triage: Triage) -> None:
    before = triage.suggest("楼道灯不亮")

    triage.learn([Closed("楼道灯不亮", "0203", "社区居委会", "ordinary_7d")] * 20)

    assert triage.suggest("楼道灯不亮") == before
