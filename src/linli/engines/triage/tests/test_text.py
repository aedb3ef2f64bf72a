from hypothesis import given
from hypothesis import strategies as st

from linli.engines.triage.text import normalise, tidy


def test_homophones_and_slips_read_like_the_word_that_was_meant() -> None:
    typed = "我想反应一下，三号楼电提坏了，垃极也没人收，暖汽不热"

    assert normalise(typed) == "我想反映一下,三号楼电梯坏了,垃圾也没人收,暖气不热"


def test_a_sincere_reaction_stays_a_reaction() -> None:
    assert normalise("药物反应很大") == "药物反应很大"


def test_wide_letters_and_shouting_are_calmed() -> None:
    assert normalise("Ｎｏ Ｗａｔｅｒ！！！") == "no water!"


@given(st.text(alphabet="电提垃极！。,aA１ 楼号", max_size=30))
def test_tidying_twice_changes_nothing(typed: str) -> None:
    once = tidy(typed)

    assert tidy(once) == once
