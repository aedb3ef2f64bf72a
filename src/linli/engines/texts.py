"""Text as Chinese offices keep it (UTF-8 with or without a byte order mark, or GB18030), and how wide it is."""

from unicodedata import east_asian_width


class NotText(ValueError):
    """Bytes that are neither; ``line`` is where UTF-8 first fails, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is neither UTF-8 nor GB18030")
        self.line = line


def decoded(raw: bytes) -> str:
    """The text without its byte order mark; line ends stay as they are. NotText when it is none. O(size)."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
    try:
        return raw.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise NotText(line) from None


def wide(words: str) -> int:
    """Half-width characters, a Chinese one counting two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def shortened(words: str, room: int) -> str:
    """Cut to so many half-width characters, the dots included."""
    if wide(words) <= room:
        return words
    kept = ""
    for letter in words:
        if wide(kept + letter) > room - 2:
            break
        kept += letter
    return kept.rstrip() + "…"
