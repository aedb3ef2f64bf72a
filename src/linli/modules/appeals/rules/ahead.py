"""What comes next in the thread, told before it happens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.modules.appeals.models import State

TOLD: dict[str, tuple[str, Any, Any]] = {
    "sent": (
        "user-check",
        _("It is sent to whoever answers for it"),
        _("You then see who that is and their phone."),
    ),
    "hand": (
        "wrench",
        _("It is handled"),
        _("If it cannot be done, they tell you why and what can be done instead."),
    ),
    "call": ("phone", _("Call-back"), _("The desk asks whether it is really done.")),
    "judge": ("star", _("You judge it"), _("It counts as done when you say so.")),
}
AFTER: dict[str, tuple[str, ...]] = {
    State.RECEIVED: ("sent", "hand", "call", "judge"),
    State.DISPATCHED: ("hand", "call", "judge"),
    State.OBJECTED: ("sent", "hand", "call", "judge"),
    State.HANDLING: ("call", "judge"),
    State.SUSPENDED: ("hand", "call", "judge"),
    State.HUNG: ("hand", "call", "judge"),
    State.REPLIED: ("judge",),
}


def ahead(state: str) -> list[tuple[str, Any, Any]]:
    """(icon, title, text) of what is still to come; nothing once it has ended."""
    return [TOLD[name] for name in AFTER.get(state, ())]
