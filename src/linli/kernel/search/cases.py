"""How a matter reads: its title, and every word of its thread that all who see it may read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from linli.kernel.cases.models import Case, Party, Step
from linli.kernel.search.actions import NEVER, draft
from linli.kernel.search.models import Doc

KIND = "case"


def read(keys: Sequence[int]) -> list[Doc]:
    """Three queries for any number of matters. Confidential kinds are passed over."""
    parties: defaultdict[int, set[int]] = defaultdict(set)
    for case_id, person_id in Party.objects.filter(case__in=keys).values_list("case_id", "person_id"):
        parties[case_id].add(person_id)
    said: defaultdict[int, list[str]] = defaultdict(list)
    lines = Step.objects.filter(case__in=keys, audience__lte=Step.Audience.PARTIES).exclude(text="")
    for case_id, text in lines.order_by("id").values_list("case_id", "text"):
        said[case_id].append(text)
    return [
        draft(
            KIND, case.pk, title=case.title, text="\n".join(said[case.pk]), path=case.path, body_id=case.unit_id,
            sensitivity=case.sensitivity, audience=parties[case.pk] | {case.raised_by_id}, at=case.raised_at,
        )
        for case in Case.objects.filter(pk__in=keys).exclude(kind__in=NEVER)
    ]  # fmt: skip


def of_people(person_ids: Iterable[int]) -> set[int]:
    """The matters somebody has a part in."""
    people = list(person_ids)
    hers = Q(raised_by__in=people) | Q(pk__in=Party.objects.filter(person__in=people).values("case"))
    return set(Case.objects.filter(hers).values_list("pk", flat=True))
