"""Every rule of the data files at one below, at, and one above its edge, with the edge worked out by hand."""

import os
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.thresholds import Compare, NotCounted, judge, least, rule, rules, set_on, sets

ROOT = Path(__file__).parents[5]
LAWS = Path(os.environ.get("LINLI_SHARED", ROOT.parent / "shared")) / "domain" / "data" / "laws"

# set, rule, axis, what is counted, out of which base, the least that passes; the other counts are given so that
# nothing else decides.
EDGES = [
    ("residents-2026", "meeting_must_be_called", "residents", "proposing", {"all": 1001}, 101),
    ("residents-2026", "meeting_must_be_called", "residents", "proposing", {"all": 1000}, 100),
    ("residents-2026", "meeting_must_be_called", "households", "proposing", {"all": 405}, 41),
    ("residents-2026", "meeting_must_be_called", "representatives", "proposing", {"all": 50}, 17),
    ("residents-2026", "meeting", "residents", "for", {"all": 1000, "present": 600}, 301),
    ("residents-2026", "meeting", "households", "for", {"all": 401, "present": 201}, 101),
    ("residents-2026", "representatives_meeting_composition", "members", "representatives", {"all": 36}, 29),
    ("residents-2026", "representatives_meeting_composition", "members", "representatives", {"all": 35}, 28),
    ("residents-2026", "representatives_meeting_must_be_called", "representatives", "proposing", {"all": 30}, 6),
    ("residents-2026", "representatives_meeting_must_be_called", "representatives", "proposing", {"all": 31}, 7),
    ("residents-2026", "representatives_meeting", "members", "for", {"all": 30, "present": 20}, 11),
    ("residents-2026", "election_by_electors", "electors", "voting", {"all": 2000}, 1001),
    ("residents-2026", "election_by_households", "households", "voting", {"all": 801}, 401),
    ("residents-2026", "election_by_representatives", "representatives", "voting", {"all": 99}, 67),
    ("residents-2026", "election_by_representatives", "representatives", "voting", {"all": 100}, 67),
    ("residents-2026", "elected", "voters", "for", {"voting": 300}, 151),
    ("residents-2026", "elected_in_second_vote", "papers", "for", {"cast": 300}, 100),
    ("residents-2026", "elected_in_second_vote", "papers", "for", {"cast": 301}, 101),
    ("residents-2026", "recall_demanded", "electors", "proposing", {"all": 1999}, 200),
    ("residents-2026", "recall_demanded", "households", "proposing", {"all": 801}, 81),
    ("residents-2026", "recall_demanded", "representatives", "proposing", {"all": 49}, 17),
    ("residents-2026", "recall_by_electors", "electors", "for", {"all": 2000, "voting": 1001}, 501),
    ("residents-2026", "recall_by_households", "households", "for", {"all": 800, "voting": 401}, 201),
    ("residents-2026", "recall_by_representatives", "representatives", "for", {"all": 99, "voting": 67}, 34),
    ("residents-2026", "audit_item_added", "representatives", "proposing", {"all": 50}, 17),
    ("residents-2026", "audit_item_added", "residents", "proposing", {"all": 1001}, 101),
    ("beijing-2024", "extraordinary_meeting_must_be_called", "heads", "proposing", {"all": 1291}, 259),
    ("beijing-2024", "owners_committee_meeting_must_be_called", "members", "proposing", {"all": 7}, 3),
    ("beijing-2024", "owners_committee_decision", "members", "for", {"all": 7, "present": 4}, 4),
    ("beijing-2024", "owners_committee_can_work", "members", "serving", {"all": 7}, 4),
    ("beijing-2024", "property_committee_meeting_must_be_called", "members", "proposing", {"all": 9}, 3),
    ("owners-2021", "dwelling_to_business", "heads", "for", {"affected": 59}, 59),
]  # fmt: skip
NUMBERS = [
    ("residents-2026", "nomination", "electors", "proposing", 10),
    ("beijing-candidates-2021", "property_committee_nomination", "households", "proposing", 10),
]


@pytest.mark.parametrize("row", EDGES, ids=lambda row: f"{row[1]} {row[2]} {row[5]}")
def test_one_below_fails_and_the_edge_and_one_above_pass(
    row: tuple[str, str, str, str, dict[str, int], int],
) -> None:
    set_, id_, axis, counted, others, edge = row
    found, most = rule(set_, id_), min(others.values())

    passed = [
        judge(found, {axis: {**others, counted: number}}).passed
        for number in (edge - 1, edge, min(edge + 1, most))
    ]
    assert passed == [False, True, True]


@pytest.mark.parametrize(("set_", "id_", "axis", "counted", "number"), NUMBERS)
def test_ten_together_are_enough(set_: str, id_: str, axis: str, counted: str, number: int) -> None:
    found = rule(set_, id_)

    assert [judge(found, {axis: {counted: n}}).passed for n in (number - 1, number, number + 1)] == [
        False,
        True,
        True,
    ]


def test_nobody_holds_more_than_three_proxies() -> None:
    found = rule("residents-2026", "proxies_held")

    assert [judge(found, {"electors": {"proxies": n}}).passed for n in (2, 3, 4)] == [True, True, False]


@pytest.mark.parametrize(
    ("present", "passed"), [(500, False), (501, True), (502, True)], ids=["half", "one more", "two more"]
)
def test_half_of_the_residents_are_not_more_than_half(present: int, passed: bool) -> None:
    counts = {"residents": {"all": 1000, "present": present, "for": present}}

    assert judge(rule("residents-2026", "meeting"), counts).passed is passed


@pytest.mark.parametrize(("present", "passed"), [(19, False), (20, True), (21, True)])
def test_a_representatives_meeting_of_thirty_opens_with_twenty(present: int, passed: bool) -> None:
    counts = {"members": {"all": 30, "present": present, "for": present}}

    assert judge(rule("residents-2026", "representatives_meeting"), counts).passed is passed


def owners(area: tuple[int, int, int], heads: tuple[int, int, int]) -> dict[str, dict[str, int]]:
    names = ("all", "participating", "for")
    return {"area": dict(zip(names, area, strict=True)), "heads": dict(zip(names, heads, strict=True))}


@pytest.mark.parametrize(
    ("id_", "area", "heads", "passed"),
    [
        ("ordinary", (9000, 6000, 3001), (900, 600, 301), True),
        ("ordinary", (9000, 5999, 3001), (900, 600, 301), False),  # 0.01 m² below two thirds
        ("ordinary", (9000, 6000, 3001), (900, 599, 301), False),  # one owner below two thirds
        ("ordinary", (9000, 6000, 3000), (900, 600, 301), False),  # half of the area is not more than half
        ("ordinary", (9000, 6000, 3001), (900, 600, 300), False),
        ("special", (9000, 6000, 4500), (900, 600, 450), True),  # three quarters are enough
        ("special", (9000, 6000, 4499), (900, 600, 450), False),
        ("special", (9000, 6000, 4500), (900, 600, 449), False),
        ("special", (9001, 6000, 6000), (900, 600, 600), False),  # 9001 · 2/3 is 6000.67
        ("special", (9001, 6001, 6001), (900, 600, 600), True),
    ],
)
def test_both_axes_of_the_owners_decide(
    id_: str, area: tuple[int, int, int], heads: tuple[int, int, int], passed: bool
) -> None:
    assert judge(rule("owners-2021", id_), owners(area, heads)).passed is passed


@pytest.mark.parametrize(
    ("all_", "delivered", "proposing", "developer", "passed"),
    [
        (10000, 4999, 500, 0, False),
        (10000, 5000, 500, 0, True),
        (10000, 5000, 499, 0, False),
        (10000, 5000, 499, 1, True),
    ],
)
def test_an_assembly_may_be_sought(
    all_: int, delivered: int, proposing: int, developer: int, passed: bool
) -> None:
    counts = {
        "area": {"all": all_, "delivered": delivered, "proposing": proposing},
        "heads": {"all": 100, "proposing": 0},
        "developer": {"proposing": developer},
    }

    assert judge(rule("beijing-2024", "assembly_may_be_sought"), counts).passed is passed


@pytest.mark.parametrize(
    ("id_", "counts", "passed"),
    [
        ("preparatory_group", {"all": 9, "owners": 5}, True),
        ("preparatory_group", {"all": 9, "owners": 4}, False),
        ("preparatory_group", {"all": 10, "owners": 5}, False),
        ("owners_committee_size", {"all": 4}, False),
        ("owners_committee_size", {"all": 5}, True),
        ("owners_committee_size", {"all": 6}, False),
        ("owners_committee_size_small", {"all": 2}, False),
        ("owners_committee_size_small", {"all": 3}, True),
        ("property_committee_composition", {"all": 7, "owners": 4}, True),
        ("property_committee_composition", {"all": 7, "owners": 3}, False),
        ("property_committee_composition", {"all": 6, "owners": 3}, False),
        ("property_committee_composition", {"all": 8, "owners": 4}, False),
    ],
)
def test_bodies_have_an_odd_number_and_enough_owners(id_: str, counts: dict[str, int], passed: bool) -> None:
    assert judge(rule("beijing-2024", id_), {"members": counts}).passed is passed


@pytest.mark.parametrize(
    ("present", "owners_present", "signed", "passed"),
    [(5, 3, 5, True), (4, 3, 5, False), (5, 2, 5, False), (5, 3, 4, False)],
)
def test_the_property_committee_decides_with_both_majorities(
    present: int, owners_present: int, signed: int, passed: bool
) -> None:
    counts = {
        "members": {"all": 9, "present": present, "for": signed},
        "owner_members": {"all": 5, "present": owners_present},
    }

    assert judge(rule("beijing-2024", "property_committee_decision"), counts).passed is passed


def test_every_rule_is_held_at_its_edge() -> None:
    held = {(set_, id_) for set_, id_, *_ in [*EDGES, *NUMBERS]}
    elsewhere = {
        ("residents-2026", "proxies_held"),
        ("owners-2021", "ordinary"),
        ("owners-2021", "special"),
        *(("beijing-2024", id_) for id_ in (
            "assembly_may_be_sought", "preparatory_group", "owners_committee_size", "owners_committee_size_small",
            "property_committee_composition", "property_committee_decision",
        )),
    }  # fmt: skip

    assert held | elsewhere == set(rules())


@given(
    st.integers(1, 10**12), st.integers(1, 20), st.integers(0, 19), st.sampled_from(["at_least", "more_than"])
)
@settings(max_examples=300, deadline=None)
def test_the_least_number_is_the_first_that_the_fraction_admits(
    base: int, below: int, above: int, compare: str
) -> None:
    share = Fraction(min(above, below), below)
    asked = least(share, base, Compare(compare))

    def admits(count: int) -> bool:
        return Fraction(count, base) >= share if compare == "at_least" else Fraction(count, base) > share

    assert admits(asked)
    assert not admits(asked - 1)


def test_two_thirds_of_nobody_decide_nothing() -> None:
    counts = {"members": {"all": 0, "present": 0, "for": 0}}

    assert judge(rule("residents-2026", "representatives_meeting"), counts).passed is False


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        ({"members": {"all": 30, "present": 31, "for": 3}}, ValueError),
        ({"members": {"all": 30, "present": -1, "for": 3}}, ValueError),
        ({"members": {"all": 30, "present": 20.0, "for": 3}}, TypeError),
        ({"members": {"all": 30, "present": 20}}, NotCounted),
        ({"people": {}}, NotCounted),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    counts: dict[str, dict[str, int]], wrong: type[Exception]
) -> None:
    with pytest.raises(wrong):
        judge(rule("residents-2026", "representatives_meeting"), counts)


def test_a_later_law_does_not_reach_back() -> None:
    assert set_on("residents", date(2026, 1, 1)) == "residents-2026"
    with pytest.raises(KeyError, match="2025-12-31"):
        set_on("residents", date(2025, 12, 31))
    assert sets()["owners-2021"] == date(2021, 1, 1)


FILES = {
    "residents-2026": "城市居民委员会组织法(2025-10-28).md",
    "owners-2021": "物权编.md",
    "beijing-2024": "北京市物业管理条例(2024-03-29).md",
}


@pytest.mark.parametrize("named", [key for key, found in rules().items() if found.mark == "L"])
def test_the_statute_says_what_the_rule_quotes(named: tuple[str, str]) -> None:
    found = rules()[named]
    file = LAWS / FILES[found.set]
    if not file.exists():
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("The statutes are not there: set LINLI_SHARED to the shared folder.")
    from linli.engines.numerals import chinese_number

    text = re.sub(r"\s", "", file.read_text(encoding="utf-8"))
    article = text.split(f"第{chinese_number(found.article)}条", 1)[1].split(
        f"第{chinese_number(found.article + 1)}条", 1
    )[0]
    assert found.quote in article
