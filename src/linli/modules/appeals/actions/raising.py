"""Raise a matter with its photos and recording, once, whatever happens on the way."""

from collections.abc import Sequence

from django.db import transaction

from linli.kernel.answers import Refused, require
from linli.kernel.cases.actions import new_query_code
from linli.kernel.cases.models import Step
from linli.kernel.clock import now, today
from linli.kernel.files.actions import Checked, keep
from linli.kernel.people import actions as people
from linli.kernel.people import limits
from linli.kernel.people.models import Mandate, Person
from linli.kernel.people.queries import may_act_for
from linli.kernel.places.models import Area
from linli.modules.appeals.actions import intake
from linli.modules.appeals.models import Appeal, Identity
from linli.modules.appeals.rules.raising import (
    A_DAY,
    ANONYMOUS_AN_HOUR,
    SENT_ALREADY,
    may_raise_for,
    may_sign,
)


@transaction.atomic
def raise_matter(
    words: intake.Words, *, by: Person | None, community: Area, files: Sequence[Checked] = (), once: str,
    behalf: Person | None = None,
) -> tuple[Appeal, str]:  # fmt: skip
    """The matter and its query code. Anonymous: by a pseudonym alone; nothing leads back to ``by``.

    ``once`` was drawn with the form: a form sent twice raises one matter. ``behalf``: in whose name ``by`` raises it.
    """
    reporter = reporter_of(words, by, community)
    giver = behalf if words.identity != Identity.ANONYMOUS else None
    if giver is not None:
        require(may_raise_for(mandated=may_act_for(reporter, giver, Mandate.Scope.MATTERS, today())))
    if not limits.allow(f"raise:once:{once}", 1, limits.DAY, now()):
        raise Refused(SENT_ALREADY)
    code = new_query_code()
    appeal = intake.receive(
        words, by=giver or reporter, operator=reporter if giver else None, query_code=code
    )
    first = Step.objects.filter(case=appeal.case).order_by("id").first()
    for file in files:
        keep(
            file,
            by=reporter,
            group_id=appeal.case_id,
            subject_id=first.pk if first else None,
            path=appeal.case.path,
        )
    return appeal, code


def reporter_of(words: intake.Words, by: Person | None, community: Area) -> Person:
    """Whoever signs, or a pseudonym made for this one matter; counted by community, never by device."""
    moment = now()
    if words.identity == Identity.ANONYMOUS:
        require(limits.allow(f"raise:anonymous:{community.pk}", ANONYMOUS_AN_HOUR, limits.HOUR, moment))
        return people.pseudonym(community=community)
    require(may_sign(by, words.identity))
    assert by is not None
    require(limits.allow(f"raise:{by.pk}", A_DAY, limits.DAY, moment))
    return by
