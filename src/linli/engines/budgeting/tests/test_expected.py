"""The published outcomes: what an independent program counted, and what two towns decided."""

import json
from pathlib import Path
from typing import Any

import pytest

from linli.engines.budgeting import (
    SWIECIE_SHARE,
    Comparison,
    Completion,
    Election,
    Options,
    Rule,
    Stop,
    Utility,
    decide,
    read,
)

ADD1 = Completion.ADD1
OPTIONS = {
    "greedy_votes": Options(Rule.GREEDY_VOTES),
    "greedy_votes_per_cost": Options(Rule.GREEDY_RATIO, Utility.CARDINALITY),
    "greedy_borda": Options(Rule.GREEDY_RATIO, Utility.BORDA),
    "greedy_cardinal": Options(Rule.GREEDY_RATIO, Utility.CUMULATIVE),
    "phragmen": Options(Rule.PHRAGMEN),
    "mes_cost": Options(utility=Utility.COST),
    "mes_card": Options(utility=Utility.CARDINALITY),
    "mes_borda": Options(utility=Utility.BORDA),
    "mes_cardinal": Options(utility=Utility.CUMULATIVE),
    "mes_cost_add1": Options(utility=Utility.COST, completion=ADD1),
    "mes_card_add1": Options(utility=Utility.CARDINALITY, completion=ADD1),
    "mes_cost_add1u": Options(utility=Utility.COST, completion=Completion.ADD1_GREEDY),
}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "budgets"


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Any]:
    text = (folder / "EXPECTED_pabutools.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["instances"]
    return found


@pytest.fixture(scope="module")
def elections(folder: Path, expected: dict[str, Any]) -> dict[str, Election]:
    return {name: read(folder / f"{name}.pb") for name in expected}


def test_every_outcome_is_the_published_one_in_its_order(
    elections: dict[str, Election], expected: dict[str, Any]
) -> None:
    for name, instance in expected.items():
        election = elections[name]
        assert (election.people, len(election.projects)) == (instance["voters"], instance["projects"])
        assert str(election.money(election.budget)) == instance["budget"]
        for rule, outcome in instance["outcomes"].items():
            ours = decide(election, OPTIONS[rule])
            assert (name, rule, ours.selected) == (name, rule, outcome["selected_in_order"])
            if "total_cost" in outcome:
                assert str(election.money(ours.cost)) == outcome["total_cost"]


def test_no_published_rule_is_left_out(expected: dict[str, Any]) -> None:
    assert {rule for instance in expected.values() for rule in instance["outcomes"]} == set(OPTIONS)


@pytest.mark.parametrize("stop", Stop)
@pytest.mark.parametrize("town", ["Poland_Swiecie_2023", "Netherlands_Assen_2024"])
def test_what_the_town_decided(elections: dict[str, Election], town: str, stop: Stop) -> None:
    outcome = decide(elections[town], Options(completion=ADD1, stop=stop))
    assert sorted(outcome.selected) == sorted(elections[town].official or [])


def test_why_the_two_towns_stopped(elections: dict[str, Election]) -> None:
    told = {}
    for town in ("Poland_Swiecie_2023", "Netherlands_Assen_2024"):
        for stop in Stop:
            raised = decide(elections[town], Options(completion=ADD1, stop=stop)).raised
            assert raised is not None
            told[town, stop.value] = raised.steps, raised.ended
    assert told == {
        ("Poland_Swiecie_2023", "exhaustive"): (226, "exhaustive"),
        ("Poland_Swiecie_2023", "overspend"): (242, "overspend"),
        ("Netherlands_Assen_2024", "exhaustive"): (843, "overspend"),
        ("Netherlands_Assen_2024", "overspend"): (843, "overspend"),
    }


def test_swiecie_left_one_project_out_and_compared_with_plain_counting(
    elections: dict[str, Election],
) -> None:
    swiecie = elections["Poland_Swiecie_2023"]
    options = Options(completion=ADD1, eligible=SWIECIE_SHARE, comparison=Comparison.COST)
    outcome = decide(swiecie, options)

    assert [swiecie.projects[number].id for number in outcome.out] == ["c22"]
    assert (outcome.better_here, outcome.better_plain, outcome.replaced) == (1163, 623, False)
    assert sorted(outcome.selected) == sorted(swiecie.official or [])
