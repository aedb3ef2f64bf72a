"""What a person may see of the appeals."""

from django.db.models import QuerySet

from linli.kernel.asking import Question
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import case_seen_by, cases_seen_by, standing_in
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal

NEEDED = ("case", "case__area__parent", "case__community", "case__unit", "case__handler", "case__raised_by")


def appeals_seen_by(who: Standing) -> QuerySet[Appeal]:
    """Appeals this person may open, with what a page of one shows."""
    seen = cases_seen_by(who).filter(kind="appeal")
    return Appeal.objects.filter(case__in=seen).select_related(*NEEDED)


def appeal_seen_by(who: Standing, pk: int) -> QuerySet[Appeal]:
    """At most one appeal: none when it does not exist for this person."""
    person, bodies, paths = standing_in(who)
    return _one(pk, person, bodies, paths=paths) if person else Appeal.objects.none()


def _one(pk: int, person: int, bodies: tuple[int, ...], *, paths: tuple[str, ...]) -> QuerySet[Appeal]:
    seen = case_seen_by(pk, person, bodies, paths).filter(kind="appeal")
    return Appeal.objects.filter(pk=pk, case__in=seen).select_related(*NEEDED)


ONE = Question(_one)


def appeal_or_none(who: Standing, pk: int) -> Appeal | None:
    """The same for a page that is opened all day."""
    person, bodies, paths = standing_in(who)
    return ONE.one(pk, person, bodies, paths=paths) if person else None


def case_by_code(code_hash: str) -> QuerySet[Case]:
    """Anyone with the query code follows the matter."""
    return Case.objects.filter(query_code_hash=code_hash).exclude(query_code_hash="")
