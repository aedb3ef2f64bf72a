"""Numbers as statutes print them."""

NUMERALS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """From 0 to 999: 10 is 十, 24 is 二十四, 104 is 一百零四, 278 is 二百七十八."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    hundred = NUMERALS[hundreds] + "百" if hundreds else ""
    ten = ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十" if tens else ""
    gap = "零" if hundreds and ones and not tens else ""
    return hundred + gap + ten + (NUMERALS[ones] if ones or not number else "")
