"""What may be given to a community, and whom a dispatch must be copied to."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.places.models import Body
from linli.modules.appeals.models import Duty

COMMUNITY_BODIES = (Body.Kind.RESIDENTS_COMMITTEE, Body.Kind.PARTY_BRANCH)
UPPER_BODIES = (Body.Kind.STREET_OFFICE, Body.Kind.STREET_SECTION, Body.Kind.DEPARTMENT, Body.Kind.UTILITY)


def may_give_to_community(
    *,
    push_down: str,
    unit_kind: str,
    part: str | None,
    lead: bool,
    from_kind: str | None,
    catalogue_kind: str | None,
) -> Answer:
    """The gate against pushing a unit's own work down.

    ``push_down`` is the rule set's: ``outside_list_and_lead`` (北京市接诉即办工作条例 第十七条: nothing outside
    the duty list, never the lead on a matter the community only assists) or ``all`` (唐山市12345条例 第二十条:
    a department's matter is not sent down at all). ``part`` is what the duty list says of this category.
    """
    if unit_kind not in COMMUNITY_BODIES:
        return YES
    if push_down == "all":
        if from_kind in UPPER_BODIES or catalogue_kind in UPPER_BODIES:
            return no(
                _(
                    "This is the work of a department or the subdistrict; it may not be sent down to the community."
                )
            )
        return YES
    if part is None:
        return no(_("This matter is not on the community's duty list. Send it to the unit whose duty it is."))
    if lead and part == Duty.Part.ASSIST:
        return no(_("The community only assists here and may not lead. Name the unit that leads."))
    return YES


def copied_to_district(unit_kind: str) -> bool:
    """A direct dispatch to a street is copied to the district, which supervises it (条例 第十二条)."""
    return unit_kind in {Body.Kind.STREET_OFFICE, Body.Kind.STREET_SECTION}
