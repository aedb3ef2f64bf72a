"""How a module says, in one place, who is told when a verb happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from linli.kernel.inbox.actions import tell
from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on
from linli.kernel.people.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    """One person and the values that fill the sentence for her."""

    person: Person
    params: dict[str, Any] = field(default_factory=dict)
    url: tuple[Any, ...] = ()


def case_of(entry: Entry) -> int | None:
    return entry.object_id if entry.object_kind == "cases.case" else None


Choice = Callable[[Entry], Iterable[Told]]


def tells(
    verb: str, text: Any, *, waits: bool = False, channels: Iterable[str] = (), urgent: bool = False
) -> Callable[[Choice], Choice]:
    """Decorate a function that chooses whom to tell: ``@tells("appeals.replied", _("…"))``.

    It runs inside the transaction that records the verb; whoever did it is not told of it.
    """

    def register(choose: Choice) -> Choice:
        def react(entry: Entry) -> None:
            for told in choose(entry):
                if told.person.pk != entry.actor_id:
                    tell(
                        told.person, verb, text=text, params=told.params, case=case_of(entry), url=told.url,
                        waits=waits, channels=channels, urgent=urgent, by=entry.actor_id,
                    )  # fmt: skip

        on(verb)(react)
        return choose

    return register
