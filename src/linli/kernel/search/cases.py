"""How a matter reads: its title, and the words of its thread, to each as far as she may read them.

Who raised it and who handles it read the lines between the parties; neighbours who joined it read the
public lines alone, so their document is another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from linli.kernel.cases.models import Case, Party, Step
from linli.kernel.search.actions import NEVER, draft
from linli.kernel.search.models import Doc

KIND, JOINED = "case", "case.joined"


def read(keys: Sequence[int]) -> list[Doc]:
    """For who raised it, the unit that answers for it, and those who watch its area."""
    lines = _lines(keys, Step.Audience.PARTIES)
    return [
        draft(
            KIND, case.pk, title=case.title, text=lines[case.pk], path=case.path, body_id=case.unit_id,
            sensitivity=case.sensitivity, audience=(case.raised_by_id,), at=case.raised_at,
        )
        for case in _open_to_search(keys)
    ]  # fmt: skip


def read_as_joined(keys: Sequence[int]) -> list[Doc]:
    """For those who joined it; no document where nobody did."""
    joined: defaultdict[int, set[int]] = defaultdict(set)
    others = Party.objects.filter(case__in=keys).exclude(part=Party.Part.REPORTER)
    for case_id, person_id in others.values_list("case_id", "person_id"):
        joined[case_id].add(person_id)
    lines = _lines(list(joined), Step.Audience.PUBLIC)
    return [
        draft(
            JOINED, case.pk, title=case.public_title, text=lines[case.pk], sensitivity=case.sensitivity,
            audience=joined[case.pk], at=case.raised_at,
        )
        for case in _open_to_search(list(joined))
    ]  # fmt: skip


def _open_to_search(keys: Sequence[int]) -> Iterable[Case]:
    """Confidential kinds are passed over."""
    return Case.objects.filter(pk__in=keys).exclude(kind__in=NEVER)


def _lines(keys: Sequence[int], widest: int) -> defaultdict[int, str]:
    said: defaultdict[int, str] = defaultdict(str)
    lines = Step.objects.filter(case__in=keys, audience__lte=widest).exclude(text="")
    for case_id, text in lines.order_by("id").values_list("case_id", "text"):
        said[case_id] += f"{text}\n"
    return said


def of_people(person_ids: Iterable[int]) -> set[int]:
    """The matters somebody has a part in."""
    people = list(person_ids)
    hers = Q(raised_by__in=people) | Q(pk__in=Party.objects.filter(person__in=people).values("case"))
    return set(Case.objects.filter(hers).values_list("pk", flat=True))
