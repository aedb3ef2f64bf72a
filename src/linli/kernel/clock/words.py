"""Words that data brings along in both languages, told in the one that is being spoken."""

from dataclasses import dataclass

from django.utils.translation import get_language

NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Words:
    zh: str = ""
    en: str = ""

    def told(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.told(get_language() or "zh-hans")

    def __bool__(self) -> bool:
        return bool(self.zh)


NO_WORDS = Words()


def chinese_number(number: int) -> str:
    """An article's number as a statute prints it, up to 199: 24 is 二十四, 10 is 十, 104 is 一百零四."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    ten = ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十" if tens else ""
    gap = "零" if hundreds and ones and not tens else ""
    return ("一百" if hundreds else "") + gap + ten + (NUMERALS[ones] if ones or not number else "")
