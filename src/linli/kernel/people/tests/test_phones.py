import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.people.phones import is_mobile, masked, may_receive_code, normalise

MOBILES = st.from_regex(r"1[0-9]{10}", fullmatch=True)
BETWEEN = st.text(alphabet=" -()\u200b\u3000.\u00a0", max_size=3)


@st.composite
def ways_to_write(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and one of the ways in which people write it."""
    digits = draw(MOBILES)
    wide = draw(st.booleans())
    shown = [chr(0xFF10 + int(d)) if wide else d for d in digits]
    written = (
        draw(BETWEEN).join(shown[:3])
        + draw(BETWEEN)
        + "".join(shown[3:7])
        + draw(BETWEEN)
        + "".join(shown[7:])
    )
    return digits, draw(st.sampled_from(["", "+86", "+86 ", "0086", "86-", "(+86)"])) + written + draw(
        BETWEEN
    )


@given(ways_to_write())
def test_every_way_to_write_a_number_is_one_number(case: tuple[str, str]) -> None:
    digits, written = case

    assert normalise(written) == digits
    assert may_receive_code(normalise(written)).ok


@given(st.text())
def test_normalising_twice_changes_nothing_when_the_number_is_a_mobile_number(text: str) -> None:
    once = normalise(text)

    assert set(once) <= set("0123456789")
    assert not is_mobile(once) or normalise(once) == once


@given(MOBILES, MOBILES)
def test_two_numbers_never_become_one(one: str, other: str) -> None:
    assert (normalise(one) == normalise(other)) is (one == other)


@given(st.text(alphabet="0123456789", max_size=20))
def test_a_masked_number_hides_all_but_seven_digits_and_keeps_its_length(digits: str) -> None:
    shown = masked(digits)

    assert len(shown) == len(digits)
    assert sum(c.isdigit() for c in shown) <= 7
    assert len(digits) < 3 or "*" in shown or len(digits) == 7


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1000417", "The number is 4 digits short."),
        ("1000000041", "The number is 1 digit short."),
        ("100000004171", "The number is 1 digit too long."),
        ("20000000417", "A mobile number begins with 1 and has 11 digits. Please check it."),
        ("", "A mobile number begins with 1 and has 11 digits. Please check it."),
        ("王阿姨", "A mobile number begins with 1 and has 11 digits. Please check it."),
    ],
)
def test_a_wrong_number_is_told_how_it_is_wrong(typed: str, said: str, in_english: None) -> None:
    assert may_receive_code(normalise(typed)).reason == said


def test_a_landline_keeps_its_area_code() -> None:
    assert normalise("010-8612 3456") == "01086123456"
    assert normalise("8612 3456") == "86123456"


def test_the_masked_form() -> None:
    assert masked("10000000417") == "100****0417"
