"""Split text into what the index holds: pairs of Chinese characters, whole words of other scripts, numbers.

Every character of a Chinese run begins a pair, the last one stands alone; so a word of two characters
is one token, a longer one is covered by pairs, and a single character is the beginning of a token.
Changing this file changes what lies in the index: follow it with ``rebuild`` in a migration.
"""

import unicodedata
from collections.abc import Iterator

LONGEST_QUERY = 60
MOST_TOKENS = 12
PAIRED = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def plain(text: str) -> str:
    """One spelling for one thing: full-width and half-width, upper and lower case fall together."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_paired(char: str) -> bool:
    """Characters of scripts written without spaces: Han of every plane, kana, hangul."""
    return any(first <= ord(char) <= last for first, last in PAIRED)


def runs(text: str) -> Iterator[str]:
    """Unbroken stretches of letters and digits, cut where Chinese begins or ends."""
    run = ""
    for char in plain(text):
        if not char.isalnum():
            char = ""  # noqa: PLW2901 -- anything else only separates
        if run and (not char or is_paired(char) != is_paired(run[0])):
            yield run
            run = ""
        run += char
    if run:
        yield run


def tokens(text: str) -> list[str]:
    """What the index holds of a text, each token once, in order of appearance."""
    found: dict[str, None] = {}
    for run in runs(text):
        if is_paired(run[0]):
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run))))
        else:
            found[run[:60]] = None
    return list(found)


def wanted(words: str) -> list[str]:
    """The tokens a searched phrase asks for; one that ends in ``*`` asks for a beginning.

    Pairs are taken side by side (楼道漏水 asks for 楼道 and 漏水), so that words which stand apart in a
    text are found and words which stand together always are.
    """
    found: dict[str, None] = {}
    for run in runs(words[:LONGEST_QUERY]):
        found.update(dict.fromkeys(_asked(run)))
    return list(found)[:MOST_TOKENS]


def _asked(run: str) -> list[str]:
    if not is_paired(run[0]):
        return [run]
    if len(run) == 1:
        return [run + "*"]
    starts = list(range(0, len(run) - 1, 2))
    if len(run) % 2:
        starts.append(len(run) - 2)
    return [run[at : at + 2] for at in starts]
