"""What an address asks for beside its path."""

from typing import Any

GREATEST = 2**63 - 1  # of a key


def number(request: Any, name: str, asked_in: Any = None) -> int | None:
    """A whole number of the query string (or of ``asked_in``); anything else, such as ``²``, is no number."""
    return whole((request.GET if asked_in is None else asked_in).get(name, ""))


def whole(text: str) -> int | None:
    """The number that a text is, if it can be a key."""
    found = int(text) if text.isdecimal() and len(text) <= len(str(GREATEST)) else None
    return found if found is not None and found <= GREATEST else None
