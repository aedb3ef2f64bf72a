"""What an address asks for beside its path."""

from typing import Any

GREATEST = 2**63 - 1  # of a key


def number(request: Any, name: str) -> int | None:
    """A whole number of the query string; anything else, such as ``²`` or a sentence, is no number."""
    text = request.GET.get(name, "")
    found = int(text) if text.isdecimal() and len(text) <= len(str(GREATEST)) else None
    return found if found is not None and found <= GREATEST else None
