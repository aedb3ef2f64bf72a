"""How often something may be raised, and by whom."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.people.models import Person
from linli.modules.appeals.models import Identity

A_DAY = 30
ANONYMOUS_AN_HOUR = 60
VISITORS_FILES_AN_HOUR = 120
CODES_AN_HOUR = 30
CODES_OF_ALL_AN_HOUR = 3000
MOST_PHOTOS = 6
NO_MANDATE = _(
    "You hold no mandate to report for this neighbour, or it has ended. Choose “For myself” or ask them again; what you wrote is kept."
)
SENT_ALREADY = _("This was sent already. You find it under “My matters”, or by the code on your receipt.")


def may_sign(who: Person | None, identity: str) -> Answer:
    """Only somebody who has signed in can be known to the desk."""
    if who is not None or identity == Identity.ANONYMOUS:
        return YES
    return no(
        _(
            "Sign in with your phone so that the desk can reach you, or choose “Nobody”. What you wrote is kept."
        )
    )


def may_raise_for(*, mandated: bool) -> Answer:
    """In the name of another only by her mandate (民法典 第一百六十五条)."""
    return YES if mandated else no(NO_MANDATE)
