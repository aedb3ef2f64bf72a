"""A matter read, and words said in it, in the name of somebody who gave a mandate."""

from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import handles
from linli.kernel.clock import today
from linli.kernel.people.models import Mandate, Person
from linli.kernel.people.queries import may_act_in
from linli.kernel.people.standing import Standing, standing
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.seen import appeal_seen_by

SCOPE = Mandate.Scope.MATTERS


def givers_of(person: Person | None) -> list[Person]:
    """For whom she may report and follow matters today."""
    return [one.giver for one in may_act_in(person, SCOPE, today())] if person else []


def in_her_name(person: Person, case: int) -> Standing | None:
    """The one who raised the matter, with the holder of her mandate as the hand; None where there is no mandate."""
    raised = Case.objects.filter(pk=case, kind="appeal").values("raised_by")
    mandate = may_act_in(person, SCOPE, today()).filter(giver__in=raised).first()
    return Standing(mandate.giver, acting=person) if mandate else None


def as_reader(found: Appeal | None, person: Person, case: int) -> tuple[Appeal | None, Standing]:
    """The matter and as whom she reads it: her own, then by mandate, then as a neighbour who joined.

    Only what is not her own costs the question for a mandate.
    """
    if found is None or found.case.raised_by_id != person.pk:
        acting = in_her_name(person, case)
        if acting is not None:
            return appeal_seen_by(Standing(acting.person), case).first(), acting
    return found, Standing(person)


def may_end_for(who: Standing, case: Case) -> Answer:
    """Nobody judges or withdraws in another's name what she herself handles (民法典 第一百六十八条)."""
    if who.acting is None or not handles(standing(who.acting, on=today()), case):
        return YES
    return no(_("You handle this matter yourself. The neighbour judges it herself, or tells the desk."))
