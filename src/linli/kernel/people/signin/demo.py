"""One press and in: the demo's list of people to be. It does not exist in a real district."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.people.models import Account, Person, Role
from linli.kernel.people.signin.accounts import account_of, signed_in


@dataclass(frozen=True, slots=True)
class DemoLine:
    """One line of the demo's list: whom one can be, and what she does."""

    id: int
    name: str
    does: str


def show_in_demo(person: Person, place: int) -> None:
    """Put a person on the list, at a place."""
    account = account_of(person)
    Account.objects.filter(pk=account.pk).update(demo_place=place)


def demo_accounts() -> list[DemoLine]:
    """Whom one can be in the demo; nobody in a real district."""
    if not settings.LINLI_DEMO:
        return []
    roles = Prefetch("person__roles", Role.objects.select_related("body", "area").order_by("id"))
    shown = Account.objects.filter(demo_place__isnull=False, is_active=True).order_by("demo_place")
    return [_line(account) for account in shown.select_related("person").prefetch_related(roles)]


def demo_step(account_id: int) -> Account | None:
    """Come in as one of the list."""
    if not settings.LINLI_DEMO:
        raise Refused(_("This is a real district: please sign in with a code or a password."))
    account = Account.objects.select_related("person").filter(pk=account_id, demo_place__isnull=False).first()
    with transaction.atomic():
        return signed_in(account, door="demo") if account else None


def _line(account: Account) -> DemoLine:
    role = next(iter(account.person.roles.all()), None)
    where = role.body or role.area if role else None
    does = f"{role.get_kind_display()} · {where}" if role else _("Resident")
    return DemoLine(account.pk, str(account.person), does)
