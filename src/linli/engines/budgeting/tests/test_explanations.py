"""What people are told: whole sentences with the right figures."""

import argparse
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from linli.engines.budgeting import (
    Comparison,
    Election,
    Kind,
    Options,
    Project,
    Rule,
    decide,
    election,
    explain,
    tallying,
    write,
)
from linli.engines.budgeting.fairness import Claim, claims, fairness
from linli.engines.budgeting.sentences import SENTENCES
from linli.engines.budgeting.tests.elections import random_election
from linli.engines.budgeting.tests.scenes import courtyard


def test_neighbours_read_why() -> None:
    assert explain(decide(courtyard())) == {
        "bench": (
            "第 1 个选中，造价 240 元。有 3 人支持，钱由支持者分摊：3 人每人出 80 元。"
            "它和“路灯”正好一样，按事先定好的办法（造价低的先，再票多的先，再编号靠前的先）先选它。只按票数排，它选不中。"
        ),
        "lamp": (
            "第 2 个选中，造价 300 元。有 3 人支持，钱由支持者分摊：3 人每人出 100 元。"
            "当时同样的满意度，没有项目让支持者出得比它更少，所以先选它。只按票数排，它选不中。"
        ),
        "ramp": (
            "第 3 个选中，造价 360 元。有 2 人支持，钱由支持者分摊：2 人每人出 180 元。"
            "当时同样的满意度，没有项目让支持者出得比它更少，所以先选它。只按票数排，它选不中。"
        ),
        "pavilion": "这轮没选中。造价 850 元，4 位支持者手里一共还剩 80 元，还差 770 元。只按票数排，它会选中。",
    }


def test_the_same_in_english() -> None:
    told = explain(decide(courtyard()), "en")
    assert told["pavilion"] == (
        "Not funded this round. It costs 850 yuan; its 4 supporters have 80 yuan left together, 770 yuan short. "
        "Counting votes alone would have chosen it."
    )


def test_plain_counting_tells_what_was_left_in_the_budget() -> None:
    told = explain(decide(courtyard(), Options(Rule.GREEDY_VOTES)))
    assert told["lamp"] == "这轮没选中。造价 300 元，得 3 票，轮到它时预算只剩 150 元，还差 150 元。"
    assert (
        told["pavilion"] == "第 1 个选中，造价 850 元，得 4 票。从高到低排下来，轮到它时还剩 1,000 元，够。"
    )


def test_somebody_who_has_not_enough_gives_the_last() -> None:
    """王阿姨 paid 150 of her 200 for the lamp; of the ramp's 240 she pays 50 and 刘师傅 190."""
    neighbours = election(
        [Project("lamp", 450_00, "路灯"), Project("ramp", 240_00, "坡道")],
        800_00,
        [["lamp", "ramp"], ["lamp"], ["lamp"], ["ramp"]],
    )
    assert explain(decide(neighbours))["ramp"] == (
        "第 2 个选中，造价 240 元。有 2 人支持，钱由支持者分摊：1 人每人出 190 元。"
        "另有 1 人手里不够这个数，把剩下的都出了，一共 50 元。"
        "当时同样的满意度，没有项目让支持者出得比它更少，所以先选它。只按票数排，它也会选中。"
    )


def test_shortfall_is_never_told_as_less_than_it_is() -> None:
    thirds = election([Project("a", 100_00), Project("b", 100_00)], 100_00, [["a", "b"], ["a"], ["b"]])
    assert "还剩 66.66 元，还差 33.34 元" in explain(decide(thirds))["a"]


def test_a_project_below_the_threshold_hears_how_many_votes_it_needed() -> None:
    few = election([Project("a", 900_00), Project("b", 100_00)], 900_00, [["b"]] * 9 + [["a"]])
    told = explain(decide(few, Options(eligible=tallying._share("1/3"))))
    assert told["a"] == "没有参选资格：10 人里有 1 人投它，占 10.0%；按它的造价至少要 4 票。"


def test_comparison_puts_plain_counting_in_place() -> None:
    outcome = decide(courtyard(), Options(comparison=Comparison.COST))
    assert (outcome.better_here, outcome.better_plain, outcome.replaced) == (1, 4, True)
    assert outcome.selected == ["pavilion"]


def test_plain_counting_leaves_a_claim_open() -> None:
    """Two of five neighbours, with two fifths of the money, could have paid the ramp."""
    field = courtyard()
    alone = election(list(field.projects), field.budget, [["lamp", "bench"]] * 3 + [["ramp"]] * 2)
    assert claims(alone, [0, 1]) == [Claim("ramp", 2, 0)]
    assert claims(alone, [0, 1, 2]) == []


def test_small_groups_are_not_shown() -> None:
    field = courtyard()
    big = Election(
        field.projects, field.budget, field.kind, field.on_ballot, field.on_project, field.points,
        field.ballot_of.repeat(4), [str(n) for n in range(20)],
        {"sex": ["F"] * 10 + ["M"] * 6 + ["X"] * 4, "age": ["70"] * 12 + ["30"] * 8},
    )  # fmt: skip
    shown = fairness(decide(big))["groups"]
    assert [(one["group"], one["people"]) for one in shown["sex"]] == [("F", 10), ("M", 6)]
    assert [(one["group"], one["people"]) for one in shown["age"]] == [("25-39", 8), ("60-200", 12)]


def test_every_sentence_is_in_both_languages_with_the_same_figures() -> None:
    import string

    for key, texts in SENTENCES.items():
        fields = [{part[1] for part in string.Formatter().parse(text) if part[1]} for text in texts.values()]
        assert (key, set(texts)) == (key, {"zh-hans", "en"})
        assert (key, fields[0]) == (key, fields[1])


def asked(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    tallying.add_options(parser)
    parser.add_argument("--language", default="zh-hans")
    return parser.parse_args(words)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("rule", Rule)
def test_the_command_counts_tells_and_draws(rule: Rule, language: str, tmp_path: Path) -> None:
    path = tmp_path / "院里.pb"
    path.write_text(write(courtyard(), ["bench", "lamp", "ramp"]), encoding="utf-8")
    options = asked("--rule", rule.value, "--language", language)
    assert tallying.recognises(path)

    result = tallying.tally(path, options)
    told, drawn = tallying.tell(result, language), tallying.draw(result, language)

    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert list(result)[:6] == ["rule", "options", "selected", "total_cost", "budget", "explanations"]
    assert (result["rule"], result["budget"]) == (rule.value, 1000)
    assert all(text in told for text in result["explanations"].values())
    assert len(ET.fromstring(drawn).findall(".//{*}rect")) == 5  # noqa: S314 -- drawn by ourselves
    assert "script" not in drawn


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("completion", ["none", "add1", "add1-greedy"])
def test_every_outcome_can_be_told_and_drawn(kind: Kind, completion: str) -> None:
    for seed in range(25):
        field = random_election(seed, kind)
        outcome = decide(field, tallying.options_of(asked("--completion", completion, "--eligible", "1/9")))
        for language in ("zh-hans", "en"):
            result = tallying.told(outcome, language)
            assert set(result["explanations"]) == {project.id for project in field.projects}
            json.dumps(result, allow_nan=False)
            ET.fromstring(tallying.draw(result, language))  # noqa: S314 -- drawn by ourselves
            tallying.tell(result, language)


def test_options_that_do_not_fit_are_refused() -> None:
    for words in (
        ("--utility", "borda"),
        ("--utility", "cumulative"),
        ("--ties", "height"),
        ("--ties", "lot:"),
    ):
        with pytest.raises(ValueError, match=" / "):
            decide(courtyard(), tallying.options_of(asked(*words)))


def test_a_published_lot_can_be_drawn_again() -> None:
    field = election([Project(str(n), 100_00) for n in range(8)], 800_00, [[str(n) for n in range(8)]])
    first = decide(field, Options(ties=("lot:2026-11-24 双色球",))).selected
    assert first == decide(field, Options(ties=("lot:2026-11-24 双色球",))).selected
    assert first != decide(field, Options(ties=("lot:2026-11-25 双色球",))).selected
    assert sorted(first) == [str(n) for n in range(8)]
