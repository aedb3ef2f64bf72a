"""Cases whose query code was typed in this session: their thread and files are open as to whoever raised them."""

from typing import Any

FOLLOWED = "followed_cases"


def followed_of(request: Any) -> list[int]:
    """The keys of these cases; a look writes nothing."""
    found: list[int] = request.session.get(FOLLOWED, [])
    return found
