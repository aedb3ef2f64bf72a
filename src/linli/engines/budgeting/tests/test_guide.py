"""The guide counts a courtyard by hand; here it is counted again, and every figure in the guide compared."""

from fractions import Fraction
from pathlib import Path

import pytest

from linli.engines.budgeting import (
    Comparison,
    Completion,
    Kind,
    Options,
    Outcome,
    Rule,
    Stop,
    Utility,
    decide,
    election,
    ineligible,
)
from linli.engines.budgeting.accounts import Accounts
from linli.engines.budgeting.options import SWIECIE_SHARE
from linli.engines.budgeting.phragmen import Loads
from linli.engines.budgeting.tests.scenes import PEOPLE, courtyard

GUIDE = Path(__file__).resolve().parents[5] / "docs" / "engines" / "budgeting.md"
YUAN = 100
BENCH, LAMP, RAMP, PAVILION = 1, 0, 2, 3
SHARES = ["bench", "lamp", "ramp"]


@pytest.fixture(scope="module")
def guide() -> str:
    return " ".join(GUIDE.read_text(encoding="utf-8").split())


def prices(outcome: Outcome) -> list[Fraction]:
    assert outcome.count is not None
    return [bill.price / YUAN for bill in Accounts(outcome.count).bills]


def test_the_courtyard_is_the_one_in_the_guide(guide: str) -> None:
    field = courtyard()
    assert "| cost | " + " | ".join(PEOPLE) + " | votes |" in guide
    for project, votes in zip(field.projects, field.votes, strict=True):
        assert f"{project.name} {project.id} | {project.cost // YUAN} |" in guide
        row = guide.split(f"{project.name} {project.id} |")[1].split("| |", maxsplit=1)[0]
        assert guide.split(f"{project.name} {project.id} |")[1].split("|")[6].strip() == str(votes), row
    assert (field.votes, field.people) == ([3, 3, 2, 4], 5)


def test_plain_counting(guide: str) -> None:
    outcome = decide(courtyard(), Options(Rule.GREEDY_VOTES))
    assert (outcome.selected, outcome.cost) == (["pavilion"], 850 * YUAN)
    left = 1000 - 850
    assert [cost // YUAN - left for cost in outcome.election.costs] == [150, 90, 210, 700]
    assert (
        "leaves 150. Neither the bench (90 short), nor the lamp (150 short), nor the ramp (210 short)"
        in guide
    )


def test_votes_per_cost(guide: str) -> None:
    field = courtyard()
    ratios = [Fraction(votes, cost // YUAN) for votes, cost in zip(field.votes, field.costs, strict=True)]
    assert [str(ratios[one]) for one in (BENCH, LAMP, RAMP, PAVILION)] == ["1/80", "1/100", "1/180", "2/425"]
    assert decide(field, Options(Rule.GREEDY_RATIO)).selected == SHARES
    assert "Bench 3/240 = 1/80, lamp 3/300 = 1/100, ramp 2/360 = 1/180, pavilion 4/850 = 2/425" in guide


@pytest.mark.parametrize("utility", [Utility.COST, Utility.CARDINALITY])
def test_equal_shares(guide: str, utility: Utility) -> None:
    outcome = decide(courtyard(), Options(utility=utility))
    assert outcome.count is not None
    accounts = Accounts(outcome.count)
    assert (outcome.selected, prices(outcome)) == (SHARES, [80, 100, 180])
    assert [accounts.receipt(voter)[1] / YUAN for voter in range(5)] == [20] * 5
    assert accounts.left_with(PAVILION) == 80 * YUAN
    for row in ("| bench | 80 | 120 | 200 |", "| lamp | 100 | 20 | 200 |", "| ramp | 180 | 20 | 20 |"):
        assert row in guide
    assert "have 80 left together: 还差 770 元" in guide


def test_bench_and_lamp_tie_exactly() -> None:
    outcome = decide(courtyard())
    assert outcome.count is not None
    first = outcome.count.rounds[0]
    assert (first.project, first.tied, first.price) == (BENCH, (LAMP, BENCH), Fraction(1, 3))


def test_points(guide: str) -> None:
    ballots = [{"bench": 3, "lamp": 2}] * 3 + [{"ramp": 5}] * 2
    outcome = decide(election(courtyard().projects, 1000 * YUAN, ballots, Kind.CUMULATIVE))
    assert (outcome.selected, prices(outcome)) == (["bench", "ramp", "lamp"], [Fraction(80, 3), 36, 50])
    assert "bench 240/9 = 80/3, ramp 360/10 = 36, lamp 300/6 = 50" in guide


def test_rankings(guide: str) -> None:
    ballots = [["bench", "lamp", "pavilion"]] * 3 + [["ramp", "pavilion"], ["ramp"]]
    outcome = decide(election(courtyard().projects, 1000 * YUAN, ballots, Kind.ORDINAL))
    assert outcome.count is not None
    assert (outcome.selected, prices(outcome)) == (["bench", "lamp"], [40, 100])
    assert Accounts(outcome.count).left_with(RAMP) == 200 * YUAN
    assert "bench 240/6 = 40, lamp 300/3 = 100" in guide
    assert "only 周爷爷's 200 behind it, 160 short" in guide


def test_what_is_left(guide: str) -> None:
    small = election(courtyard().projects, 800 * YUAN, BALLOTS)
    assert decide(small).selected == ["bench"]
    for stop in Stop:
        outcome = decide(small, Options(completion=Completion.ADD1, stop=stop))
        assert outcome.raised is not None
        assert (outcome.selected, outcome.raised.steps, outcome.raised.ended) == (["bench"], 19, "overspend")
    assert decide(small, Options(completion=Completion.ADD1_GREEDY)).selected == ["bench", "lamp"]
    assert "the count with 179 stands, 19 steps up" in guide


BALLOTS = [["lamp", "bench", "pavilion"]] * 3 + [["ramp", "pavilion"], ["ramp"]]


def test_phragmen(guide: str) -> None:
    outcome, loads = decide(courtyard(), Options(Rule.PHRAGMEN)), Loads(courtyard())
    bought = []
    for project in (BENCH, LAMP, RAMP):
        bought.append(loads.exactly(project) / YUAN)
        loads.buy(project)
    assert (outcome.selected, bought, loads.exactly(PAVILION) / YUAN) == (
        SHARES,
        [80, 180, 180],
        Fraction(785, 2),
    )
    assert "The pavilion would come after 392.5, but then 100 are left" in guide


def test_comparison_and_threshold(guide: str) -> None:
    by_cost = decide(courtyard(), Options(comparison=Comparison.COST))
    by_number = decide(courtyard(), Options(comparison=Comparison.PROJECTS))
    assert (by_cost.better_plain, by_cost.better_here, by_cost.selected) == (4, 1, ["pavilion"])
    assert (by_number.better_plain, by_number.better_here, by_number.selected) == (0, 4, SHARES)
    assert ineligible(courtyard(), SWIECIE_SHARE) == []
    assert Fraction(850, 3 * 1000) == Fraction(17, 60)
    assert "4 against 1" in guide and "4 against 0" in guide and "4/5 ≥ 17/60" in guide
