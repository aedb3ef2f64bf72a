"""What the modules' cards offer to the shell. A card (AppConfig) may hold three lists:

``tiles``  services on the home page: ``{"icon", "title", "line", "url", "tone", "order"}``
``nav``    pages of the main navigation: ``{"title", "url", "order"}``
``rail``   pages of the staff rail: ``{"icon", "title", "url", "allow", "order"}``

``url`` is a URL name, or an address that begins with a slash. ``tone`` is one of "", r, b, g, p, n.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from linli.web.decorators import as_tuple, may_open


@cache
def _cards(name: str) -> tuple[dict[str, Any], ...]:
    found = [card for config in apps.get_app_configs() for card in getattr(config, name, ())]
    return tuple(sorted(found, key=lambda card: card.get("order", 50)))


@cache
def _standing_here(name: str, _urlconf: Any, _prefix: str) -> tuple[dict[str, Any], ...]:
    """The cards with their addresses, looked up once a process and list of addresses."""
    return tuple(_with_addresses(_cards(name)))


def _here(name: str) -> tuple[dict[str, Any], ...]:
    return _standing_here(name, get_urlconf(), get_script_prefix())


def address(card: dict[str, Any]) -> str:
    """Nothing for a room that is not in this house's list of addresses: its card is then not shown."""
    url = str(card["url"])
    if url.startswith("/"):
        return url
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""


def _with_addresses(cards: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    addressed = ({**card, "address": address(card)} for card in cards)
    return [card for card in addressed if card["address"]]


def tiles() -> list[dict[str, Any]]:
    """The services that exist here; the first is the one solid green tile."""
    return list(_here("tiles"))


def nav() -> list[dict[str, Any]]:
    return list(_here("nav"))


def settings() -> list[dict[str, Any]]:
    """Pages of the settings that modules and the shell add to those of places, roles and rules."""
    return list(_here("settings"))


def rail(request: Any) -> list[dict[str, Any]]:
    """The staff pages this reader may open."""
    return [c for c in _here("rail") if may_open(as_tuple(c.get("allow", "staff")), request)]
