"""What a person may do today, read once a request."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from linli.kernel.asking import Question
from linli.kernel.people.models import Person, Role
from linli.kernel.places.queries import valid_on


@dataclass(frozen=True, slots=True)
class Standing:
    """A person and the roles she holds on one day. ``held`` rows: (kind, area path, body id or None).

    ``acting``: somebody who holds her mandate stands here in her name, as a neighbour without posts.
    ``only``: the one case whose code somebody holds; for all others she stands there like any neighbour.
    """

    person: Person | None
    held: tuple[tuple[str, str, int | None], ...] = ()
    acting: Person | None = None
    only: int | None = None

    @property
    def pk(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def hand(self) -> Person | None:
        """Who does it: she herself, or whoever acts for her."""
        return self.acting or self.person

    @property
    def behalf(self) -> Person | None:
        """In whose name, when another acts for her."""
        return self.person if self.acting else None

    def raised(self, case: int, by: int) -> bool:
        """Whether she stands here as the one who raised this case."""
        return by == self.pk and self.only in {None, case}

    def paths(self, *kinds: str) -> tuple[str, ...]:
        """The area paths in which she holds one of the kinds of role."""
        return tuple(path for kind, path, _ in self.held if kind in kinds)

    def bodies(self, *kinds: str) -> tuple[int, ...]:
        """The bodies she acts for in one of the kinds of role."""
        return tuple(body for kind, _, body in self.held if kind in kinds and body is not None)

    def holds(self, kind: str, path: str) -> bool:
        """Whether she holds the role in an area that contains ``path``."""
        return any(path.startswith(held) for held in self.paths(kind))

    def acts_for(self, body_id: int | None) -> bool:
        return body_id is not None and body_id in self.bodies(Role.Kind.HANDLER)

    @property
    def is_staff(self) -> bool:
        return any(kind != Role.Kind.STAIR_CAPTAIN for kind, _, _ in self.held)


NOBODY = Standing(None)


def _held(person: int, on: date) -> QuerySet[Role, tuple[str, str, int | None]]:
    rows = Role.objects.filter(valid_on(on), person=person, revoked_at=None)
    return rows.values_list("kind", "area__path", "body_id")


HELD = Question(_held)


def standing(person: Person | None, *, on: date) -> Standing:
    """One query; revoking a role works on the next request."""
    if person is None:
        return NOBODY
    return Standing(person, tuple(HELD(person.pk, on)))
