"""A kind of case: its states and moves, declared by the module that owns it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow: the verb it is recorded as, where it may start and where it ends.

    ``to=None`` keeps the state (an extension, a whistle): the turn still advances.
    """

    verb: str
    origins: tuple[str, ...]
    to: str | None

    def ends(self, state: str) -> str:
        return self.to or state


@dataclass(frozen=True, slots=True)
class Kind:
    """What a module says of its cases: label, states, moves, which states need a unit, which are final."""

    name: str
    label: Any
    states: tuple[str, ...]
    moves: tuple[Move, ...]
    accountable: frozenset[str] = field(default_factory=frozenset)
    final: frozenset[str] = field(default_factory=frozenset)
    stages: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    address: str = ""
    public_address: str = ""
    official: bool = False  # opened by a body in its office: whoever opened it is no neighbour

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state for state in self.states if state not in self.final)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by a module's card; refuses a move that starts or ends in an undeclared state."""
    for move in kind.moves:
        strays = {*move.origins, move.ends(kind.states[0])} - set(kind.states)
        if strays:
            raise ValueError(f"{move.verb}: undeclared states {sorted(strays)}")
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _kinds[name]


def all_kinds() -> Iterable[Kind]:
    return _kinds.values()


def reachable(kind: Kind, start: str) -> set[str]:
    """Every state that declared moves lead to from ``start``."""
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        ahead = {m.ends(state) for m in kind.moves if state in m.origins} - seen
        seen |= ahead
        todo.extend(ahead)
    return seen
