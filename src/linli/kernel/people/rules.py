"""What the district agreed about people. Nothing here writes or queries."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.people.models import Role
from linli.kernel.people.models.homes import Level
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Body

DESK = (Role.Kind.CLERK, Role.Kind.STREET, Role.Kind.DISTRICT)
"""The roles that meet residents as persons: they may find, register and, with a reason, open a private field."""

KEPT_APART = {
    Body.Kind.SUPERVISION: Body.Kind.RESIDENTS_COMMITTEE,
    Body.Kind.RESIDENTS_COMMITTEE: Body.Kind.SUPERVISION,
}
"""Who watches and who is watched: 居民委员会成员及其近亲属不得担任居务监督委员会成员 (居委会法 第三十六条)."""

SHORTEST_REASON = 2
CHILD_UNTIL = 14
Span = tuple[date, date | None]


def covers(who: Standing, path: str, *kinds: str) -> bool:
    """Whether one of the roles is held in an area that contains ``path``; a place nobody named is in none."""
    return bool(path) and any(path.startswith(held) for held in who.paths(*kinds))


def may_administer(who: Standing, paths: tuple[str, ...]) -> Answer:
    """Roles, accounts and posts: the administrator of every area concerned."""
    if paths and all(covers(who, path, Role.Kind.ADMIN) for path in paths):
        return YES
    return no(_("Only the administrator of this area can do this. Please ask there."))


def may_grant(who: Standing, whom: int, path: str) -> Answer:
    """An administrator gives roles in her area, to others."""
    if who.pk == whom:
        return no(_("You cannot give yourself a role. Another administrator can."))
    return may_administer(who, (path,))


def may_work_with(who: Standing, path: str) -> Answer:
    """Persons of an area: its desk, and those who supervise it."""
    if covers(who, path, *DESK):
        return YES
    return no(_("This person belongs to another area. Its own desk can help."))


def may_print_slip(who: Standing, path: str, whom: Standing) -> Answer:
    if whom.is_staff:
        return no(_("Staff sign in with a password. An administrator can reset it."))
    return may_work_with(who, path)


def may_speak_for_herself_or_at_the_desk(who: Standing, person: int, path: str) -> Answer:
    """A person's own affairs: herself, or the desk of her area that writes down what she says."""
    return YES if who.pk == person else may_work_with(who, path)


def may_give_mandate(giver: int, holder: int, by: int, *, basis: str, on: date, until: date | None) -> Answer:
    """Who, what and until when; what the desk writes down rests on a paper and never favours whoever writes."""
    if giver == holder:
        return no(_("Nobody needs a mandate to act for themselves."))
    if until is not None and until < on:
        return no(_("The last day lies before the first day."))
    if by not in {giver, holder} and len(basis.strip()) < SHORTEST_REASON:
        return no(_("Write down which paper both have signed and where it is kept."))
    if by == holder:
        return no(_("Somebody else at the desk must write this down: it is given to you."))
    return YES


def may_decide_opening(who: Standing, path: str, *, asked_by: int) -> Answer:
    """A second person: somebody else whose desk serves the child or who stands above it (未保条例 第三十六条)."""
    if who.pk == asked_by:
        return no(_("You asked for this yourself, so somebody else must decide."))
    return may_work_with(who, path)


def may_be_a_child(birth_year: int | None, on: date) -> bool:
    """Whether she may be younger than 14: by the year of birth alone, in doubt yes."""
    return birth_year is not None and on.year - birth_year <= CHILD_UNTIL


def may_consent(birth_year: int | None, on: date, *, guardian: bool) -> Answer:
    """For a child under 14 a parent or another guardian agrees (个人信息保护法 第三十一条)."""
    if guardian or not may_be_a_child(birth_year, on):
        return YES
    return no(_("For a child under 14 a parent or another guardian must agree."))


def has_a_reason(reason: str) -> Answer:
    """Opening a private field needs a reason the person can read later (个人信息保护法 第五十一条)."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return YES
    return no(_("Please say why you need to see this. The person can read the reason."))


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans of days, ends included, share a day; no end means: still."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def most_at_once(held: Iterable[Span], wanted: Span) -> int:
    """How many of the spans fall on the fullest day of the wanted one."""
    inside = [span for span in held if overlaps(span, wanted)]
    days = {max(span[0], wanted[0]) for span in inside}
    return max((sum(1 for span in inside if overlaps(span, (day, day))) for day in days), default=0)


def may_seat(seats: int, held: Iterable[Span], wanted: Span) -> Answer:
    """A post has so many seats and no more, on any day."""
    if wanted[1] is not None and wanted[1] < wanted[0]:
        return no(_("The last day lies before the first day."))
    if most_at_once(held, wanted) < seats:
        return YES
    return no(_("The post is taken in these days. End the earlier term first."))


def may_sit_with(kind: str, conflicts: Iterable[str]) -> Answer:
    """``conflicts``: the bodies in which the person or a close relative sits at the same time."""
    found = set(conflicts)
    if KEPT_APART.get(Body.Kind(kind)) in found:
        return no(
            _("Members of the residents' committee and their close relatives may not sit on the supervision committee "
              "(Art. 36 of the Residents' Committees Law).")
        )  # fmt: skip
    return YES


def may_join_relatives(kind: str, relatives_kinds: Iterable[str]) -> Answer:
    """居民委员会成员实行近亲属回避 (居委会法 第八条)."""
    if kind == Body.Kind.RESIDENTS_COMMITTEE and kind in set(relatives_kinds):
        return no(
            _(
                "A close relative already sits on this residents' committee (Art. 8 of the Residents' Committees Law)."
            )
        )
    return YES


def may_verify(who: Standing, claimant: int, path: str, level: int) -> Answer:
    """A stair captain confirms for her stair, a clerk for her area; nobody for herself."""
    if who.pk == claimant:
        return no(_("You cannot confirm your own claim."))
    if level == Level.STAIR_CAPTAIN and covers(who, path, Role.Kind.STAIR_CAPTAIN, *DESK):
        return YES
    if level in {Level.CLERK, Level.DOCUMENT} and covers(who, path, *DESK):
        return YES
    return no(_("You cannot confirm this here. The desk of the area can."))


def may_be_a_share(share: Fraction) -> Answer:
    if 0 < share <= 1:
        return YES
    return no(_("A share is more than nothing and at most the whole, such as 1/2."))


def shares_fit(confirmed: Iterable[Fraction], one_more: Fraction) -> Answer:
    """All confirmed shares of a dwelling together are at most the whole."""
    if sum(confirmed, start=Fraction(0)) + one_more <= 1:
        return YES
    return no(_("The confirmed shares of this dwelling would be more than the whole. Check the title deed."))
