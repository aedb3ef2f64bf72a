"""What an address asks for beside its path."""

from typing import Any

LONGEST = 18  # digits a 63-bit key may have


def number(request: Any, name: str) -> int | None:
    """A whole number of the query string; anything else, such as ``²`` or a sentence, is no number."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
