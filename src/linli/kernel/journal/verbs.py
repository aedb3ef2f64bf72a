"""Verbs and who listens to them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Listener = Callable[[Any], None]
_listeners: defaultdict[str, list[Listener]] = defaultdict(list)


def on(verb: str) -> Callable[[Listener], Listener]:
    """Register ``listener(entry)`` for a verb; it runs inside the transaction that records it."""

    def register(listener: Listener) -> Listener:
        _listeners[verb].append(listener)
        return listener

    return register


def listeners(verb: str) -> list[Listener]:
    return _listeners[verb]


def listened_verbs() -> set[str]:
    return {verb for verb, found in _listeners.items() if found}
