"""What a text becomes in the index, and what a searched phrase asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.search.snippets import marked
from linli.kernel.search.splitting import MOST_TOKENS, tokens, wanted

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("楼道漏水", ["楼道", "道漏", "漏水", "水"]),
        ("3号楼２单元", ["3", "号楼", "楼", "2", "单元", "元"]),
        ("电梯（Lift B3）坏了！", ["电梯", "梯", "lift", "b3", "坏了", "了"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("\ue000r7 猫", ["r7", "猫"]),
        ("", []),
    ],
)
def test_a_text_in_the_index(text: str, held: list[str]) -> None:
    assert tokens(text) == held


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("漏水", ["漏水"]),
        ("停车位", ["停车", "车位"]),
        ("楼道漏水", ["楼道", "漏水"]),
        ("猫", ["猫*"]),
        ("LIFT 坏", ["lift", "坏*"]),
        ("！？", []),
        ("一二三四五六七八九十" * 10, wanted("一二三四五六七八九十" * 10)),
    ],
)
def test_a_searched_phrase(words: str, asked: list[str]) -> None:
    assert wanted(words) == asked
    assert len(asked) <= MOST_TOKENS


@given(before=HAN, words=HAN, after=HAN)
def test_what_stands_together_in_a_text_is_always_found(before: str, words: str, after: str) -> None:
    held = tokens(before + words + after)
    for token in wanted(words):
        if token.endswith("*"):
            assert any(one.startswith(token[:-1]) for one in held)
        else:
            assert token in held


def test_the_snippet_marks_what_was_asked_for() -> None:
    assert marked("三号楼楼道顶上漏水三天了", "楼道漏水", width=60) == (
        ("三号楼", False), ("楼道", True), ("顶上", False), ("漏水", True), ("三天了", False),
    )  # fmt: skip
    assert marked("一" * 100 + "漏水" + "二" * 100, "漏水", width=20) == (
        ("…", False), ("一" * 5, False), ("漏水", True), ("二" * 13, False), ("…", False),
    )  # fmt: skip
    assert marked("ﬀ Ⅷ 电梯", "电梯", width=20) == (("ﬀ Ⅷ ", False), ("电梯", True))


@given(text=st.text(max_size=80), words=st.text(max_size=10), width=st.integers(5, 60))
def test_a_snippet_never_invents_text(text: str, words: str, width: int) -> None:
    parts = marked(text, words, width=width)
    inner = "".join(part for part, _hit in parts).strip("…")
    assert inner.strip() in " ".join(text.split()) or "…" in text
