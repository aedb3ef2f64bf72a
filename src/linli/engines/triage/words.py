"""The word lists at work: which rules of which category a text fires, and by which words."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from linli.engines.triage.catalogue import categories

HERE = Path(__file__).parent

SURE, HINT, EVERYDAY, NOT = "sure", "hint", "everyday", "not"
KINDS = (SURE, HINT, EVERYDAY, NOT)

Section = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when a text says one word of each slot."""

    code: str
    kind: str
    slots: tuple[int, ...]
    lone_character: bool


@dataclass(frozen=True, slots=True)
class Fired:
    rule: Rule
    words: tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """Words point to slots, slots to rules, so a text is read once whatever the number of rules."""

    slots_of: dict[str, list[int]] = field(default_factory=dict)
    rules_of: dict[int, list[int]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def words_in(self, text: str) -> dict[str, None]:
        """In the order of the text, so that ties are always broken alike."""
        found: dict[str, None] = {}
        slots_of = self.slots_of
        for start, first in enumerate(text):
            for length in self.lengths.get(first, ()):
                word = text[start : start + length]
                if word in slots_of and not _inside_a_latin_word(text, start):
                    found[word] = None
        return found

    def heard(self, text: str) -> dict[int, str]:
        """Slot -> the longest word of it that the text says."""
        slots: dict[int, str] = {}
        for word in self.words_in(text):
            for slot in self.slots_of[word]:
                if slot not in slots or len(word) > len(slots[slot]):
                    slots[slot] = word
        return slots

    def fired(self, text: str) -> list[Fired]:
        slots, counts = self.heard(text), dict[int, int]()
        for slot in slots:
            for number in self.rules_of[slot]:
                counts[number] = counts.get(number, 0) + 1
        complete = sorted(n for n, count in counts.items() if count == len(self.rules[n].slots))
        fired = (self.rules[number] for number in complete)
        return [Fired(rule, tuple([slots[slot] for slot in rule.slots])) for rule in fired]


def _inside_a_latin_word(text: str, start: int) -> bool:
    return text[start].isascii() and start > 0 and _latin(text[start]) and _latin(text[start - 1])


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


class Compiler:
    """Turns the written rules into a Lexicon; slots written alike are shared."""

    def __init__(self, families: dict[str, str]) -> None:
        self.families = families
        self.numbers: dict[str, int] = {}
        self.lexicon = Lexicon()

    def add(self, code: str, kind: str, written: str) -> None:
        slots = tuple(dict.fromkeys(self._slot(slot) for slot in written.split("+")))
        self.lexicon.rules.append(Rule(code, kind, slots, lone_character=len(written) == 1))
        for slot in slots:
            self.lexicon.rules_of.setdefault(slot, []).append(len(self.lexicon.rules) - 1)

    def finish(self) -> Lexicon:
        by_first: dict[str, set[int]] = defaultdict(set)
        for word in self.lexicon.slots_of:
            by_first[word[0]].add(len(word))
        self.lexicon.lengths = {first: tuple(sorted(lengths)) for first, lengths in by_first.items()}
        return self.lexicon

    def _slot(self, written: str) -> int:
        if written not in self.numbers:
            number = self.numbers[written] = len(self.numbers)
            for word in self._alternatives(written):
                self.lexicon.slots_of.setdefault(word, []).append(number)
        return self.numbers[written]

    def _alternatives(self, written: str) -> list[str]:
        words: list[str] = []
        for part in written.split("|"):
            words += self._alternatives(self.families[part[1:]]) if part.startswith("@") else [spoken(part)]
        return list(dict.fromkeys(words))


def spoken(word: str) -> str:
    return word.replace("-", " ") if word.isascii() else word


@lru_cache(maxsize=4)
def written(name: str) -> dict[str, Section]:
    """A file of rules, as written."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def compile_rules(name: str, kinds: Iterable[str] = KINDS) -> Lexicon:
    """The rules of one file; codes are its section names."""
    compiler, asked = Compiler(written(name)["families"]), tuple(kinds)
    for code, section in written(name).items():
        for kind in asked if code not in {"families", "typos"} else ():
            for rule in section.get(kind, "").split():
                compiler.add(code, kind, rule)
    if name == "words" and EVERYDAY in asked:
        _add_everyday_words(compiler)
    return compiler.finish()


def _add_everyday_words(compiler: Compiler) -> None:
    for category in categories():
        for word in category.everyday_words:
            compiler.add(category.code, EVERYDAY, word)
