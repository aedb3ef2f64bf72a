"""Who may find a text, written as tokens that lie in the index beside its words.

The same rule as for cases: its parties, the body that answers for it, and those who watch its area
unless it is sealed. A private-use character marks these tokens, which no typed word can contain.
"""

import hashlib
from collections.abc import Iterable

from linli.kernel.cases.queries import WIDE
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing

MARK = "\ue000"
EVERYBODY = f"{MARK}all"


def of_person(person_id: int) -> str:
    return f"{MARK}r{person_id}"


def of_body(body_id: int) -> str:
    return f"{MARK}u{body_id}"


def of_area(path: str) -> str:
    return f"{MARK}p{hashlib.sha256(path.encode()).hexdigest()[:16]}"


def scope_of(
    *, path: str, body_id: int | None, sensitivity: int, audience: Iterable[int], everybody: bool
) -> str:
    """Everybody who may find it, one token each, the areas from the district down."""
    found = [EVERYBODY] if everybody else []
    found += [of_person(person_id) for person_id in sorted(set(audience))]
    if body_id is not None:
        found.append(of_body(body_id))
    if sensitivity < Sensitivity.SEALED:
        parts = path.rstrip("/").split("/") if path else []
        found += [of_area("/".join(parts[:end]) + "/") for end in range(1, len(parts) + 1)]
    return " ".join(found)


def scope_for(who: Standing) -> list[str]:
    """What this person may find under."""
    found = [EVERYBODY]
    if who.pk is not None:
        found.append(of_person(who.pk))
    found += [of_body(body) for body in who.bodies(Role.Kind.HANDLER)]
    found += [of_area(path) for path in who.paths(Role.Kind.CLERK, *WIDE)]
    return list(dict.fromkeys(found))
