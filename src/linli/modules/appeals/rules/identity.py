"""Who learns who raised it."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.models import Case
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, Identity

TOLD_TO_STAFF = {
    Identity.NAMED: _("Named: the desk and the unit know who raised it"),
    Identity.HIDDEN: _("Name hidden: only the desk knows who raised it"),
    Identity.ANONYMOUS: _("Anonymous: nobody knows who raised it"),
}


def knows_reporter(who: Standing, appeal: Appeal, case: Case) -> bool:
    """Whether this reader may see the reporter's name and reach her.

    Named: the desk, the unit that handles it and those above. Hidden: the desk alone. Anonymous: nobody.
    """
    if appeal.identity == Identity.ANONYMOUS:
        return False
    if who.pk == case.raised_by_id or who.holds(Role.Kind.CLERK, case.path):
        return True
    if appeal.identity == Identity.HIDDEN:
        return False
    return who.acts_for(case.unit_id) or any(
        who.holds(kind, case.path) for kind in (Role.Kind.STREET, Role.Kind.DISTRICT)
    )
