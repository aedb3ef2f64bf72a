"""Bad files get one sentence with their line; nothing else ever escapes."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.choices import BadFile, parse, read, write
from linli.engines.choices.preflib import plain, slowly

GOOD = """# TITLE: 修哪里
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: 灯
# ALTERNATIVE NAME 2: 树
# ALTERNATIVE NAME 3: 椅
3: 1,{2,3}
2: {},2
1:
"""


def test_a_good_file_is_read_as_it_stands() -> None:
    found = parse(GOOD, "toi")

    assert found.names == {1: "灯", 2: "树", 3: "椅"}
    assert found.orders == ((((1,), (2, 3)), 3), (((), (2,)), 2), ((), 1))
    assert (found.voters, found.abstained, found.title) == (5, 1, "修哪里")
    assert parse(write(found), "toi").orders == found.orders


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (GOOD.replace("VOTERS: 6", "VOTERS: 7"), 4, "NUMBER VOTERS says 7, but there are 6."),
        (GOOD.replace("ORDERS: 3", "ORDERS: 4"), 5, "NUMBER UNIQUE ORDERS says 4, but there are 3."),
        (GOOD.replace("ALTERNATIVES: 3", "ALTERNATIVES: 2"), 3, "NUMBER ALTERNATIVES says 2, but there are 3."),
        (GOOD.replace("NAME 3", "NAME 2"), 8, "alternative 2 is named twice."),
        (GOOD.replace("{2,3}", "{2,2}"), 9, "an alternative is ranked twice."),
        (GOOD.replace("{2,3}", "{2,4}"), 9, "there is no alternative 4."),
        (GOOD.replace("{2,3}", "{2,-3}"), 9, "“-3” is no number of an alternative."),
        (GOOD.replace("{2,3}", "{2,3"), 9, "the ranks cannot be read."),
        (GOOD.replace("3: 1,{2,3}", "3: 1,{2,3},"), 9, "the ranks cannot be read."),
        (GOOD.replace("3: 1", "NaN: 1"), 9, "a ballot line begins with how many cast it and a colon."),
        (GOOD.replace("3: 1", "-3: 1"), 9, "a ballot line begins with how many cast it and a colon."),
        (GOOD.replace("3: 1", "0: 1"), 9, "a ballot line begins with how many cast it and a colon."),
        (GOOD.replace("1:\n", "1: {},2\n"), 11, "the same order stands in the file twice."),
        (GOOD[: GOOD.index("3: 1")], 0, "there are no named alternatives or no ballots."),
        ("", 0, "there are no named alternatives or no ballots."),
        (GOOD + "9" * 1_000_001, 12, "it is far too long to be a ballot."),
        (GOOD + "\0", 12, "it holds a zero byte."),
        (GOOD.replace("TYPE: toi", "TYPE: cat"), 2, "the type must be soc, soi, toc or toi."),
    ],
)  # fmt: skip
def test_a_bad_file_says_which_line(wrong: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        parse(wrong, "toi")

    assert (refused.value.line, refused.value.en) == (line, said)
    assert refused.value.zh


@pytest.mark.parametrize(
    ("kind", "line", "said"),
    [("soi", 9, "a soi file has no ties."), ("toc", 10, "a toc file ranks every alternative.")],
)
def test_the_type_of_the_file_is_kept(kind: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        parse(GOOD, kind)

    assert (refused.value.line, refused.value.en) == (line, said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_chinese_offices_are_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "修哪里.toi"
    file.write_bytes(GOOD.replace("\n", "\r\n").encode(encoding))

    assert read(file).names[1] == "灯"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.toi"
    file.write_bytes(b"# TITLE: x\n\xff\xff\xff")

    with pytest.raises(BadFile, match="line 2: this is neither UTF-8 nor GB18030"):
        read(file)


@given(
    st.integers(0, len(GOOD)), st.text(alphabet="0123456789:,{}# \n灯-.eNa", max_size=12), st.integers(0, 20)
)
@settings(max_examples=500, deadline=None)
def test_no_file_brings_another_fault(at: int, put: str, cut: int) -> None:
    with suppress(BadFile):
        parse(GOOD[:at] + put + GOOD[at + cut :], "toi")


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with pytest.raises(BadFile):
        parse(text, "soi")


STRICT = """# DATA TYPE: soi
# NUMBER VOTERS: 6
# ALTERNATIVE NAME 1: 灯
# ALTERNATIVE NAME 2: 树
# ALTERNATIVE NAME 4: 椅
3: 1,2,4
2: 4, 2
1: 2
"""


@given(st.integers(0, len(STRICT)), st.text(alphabet="0123456789:, \n4", max_size=6), st.integers(0, 8))
@settings(max_examples=500, deadline=None)
def test_reading_at_once_equals_reading_line_by_line(at: int, put: str, cut: int) -> None:
    text = STRICT[:at] + put + STRICT[at + cut :]
    quick = plain(text, "soi")
    if quick is None:
        return
    slow = slowly(text, "soi")

    assert (quick.names, list(quick.orders), quick.title) == (slow.names, list(slow.orders), slow.title)
    assert quick.ranks.tolist() == slow.ranks.tolist()
    assert (quick.voters, quick.abstained) == (slow.voters, slow.abstained)


def test_a_strict_file_is_read_at_once() -> None:
    found = plain(STRICT, "soi")

    assert found is not None
    assert found.orders[1] == (((4,), (2,)), 2)
