"""What every template knows of the shell. Each fact is asked for only when a template shows it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from linli.kernel.clock import now
from linli.kernel.inbox.queries import waiting_count
from linli.kernel.places.models import Body
from linli.web import cards
from linli.web.community import community_of, desk_of
from linli.web.degraded import noticed_lately
from linli.web.visitors import token_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazily: the community and its desk, the navigation, what waits, the size of type."""
    person = getattr(request, "person", None)
    return {
        "person": person,
        "standing": getattr(request, "standing", None),
        **type_of(getattr(request, "mode", "")),
        "typed": getattr(request, "typed", {}),
        "community": SimpleLazyObject(lambda: community_of(request)),
        "desk": SimpleLazyObject(lambda: desk_for(request)),
        "nav_cards": cards.nav,
        "tile_cards": cards.tiles,
        "settings_cards": cards.settings,
        "rail_cards": SimpleLazyObject(lambda: cards.rail(request)),
        "waiting": SimpleLazyObject(lambda: waiting_for(person)),
        "now": SimpleLazyObject(now),
        "is_demo": settings.LINLI_DEMO,
        "cannot_write": noticed_lately(),
        **token_of(request),
    }


def type_of(mode: str) -> dict[str, Any]:
    """The size of type in the words of the style sheet."""
    return {"mode": mode, "care": bool(mode), "size": "xl" if mode == "care-xl" else ""}


def desk_for(request: HttpRequest) -> Body | None:
    community = community_of(request)
    return desk_of(community) if community else None


def waiting_for(person: Any) -> int:
    return waiting_count(person) if person else 0
