"""The people who may be drawn, the quotas, and the kinds of people who cannot be told apart by either."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool: her value for each feature, in the order of the pool's features, and her household."""

    id: str
    values: tuple[str, ...]
    household: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of the panel have this value: from ``least`` to ``most``; ``flex`` is how far it may be relaxed first."""

    feature: str
    value: str
    least: int
    most: int
    flex: tuple[int, int] | None = None


@dataclass(frozen=True)
class Pool:
    """Everybody who may be drawn. With ``one_of_household`` nobody sits beside somebody of her own household."""

    features: tuple[str, ...]
    people: tuple[Person, ...]
    quotas: tuple[Quota, ...]
    one_of_household: bool = False

    @cached_property
    def kinds(self) -> "Kinds":
        return sorted_into_kinds(self)


@dataclass(frozen=True, slots=True)
class Kind:
    """People who can be exchanged for one another: the same values and, where households count, the same company at home.

    ``home`` is the values of her whole household, sorted; ``homes`` how many households are like it.
    """

    values: tuple[str, ...]
    home: tuple[tuple[str, ...], ...]
    homes: int
    people: tuple[Person, ...]

    @property
    def most(self) -> int:
        """At most one of each household."""
        return self.homes if self.home else len(self.people)


@dataclass(frozen=True)
class Kinds:
    """The kinds of a pool in a fixed order, whatever the order of the file."""

    all: tuple[Kind, ...]
    sizes: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sizes", tuple(len(kind.people) for kind in self.all))

    @cached_property
    def shared_homes(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """For each sort of household: the kinds that live in it, and how many such households there are."""
        found: dict[tuple[tuple[str, ...], ...], list[int]] = {}
        for at, kind in enumerate(self.all):
            if kind.home:
                found.setdefault(kind.home, []).append(at)
        return tuple((tuple(at), self.all[at[0]].homes) for at in found.values())


def sorted_into_kinds(pool: Pool) -> Kinds:
    """O(people × log people). Who lives alone, or where households do not count, has no company."""
    homes = households(pool.people) if pool.one_of_household else {}
    company = {name: tuple(sorted(person.values for person in home)) for name, home in homes.items()}
    like = Counter(company.values())
    kinds: dict[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], list[Person]] = {}
    for person in sorted(pool.people, key=lambda person: person.id):
        home = company.get(person.household, ())
        kinds.setdefault((person.values, home), []).append(person)
    return Kinds(
        tuple(
            Kind(values, home, like[home] if home else 0, tuple(people))
            for (values, home), people in sorted(kinds.items())
        )
    )


def households(people: Iterable[Person]) -> dict[str, Sequence[Person]]:
    """Those with more than one member in the pool; an empty name is nobody's household."""
    found: dict[str, list[Person]] = {}
    for person in people:
        if person.household:
            found.setdefault(person.household, []).append(person)
    return {name: home for name, home in found.items() if len(home) > 1}
