"""What the district agreed about people. Nothing here writes or queries."""

from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, no
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing

DESK = (Role.Kind.CLERK, Role.Kind.STREET, Role.Kind.DISTRICT)
"""The roles that meet residents as persons: they may find, register and, with a reason, open a private field."""

__all__ = ["DESK", "YES", "Answer", "may_administer", "may_print_slip", "may_work_with"]


def covers(who: Standing, path: str, *kinds: str) -> bool:
    """Whether one of the roles is held in an area that contains ``path``; a place nobody named is in none."""
    return bool(path) and any(path.startswith(held) for held in who.paths(*kinds))


def may_administer(who: Standing, paths: tuple[str, ...]) -> Answer:
    """Roles, accounts and posts: the administrator of every area concerned."""
    if paths and all(covers(who, path, Role.Kind.ADMIN) for path in paths):
        return YES
    return no(_("Only the administrator of this area can do this. Please ask there."))


def may_work_with(who: Standing, path: str) -> Answer:
    """Persons of an area: its desk, and those who supervise it."""
    if covers(who, path, *DESK):
        return YES
    return no(_("This person belongs to another area. Its own desk can help."))


def may_print_slip(who: Standing, path: str, whom: Standing) -> Answer:
    if whom.is_staff:
        return no(_("Staff sign in with a password. An administrator can reset it."))
    return may_work_with(who, path)
