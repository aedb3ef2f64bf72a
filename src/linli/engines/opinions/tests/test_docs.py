"""docs/engines/opinions.md, five voters: each figure there is computed here."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linli.engines.opinions import (
    AGREE,
    Conversation,
    OpinionMap,
    Vote,
    consensus,
    divisive,
    group_aware,
    opinion_map,
    representative,
)
from linli.engines.opinions.components import Moments
from linli.engines.opinions.findings import by_statement

PAGE = Path(__file__).resolve().parents[5] / "docs" / "engines" / "opinions.md"
STATEMENTS = ("电梯", "停车", "路灯")
LIFT, PARKING, LAMP = 1, 2, 3
NAMES = ("王阿姨", "刘师傅", "陈晓雨", "周爷爷", "小林")


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").replace("−", "-").split())


def rows_of(first: str) -> list[list[str]]:
    """The rows of the page that begin with this cell."""
    lines = PAGE.read_text(encoding="utf-8").replace("−", "-").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith(f"| {first} |")
    ]


@pytest.fixture(scope="module")
def five() -> Conversation:
    """From the table of votes on the page itself."""
    cells = [(name, one, rows_of(name)[0][one]) for name in NAMES for one in (LIFT, PARKING, LAMP)]
    return Conversation.of(Vote(name, one, int(cell)) for name, one, cell in cells if cell)


def test_the_middle_and_the_directions_are_those_on_the_page(five: Conversation, page: str) -> None:
    matrix = five.matrix()
    moments = Moments.of(matrix.values, matrix.seen)
    middle, scatter = moments.centre(), moments.scatter()
    lift, parking, lamp = (one - 1 for one in matrix.statements)

    assert [middle[lift], middle[parking], middle[lamp]] == [0, 0, 1]
    assert (scatter[lift, lift], scatter[parking, parking], scatter[lift, parking]) == (4, 4, -3)
    assert scatter[lamp].tolist() == [0, 0, 0]
    assert np.linalg.eigvalsh(scatter).round(9).tolist() == [0, 1, 7]
    assert "-1 - 1 - 1 = -3" in page
    assert "spread is 4 + 3 = 7" in page


def test_each_stands_where_the_page_says(five: Conversation) -> None:
    the_map = opinion_map(five, least=2, votes=2)

    for person, position in zip(the_map.participants, the_map.positions, strict=True):
        written = [float(number) for number in rows_of(str(person))[1][4].split(",")]
        assert [round(float(value), 4) + 0 for value in position] == written


def test_the_groups_are_those_on_the_page(five: Conversation, page: str) -> None:
    the_map = opinion_map(five, least=2, votes=2)

    assert [set(the_map.members(group)) for group in range(the_map.k)] == [
        {"陈晓雨", "周爷爷", "小林"},
        {"王阿姨", "刘师傅"},
    ]
    silhouettes = [silhouette_of(the_map, person) for person in ("陈晓雨", "周爷爷", "小林")]
    assert (
        f"1 - 1.0125 / 2.8284 = {silhouettes[0]:.3f}. 周爷爷 {silhouettes[1]:.4f}, 小林 {silhouettes[2]:.4f}."
        in page
    )
    assert f"The silhouette is {the_map.silhouettes[2]:.4f}." in page
    assert round((2 + sum(silhouettes)) / 5, 4) == round(the_map.silhouettes[2], 4)


def silhouette_of(the_map: OpinionMap, person: str) -> float:
    """How much nearer the person is to her own group, as one would reckon it by hand."""
    here = the_map.participants.index(person)
    away = np.sqrt(((the_map.positions - the_map.positions[here]) ** 2).sum(axis=1))
    own = the_map.groups == the_map.groups[here]
    inside, outside = away[own].sum() / (own.sum() - 1), away[~own].mean()
    return float((outside - inside) / max(inside, outside))


def test_the_products_are_those_on_the_page(five: Conversation) -> None:
    the_map = opinion_map(five, least=2, votes=2)

    for statement, counts in by_statement(the_map):
        cells = rows_of(STATEMENTS[int(statement) - 1])[0]
        assert [str(count.share(AGREE)) for count in counts] == [cell.split(" = ")[1] for cell in cells[1:3]]
        assert str(group_aware(counts)) == cells[3]
    assert [one.statement for one in consensus(the_map, least_seen=1)] == [LAMP]


def test_what_sets_apart_and_what_divides_is_that_on_the_page(five: Conversation, page: str) -> None:
    the_map = opinion_map(five, least=2, votes=2)

    lift = next(one for one in representative(the_map, 1, least_seen=1) if one.statement == LIFT)
    apart = [(one.statement, one.apart) for one in divisive(the_map, least_seen=1)]

    assert lift.significant
    assert f"(3/3 - 1/2) = {lift.z:.4f}." in page
    assert f"(1/3 + 1/4)) = {lift.z_apart:.4f}." in page
    assert f"its share there is {lift.ratio} of" in page
    assert apart == [(LIFT, Fraction(11, 20)), (PARKING, Fraction(1, 2))]
    assert "电梯 with 3/4 - 1/5 = 11/20, then 停车 with 3/4 - 1/4 = 1/2" in page
