"""Words that data brings along in both languages, told in the one that is being spoken."""

from dataclasses import dataclass

from django.utils.translation import get_language


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
