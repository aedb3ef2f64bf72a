"""Yes, or no with a reason a person can read."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """One rule, three uses: it guards the action, shows the button, explains its absence."""

    ok: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Answer(ok=True)


def no(reason: Any) -> Answer:
    """A refusal. ``reason`` is one translated sentence: why, and what to do instead."""
    return Answer(ok=False, reason=reason)


class Refused(Exception):
    """Somebody asked for what the rules do not allow; its text is for that person."""


def require(answer: Answer) -> None:
    """Raise ``Refused`` with the reason of a no."""
    if not answer:
        raise Refused(answer.reason)


def first_no(*answers: Answer) -> Answer:
    """The first refusal, or yes."""
    return next((answer for answer in answers if not answer), YES)
