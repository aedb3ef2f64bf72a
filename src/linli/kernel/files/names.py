"""What a file may be called: words only, no path, no hidden direction, no second meaning for a header."""

import unicodedata

LONGEST = 80
BARRED = set('\\/:*?"<>|%;=`')


def cleaned(name: str, ending: str) -> str:
    """The name somebody gave, made harmless and given the ending of what the file really is."""
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    last = plain.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    kept = "".join(" " if odd(c) else c for c in stem)
    words = " ".join(kept.split()).strip(". ")[:LONGEST].strip(". ")
    return f"{words or ending}.{ending}"


def odd(character: str) -> bool:
    """Controls, format marks (direction overrides, zero widths), surrogates, and what paths and headers use."""
    return character in BARRED or unicodedata.category(character) in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    }
