"""Papers to counts: heads merged, areas summed, silence both ways, against a slow count by definition."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.thresholds import Said, Silence, Unit, count, judge, rule, tell

SAID = st.sampled_from(list(Said))


def flats(*buyers: str, area: int = 8000) -> list[Unit]:
    return [Unit(f"u{n}", area, buyer) for n, buyer in enumerate(buyers)]


def test_one_buyer_of_three_flats_is_one_head_with_all_their_area() -> None:
    units = flats("王阿姨", "李大爷", "李大爷", "李大爷")
    both = count(units, {"u0": Said.AGAINST, "u1": Said.FOR, "u2": Said.FOR, "u3": Said.FOR})

    assert both.strict["heads"] == {
        "all": 2, "for": 1, "against": 1, "abstain": 0, "split": 0, "participating": 2,
    }  # fmt: skip
    assert both.strict["area"] == {
        "all": 32000, "for": 24000, "against": 8000, "abstain": 0, "participating": 32000,
    }  # fmt: skip


def test_what_the_developer_has_not_sold_or_handed_over_is_one_head() -> None:
    units = [*flats("王阿姨", "", ""), Unit("late", 9000, "李大爷", delivered=False)]

    assert count(units, {}).strict["heads"]["all"] == 2


def test_a_buyer_who_says_both_takes_part_and_agrees_to_nothing() -> None:
    both = count(flats("李大爷", "李大爷"), {"u0": Said.FOR, "u1": Said.AGAINST})

    assert (both.strict["heads"]["participating"], both.strict["heads"]["for"]) == (1, 0)
    assert both.strict["heads"]["split"] == 1


def test_a_void_paper_does_not_take_part_and_is_not_silent_either() -> None:
    units = flats("王阿姨", "李大爷", "周爷爷")
    papers = {"u0": Said.FOR, "u1": Said.VOID}
    both = count(units, papers, served=["u1", "u2"], silence=Silence.FOLLOW_MAJORITY)

    assert (both.strict["heads"]["participating"], both.with_silence["heads"]["participating"]) == (1, 2)


def the_case_of_1291() -> tuple[list[Unit], dict[str, Said], list[str]]:
    """1,291 votes, 703 returned (417 for, 278 against, 8 abstain), 584 more served: (2022)沪02民初16号."""
    units = [Unit(f"u{n}", 8000, f"owner {n}") for n in range(1291)]
    said = [Said.FOR] * 417 + [Said.AGAINST] * 278 + [Said.ABSTAIN] * 8
    return units, {f"u{n}": one for n, one in enumerate(said)}, [f"u{n}" for n in range(703 + 584)]


def test_the_case_of_1291_fails_strictly_and_passes_only_with_the_rule_of_silence() -> None:
    units, papers, served = the_case_of_1291()
    both = count(units, papers, served, Silence.FOLLOW_MAJORITY)
    ordinary = rule("owners-2021", "ordinary")
    strict, silent = judge(ordinary, both.strict), judge(ordinary, both.with_silence)

    assert (strict.passed, silent.passed, both.followed) == (False, True, Said.FOR)
    assert [check.short for check in strict.checks] == [12613_34, 158, 0, 0]
    assert count(units, papers, served).with_silence == both.strict
    assert tell(strict).splitlines()[2] == (
        "参与表决 703 户，全体 1291 户，要三分之二以上（至少 861 户），还差 158 户。"
    )
    assert tell(strict, "en").splitlines() == [
        "Owners decide: ordinary matters: not reached.",
        "56,240.00 m² taking part of 103,280.00 m² all; at least 2/3 needed, 68,853.34 m²: 12,613.34 m² short.",
        "703 owners taking part of 1,291 owners all; at least 2/3 needed, 861 owners: 158 owners short.",
        "33,360.00 m² in favour of 56,240.00 m² taking part; more than 1/2 needed, 28,120.01 m²: 5,239.99 m² to spare.",
        "417 owners in favour of 703 owners taking part; more than 1/2 needed, 352 owners: 65 owners to spare.",
        "Civil Code, Article 278",
    ]


def test_silence_follows_nobody_when_area_and_heads_name_different_groups() -> None:
    units = [Unit("big", 30000, "李大爷"), *flats("王阿姨", "周爷爷", "陈晓雨")]
    papers = {"big": Said.AGAINST, "u0": Said.FOR, "u1": Said.FOR}
    both = count(units, papers, served=["u2"], silence=Silence.FOLLOW_MAJORITY)

    assert both.followed is None
    assert both.with_silence["heads"] == {
        "all": 4, "for": 2, "against": 1, "abstain": 1, "split": 0, "participating": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("units", "papers", "said"),
    [
        ([*flats("王阿姨"), *flats("李大爷")], {}, "unit u0 is on the list twice"),
        ([Unit("u0", 0, "王阿姨")], {}, "unit u0 has no area"),
        (flats("王阿姨"), {"u7": Said.FOR}, "unit u7 is not on the list"),
    ],
)
def test_a_list_that_cannot_be_is_refused(units: list[Unit], papers: dict[str, Said], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        count(units, papers)


UNITS = st.lists(
    st.tuples(st.integers(1, 30000), st.sampled_from(["a", "b", "c", "d", ""]), st.booleans()), max_size=14
)


@given(UNITS, st.lists(st.none() | SAID, min_size=14, max_size=14), st.sets(st.integers(0, 13)))
@settings(max_examples=300, deadline=None)
def test_any_vote_equals_a_slow_count_by_definition(
    drawn: list[tuple[int, str, bool]], said: list[Said | None], served: set[int]
) -> None:
    units = [Unit(f"u{n}", area, buyer, delivered) for n, (area, buyer, delivered) in enumerate(drawn)]
    papers = {unit.id: one for unit, one in zip(units, said, strict=False) if one is not None}
    reached = [f"u{n}" for n in sorted(served) if n < len(units)]
    both = count(units, papers, reached, Silence.FOLLOW_MAJORITY)

    returned = {id_: one for id_, one in papers.items() if one is not Said.VOID}
    silent = {id_: both.followed or Said.ABSTAIN for id_ in reached if id_ not in papers}
    assert both.strict == slowly(units, returned)
    assert both.with_silence == slowly(units, {**returned, **silent})


def slowly(units: list[Unit], said: dict[str, Said]) -> dict[str, dict[str, int]]:
    heads = sorted({unit.head for unit in units})
    of_head = {head: {said[u.id] for u in units if u.head == head and u.id in said} for head in heads}
    one_voice = Counter(next(iter(voices)) for voices in of_head.values() if len(voices) == 1)
    area = {one: sum(u.area for u in units if said.get(u.id) is one) for one in Said if one is not Said.VOID}
    return {
        "area": {"all": sum(u.area for u in units), **{k.value: v for k, v in area.items()},
                 "participating": sum(area.values())},
        "heads": {"all": len(heads), **{one.value: one_voice[one] for one in area},
                  "split": sum(len(voices) > 1 for voices in of_head.values()),
                  "participating": sum(bool(voices) for voices in of_head.values())},
    }  # fmt: skip


def test_the_example_of_the_guide_is_as_counted_by_hand() -> None:
    """docs/engines/thresholds.md, five flats."""
    units = [
        Unit("1", 6000, "王阿姨"), Unit("2", 8000, "李大爷"), Unit("3", 8000, "李大爷"),
        Unit("4", 5000, "周爷爷"), Unit("5", 13000, ""),
    ]  # fmt: skip
    papers = {"1": Said.FOR, "2": Said.FOR, "3": Said.FOR, "4": Said.AGAINST}
    ordinary = rule("owners-2021", "ordinary")
    came = judge(ordinary, count(units, papers).strict)
    stayed = judge(ordinary, count(units, {k: v for k, v in papers.items() if k != "4"}).strict)

    assert (came.passed, [check.spare for check in came.checks]) == (True, [333, 0, 8499, 0])
    assert [check.short for check in stayed.checks] == [4667, 1, 0, 0]
