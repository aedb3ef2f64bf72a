"""What a person may see of the appeals."""

from django.db.models import QuerySet

from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal

NEEDED = ("case", "case__area__parent", "case__community", "case__unit", "case__handler", "case__raised_by")


def appeals_seen_by(who: Standing) -> QuerySet[Appeal]:
    """Appeals this person may open, with what a page of one shows."""
    seen = cases_seen_by(who).filter(kind="appeal")
    return Appeal.objects.filter(case__in=seen).select_related(*NEEDED)


def appeal_seen_by(who: Standing, pk: int) -> QuerySet[Appeal]:
    """At most one appeal: none when it does not exist for this person."""
    seen = cases_seen_by(who).filter(pk=pk, kind="appeal")
    return Appeal.objects.filter(pk=pk, case__in=seen).select_related(*NEEDED)


def case_by_code(code_hash: str) -> QuerySet[Case]:
    """Anyone with the query code follows the matter."""
    return Case.objects.filter(query_code_hash=code_hash).exclude(query_code_hash="")
