"""Every address of the house, and what it declares about who may open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FILLING = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


@dataclass(frozen=True)
class Address:
    """A pattern such as ``matter/<int:pk>/`` with the view behind it."""

    pattern: str
    name: str
    view: Any
    converters: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        """The pattern with something in each gap."""
        text = self.pattern
        for gap, filling in self.converters:
            text = text.replace(gap, filling)
        return "/" + text

    @property
    def is_declared(self) -> bool:
        return hasattr(self.view, "allow") and hasattr(self.view, "methods")


def all_addresses(patterns: list[Any] | None = None, before: str = "", space: str = "") -> Iterator[Address]:
    """Walk the resolver, namespaces and converters included."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from all_addresses(entry.url_patterns, route, inner)
        elif isinstance(entry, URLPattern):
            yield Address(route, f"{space}{entry.name}", entry.callback, gaps(route, entry))


def gaps(route: str, entry: URLPattern) -> tuple[tuple[str, str], ...]:
    """``<int:pk>`` with a filling that its converter accepts."""
    found = []
    rest = route
    while "<" in rest:
        gap = rest[rest.index("<") : rest.index(">") + 1]
        kind = gap.strip("<>").split(":")[0] if ":" in gap else "str"
        found.append((gap, FILLING.get(kind, "1")))
        rest = rest[rest.index(">") + 1 :]
    return tuple(found)


def undeclared(addresses: list[Address]) -> list[str]:
    return [address.pattern for address in addresses if not address.is_declared]
