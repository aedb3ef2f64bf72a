"""One timeline over the cases that lead to one another, each line told as its own case would tell it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.asking import Question
from linli.kernel.cases.chains import Chain
from linli.kernel.cases.kinds import kind_of
from linli.kernel.cases.models import Case, Party, Step
from linli.kernel.cases.queries import handles, widest_audience
from linli.kernel.files.models import File
from linli.kernel.files.queries import by_subject
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing

PAGE = 50
A_NEIGHBOUR = gettext_lazy("a neighbour")

Knows = Callable[[Standing, list[Case]], set[int]]
_knows: dict[str, Knows] = {}


def names_known(kind: str, knows: Knows) -> None:
    """Called by a module's card: of which cases of this kind a reader may know who raised them.

    Where no module says so, those who handle a case read “a neighbour” as everybody else does.
    """
    _knows[kind] = knows


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one case that follow one another, under its number and title."""

    case: Case
    title: str
    steps: list[Step]

    @property
    def public_address(self) -> str:
        """The name of the page on which everybody reads of it, where its kind has one."""
        return kind_of(self.case.kind).public_address


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of the lines, oldest first. ``earlier`` and ``later`` are keys to page by; none: nothing lies there."""

    steps: list[Step]
    earlier: int | None = None
    later: int | None = None
    titles: dict[int, str] = field(default_factory=dict)

    @property
    def stretches(self) -> list[Stretch]:
        groups = groupby(self.steps, key=lambda step: step.case_id)
        found = [(key, list(steps)) for key, steps in groups]
        return [Stretch(steps[0].case, self.titles[key], steps) for key, steps in found]


def thread_of(
    who: Standing, chain: Chain, *, before: int | None = None, after: int | None = None, size: int | None = None
) -> Thread:  # fmt: skip
    """The newest page of what this reader may read of all cases together, or the one beside a line she has.

    One query, one more when she pages, and one a kind, however many cases and lines there are.
    """
    if before is None and after is None and len(chain.cases) == 1:
        newest = NEWEST(chain.start.pk, audience=widest_audience(who, chain.start), size=(size or PAGE) + 1)
        thread = _newest(newest, size or PAGE)
    else:
        thread = page_of(lines_seen_by(who, chain.cases.values()), before=before, after=after, size=size)
    for step in thread.steps:
        step.case = chain.cases[step.case_id]
    veil(thread.steps, who)
    titles = {key: heading(case, who) for key, case in chain.cases.items()}
    return Thread(thread.steps, thread.earlier, thread.later, titles)


def lines_seen_by(who: Standing, cases: Iterable[Case]) -> QuerySet[Step]:
    """The lines of several cases, of each as far as this reader may read in it, in the order of time."""
    far: dict[int, list[int]] = {}
    for case in cases:
        far.setdefault(widest_audience(who, case), []).append(case.pk)
    return lines_of(far)


def lines_of(far: dict[int, list[int]]) -> QuerySet[Step]:
    """The lines of these cases, each group of keys as far as an audience goes; ``by_joined``: said by one who joined."""
    wanted = Q(pk__in=())
    for audience, keys in far.items():
        wanted |= Q(case__in=keys, audience__lte=audience)
    joined = Party.objects.filter(case=OuterRef("case"), person=OuterRef("by"), part=Party.Part.JOINED)
    lines = Step.objects.filter(wanted).annotate(by_joined=Exists(joined))
    return lines.select_related("by", "behalf", "body").order_by("at", "id")


NEWEST = Question(lambda case, *, audience, size: lines_of({audience: [case]}).order_by("-at", "-id")[:size])


def _newest(found: list[Step], size: int) -> Thread:
    """The last page of a thread, from its lines beginning with the newest and one more."""
    shown = found[:size][::-1]
    return Thread(shown, _key(shown, 0, there=len(found) > size))


def page_of(
    lines: QuerySet[Step], *, before: int | None = None, after: int | None = None, size: int | None = None
) -> Thread:
    """Up to a page of lines with the keys to go on in both directions; a key she may not read is no place."""
    beside, size = before or after, size or PAGE
    mark = lines.filter(pk=beside).values_list("at", "pk").first() if beside else None
    if mark and after:
        found = list(lines.filter(Q(at__gt=mark[0]) | Q(at=mark[0], pk__gt=mark[1]))[: size + 1])
        shown = found[:size]
        return Thread(shown, _key(shown, 0, there=True), _key(shown, -1, there=len(found) > size))
    if mark:
        lines = lines.filter(Q(at__lt=mark[0]) | Q(at=mark[0], pk__lt=mark[1]))
    found = list(lines.order_by("-at", "-id")[: size + 1])
    shown = found[:size][::-1]
    return Thread(shown, _key(shown, 0, there=len(found) > size), _key(shown, -1, there=mark is not None))


def _key(shown: list[Step], at: int, *, there: bool) -> int | None:
    return shown[at].pk if shown and there else None


def heading(case: Case, who: Standing) -> str:
    """What a case is called to this reader: the words of whoever raised it are for her and for those who handle it."""
    told = (
        case.title
        if handles(who, case)
        else case.title_for(who.pk if who.raised(case.pk, case.raised_by_id) else None)
    )
    return told or str(kind_of(case.kind).label)


def veil(steps: list[Step], who: Standing) -> None:
    """Every neighbour becomes “you” or “a neighbour”; those who handle a case read the names its kind lets them."""
    cases = {step.case_id: step.case for step in steps}
    handled = {key for key, case in cases.items() if handles(who, case)}
    known = _known(who, [cases[key] for key in handled])
    for step in steps:
        if step.case_id in known:
            continue
        raiser, as_staff = raiser_of(step.case), step.case_id in handled
        if step.by_id is not None and (step.by_id == raiser or (step.by_joined and not as_staff)):  # type: ignore[attr-defined]
            step.by = named_to(who, step.by_id)
        if step.behalf_id is not None and (step.behalf_id == raiser or not as_staff):
            step.behalf = named_to(who, step.behalf_id)
            if who.pk != raiser:  # whoever spoke for her would tell who she is
                step.by, step.behalf = step.behalf, None


def raiser_of(case: Case) -> int | None:
    """The neighbour who raised it; nobody where a body opened it in its office."""
    return None if kind_of(case.kind).official else case.raised_by_id


def _known(who: Standing, cases: list[Case]) -> set[int]:
    """The cases of which she may know who raised them; a module is asked once for all of its cases."""
    of_kind: dict[str, list[Case]] = {}
    for case in cases:
        of_kind.setdefault(case.kind, []).append(case)
    return {key for kind, some in of_kind.items() if kind in _knows for key in _knows[kind](who, some)}


def named_to(who: Standing, person_id: int) -> Person:
    return Person(called=_("You") if who.pk == person_id else str(A_NEIGHBOUR))


def attach_files(steps: list[Step], who: Standing, chain: Chain) -> list[File]:
    """Each line gets its files; those of the first case that came with no line are given back. One query."""
    allowed = Q(pk__in=())
    for case in chain.cases.values():
        allowed |= Q(group_id=case.pk, audience__lte=widest_audience(who, case))
    here = Q(subject_id__in=[step.pk for step in steps]) | Q(subject_id=None, group_id=chain.start.pk)
    kept = by_subject(File.objects.filter(allowed, here, gone_at=None).order_by("id"))
    for step in steps:
        step.shown_files = kept.get(step.pk, [])  # type: ignore[attr-defined]
    return kept.get(None, [])
