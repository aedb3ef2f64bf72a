"""What people read about the edge, one below, at and above it."""

import pytest

from linli.engines.numerals import chinese_number
from linli.engines.thresholds import judge, rule, tell


def test_one_household_short_is_said_in_chinese_and_english() -> None:
    outcome = judge(
        rule("residents-2026", "election_by_households"), {"households": {"all": 801, "voting": 400}}
    )

    assert tell(outcome) == (
        "选举有效（户代表）：没有达到。\n"
        "参加投票 400 户，全体 801 户，要过半数（至少 401 户），还差 1 户。\n"
        "《城市居民委员会组织法》第十九条"
    )
    assert tell(outcome, "en") == (
        "The election is valid: one of each household: not reached.\n"
        "400 households voting of 801 households all; more than 1/2 needed, 401 households: 1 household short.\n"
        "Organic Law of Urban Residents' Committees, Article 19"
    )


@pytest.mark.parametrize(("voting", "edge"), [(66, "还差 1 人"), (67, "刚好达到"), (68, "超出 1 人")])
def test_the_edge_of_ninety_nine_representatives(voting: int, edge: str) -> None:
    outcome = judge(
        rule("residents-2026", "election_by_representatives"),
        {"representatives": {"all": 99, "voting": voting}},
    )

    assert tell(outcome).splitlines()[1] == (
        f"参加投票 {voting} 人，全体 99 人，要超过三分之二（至少 67 人），{edge}。"
    )


def test_a_hundredth_of_a_square_metre_is_said() -> None:
    counts = {
        "area": {"all": 900000, "participating": 599999, "for": 599999},
        "heads": {"all": 90, "participating": 60, "for": 60},
    }

    assert "还差 0.01 平方米。" in tell(judge(rule("owners-2021", "ordinary"), counts)).splitlines()[1]


def test_numbers_without_a_share_are_told_plainly() -> None:
    proxies = judge(rule("residents-2026", "proxies_held"), {"electors": {"proxies": 5}})
    odd = judge(rule("beijing-2024", "owners_committee_size"), {"members": {"all": 6}})
    seen = judge(
        rule("beijing-candidates-2021", "property_committee_nomination"), {"households": {"proposing": 9}}
    )

    assert tell(proxies).splitlines()[1] == "接受委托 5 人，要最多 3 人，多了 2 人。"
    assert tell(odd, "en").splitlines()[1:3] == [
        "6 members all; at least 5: 1 member to spare.",
        "6 members all; the number must be odd, and it is even.",
    ]
    assert tell(seen).splitlines()[1:] == [
        "提议 9 户，要至少 10 户，还差 1 户。",
        "依据：北京市物业管理委员会组建办法（经开区规程）（未核对原文）",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [(9, "九"), (10, "十"), (19, "十九"), (57, "五十七"), (278, "二百七十八"), (205, "二百零五")],
)
def test_articles_are_numbered_as_the_law_prints_them(number: int, said: str) -> None:
    assert chinese_number(number) == said
