"""A form sent several times at once raises one matter; forms of their own raise their own."""

from collections.abc import Callable
from typing import Any

from linli.kernel.answers import Refused
from linli.kernel.people.tests.conftest import many_connections
from linli.kernel.people.tests.together import together
from linli.modules.appeals.actions import intake, raising
from linli.modules.appeals.models import Appeal
from tests import make

SENDERS = 4
__all__ = ["many_connections"]  # the fixture that gives each thread a connection of its own


def outcome(s: make.Scene, once: Callable[[], str]) -> tuple[int, list[Any]]:
    """How many matters there are for whoever looks afterwards, and what each sender who raised none met."""
    words = intake.Words(text="楼道灯不亮", area=s.stair)

    def send() -> Any:
        return raising.raise_matter(words, by=s.wang, community=s.community, once=once())

    got = together(SENDERS, send)
    raised: int = together(1, Appeal.objects.count)[0]
    return raised, sorted(type(one).__name__ for one in got if isinstance(one, Exception))


def test_one_form_sent_at_once_raises_one_matter(many_connections: None) -> None:
    s = together(1, make.scene)[0]  # in the file that the senders share
    assert outcome(s, lambda: "the same form") == (1, [Refused.__name__] * (SENDERS - 1))


def test_forms_of_their_own_raise_their_own(many_connections: None) -> None:
    s = together(1, make.scene)[0]  # in the file that the senders share
    forms = iter(range(SENDERS))
    assert outcome(s, lambda: f"form {next(forms)}") == (SENDERS, [])
