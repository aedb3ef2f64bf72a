import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.files.names import LONGEST, cleaned


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("路灯坏了.JPEG", "路灯坏了.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\wang\\photo.png", "photo.jpg"),
        ("photo\u202egpj.exe", "photo gpj.jpg"),
        ("a\0b\r\nSet-Cookie: x.jpg", "a b Set-Cookie x.jpg"),
        ("𠮷野家𪚥.heic", "𠮷野家𪚥.jpg"),
        ("灯\u200b\u2066坏\ufeff.jpg", "灯 坏.jpg"),
        ("...", "jpg.jpg"),
        ("", "jpg.jpg"),
        ("x" * 400 + ".jpg", "x" * 80 + ".jpg"),
        ("a.b.c.jpg", "a.b.c.jpg"),
        ("\ud800.jpg", "jpg.jpg"),
        ('"><img src=x>.jpg', "img src x.jpg"),
    ],
)
def test_a_name_keeps_its_words_and_nothing_else(given_name: str, kept: str) -> None:
    assert cleaned(given_name, "jpg") == kept


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_name_carries_a_path_a_direction_or_a_line_break(name: str) -> None:
    made = cleaned(name, "pdf")
    stem = made.removesuffix(".pdf")
    assert made.endswith(".pdf") and 0 < len(stem) <= LONGEST
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c in '/\\"<>' for c in made)
    assert cleaned(made, "pdf") == made
