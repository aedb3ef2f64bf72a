"""A matter outlives whoever raised it: her words go; what it was about, its dates and its judgement stay."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from linli.kernel.cases.models import Case, Party, Step
from linli.kernel.places.queries import address

Name = Callable[[Case], str]
_names: dict[str, Name] = {}


def call_anew(kind: str, name: Name) -> None:
    """Called by a module's card: what a matter of this kind is called once nobody's words may name it."""
    _names[kind] = name


def neutral_title(case: Case) -> str:
    """What it was about, as far as its kind says so, and where."""
    with translation.override(settings.LANGUAGE_CODE):
        about = _names[case.kind](case) if case.kind in _names else ""
        return " · ".join(part for part in (about, address(case.area)) if part)[:120]


def raised_by(person_ids: Iterable[int]) -> QuerySet[Case]:
    return Case.objects.filter(raised_by__in=list(person_ids)).order_by("pk")


def forget_person(person_id: int) -> None:
    """Titles made from her words, what she said as a neighbour, and the codes that lead to her matters.

    What she said at work, in the matters of others, belongs to these matters and stays.
    """
    for case in raised_by([person_id]).select_related("area"):
        Case.objects.filter(pk=case.pk).update(title=neutral_title(case), query_code_hash="")
    joined = Party.objects.filter(person=person_id).values("case")
    spoken = Q(by=person_id) | Q(behalf=person_id)
    Step.objects.filter(spoken, case__in=joined).exclude(text="").update(text="")
