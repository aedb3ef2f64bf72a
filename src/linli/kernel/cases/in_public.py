"""What everybody may read of a thread: the cases that stand in public and what was done in them, without a name."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.chains import Chain, edges_around, neighbours_behind, within_reach
from linli.kernel.cases.kinds import kind_of
from linli.kernel.cases.models import Case, Step
from linli.kernel.cases.threads import A_NEIGHBOUR, Thread, lines_of, page_of, raiser_of
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person

STAFF = _("staff")

Titles = Callable[[list[int]], dict[int, str]]
_titles: dict[str, Titles] = {}


def shown_in_public(kind: str, titles: Titles) -> None:
    """Called by a module's card: which of these cases of its kind stand in public, and under what title.

    Where no module says so, a case stands in public when everybody may read it.
    """
    _titles[kind] = titles


def public_thread(
    key: int, *, before: int | None = None, after: int | None = None
) -> tuple[Chain, Thread, int]:
    """The public part around a case that stands in public, a page of its lines, and how many neighbours are behind it.

    Four queries and one a kind, however many cases there are. Sealed cases end the way, as for any stranger.
    """
    edges = edges_around(key)
    keys = {key, *(end for edge in edges for end in (edge.source, edge.target))}
    found = {case.pk: case for case in Case.objects.filter(pk__in=keys).select_related("unit", "community")}
    titles = _public(found.values())
    closed = {k for k, case in found.items() if case.sensitivity >= Sensitivity.SEALED and k not in titles}
    reached = within_reach(key, edges, closed)
    cases = {k: case for k, case in found.items() if k in titles and k in reached}
    inside = tuple(edge for edge in edges if edge.source in reached and edge.target in reached)
    chain = Chain(found[key], cases, frozenset(reached - cases.keys()), inside)
    return chain, _lines(chain, titles, before=before, after=after), neighbours_behind(chain)


def _public(cases: Iterable[Case]) -> dict[int, str]:
    """The titles of those that stand in public; a module is asked once for all of its cases."""
    of_kind: dict[str, list[Case]] = {}
    for case in cases:
        of_kind.setdefault(case.kind, []).append(case)
    told: dict[int, str] = {}
    for kind, some in of_kind.items():
        told |= _titles[kind]([case.pk for case in some]) if kind in _titles else _open(some)
    return told


def _open(cases: list[Case]) -> dict[int, str]:
    """A title made from somebody's words is never told; where nobody wrote another, the kind stands for it."""
    shown = [case for case in cases if case.sensitivity == Sensitivity.PUBLIC]
    return {case.pk: case.public_title or str(kind_of(case.kind).label) for case in shown}


def _lines(chain: Chain, titles: dict[int, str], *, before: int | None, after: int | None) -> Thread:
    lines = lines_of({Step.Audience.PUBLIC.value: list(chain.cases)})
    lines = lines.filter(by_joined=False)  # type: ignore[misc]
    thread = page_of(lines, before=before, after=after)
    for step in thread.steps:
        step.case = chain.cases[step.case_id]
        unname(step)
    return Thread(thread.steps, thread.earlier, thread.later, {key: titles[key] for key in chain.cases})


def unname(step: Step) -> None:
    """No name; and no words either, where the case itself is not for everybody to read."""
    if step.by_id is not None:
        neighbour = step.by_id == raiser_of(step.case) or step.behalf_id is not None
        step.by = Person(called=str(A_NEIGHBOUR if neighbour else STAFF))
    step.behalf = None
    if step.case.sensitivity != Sensitivity.PUBLIC:
        step.text = ""
