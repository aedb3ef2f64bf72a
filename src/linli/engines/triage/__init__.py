"""What a text asks for, which unit handles it, what it repeats.

`Triage.default().suggest(text, place=place)` suggests with reasons, `.learn(closed)` adds local experience,
`.duplicates(text, place, earlier)` finds what was told before. A person confirms.
"""

from typing import TYPE_CHECKING, Any

from linli.engines.triage.suggestion import Closed, Reason, Suggestion

if TYPE_CHECKING:
    from linli.engines.triage.engine import Triage

__all__ = ["Closed", "Reason", "Suggestion", "Triage"]


def __getattr__(name: str) -> Any:
    """The engine needs numpy, which a page that asks for no suggestion shall not load."""
    if name == "Triage":
        from linli.engines.triage.engine import Triage

        return Triage
    raise AttributeError(name)
