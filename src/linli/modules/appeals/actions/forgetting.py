"""Whoever raised a matter is forgotten; the matter, its dates, its category and its judgement stay."""

from django.db import transaction

from linli.kernel.cases.models import Case
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.rules.words import first_words


@transaction.atomic
def forget_words(person_id: int) -> int:
    """Take what she wrote out of her appeals; the title of the board only where it repeats her words."""
    hers = list(Appeal.objects.filter(case__raised_by=person_id).select_related("case"))
    for appeal in hers:
        appeal.public_title = _public_title(appeal, appeal.case)
        appeal.text = appeal.spot = ""
        appeal.needs_words = False
        appeal.suggestion = {
            name: value for name, value in appeal.suggestion.items() if name not in {"why", "heard"}
        }
    Appeal.objects.bulk_update(
        hers, ["public_title", "text", "spot", "needs_words", "suggestion"], batch_size=200
    )
    return len(hers)


def _public_title(appeal: Appeal, case: Case) -> str:
    said = first_words(appeal.text)
    return case.title[:80] if said and said in appeal.public_title else appeal.public_title
