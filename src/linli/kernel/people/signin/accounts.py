"""What every way in ends with: an account that is open, and a line in the journal."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.kernel.answers import YES, Answer, require
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Account, Person
from linli.kernel.people.standing import standing


def account_of(person: Person) -> Account:
    """Her account, made now if she has none."""
    account, _made = Account.objects.select_related("person").get_or_create(
        person=person, defaults={"password": make_password(None)}
    )
    return account


def signed_in(account: Account, *, door: str) -> Account | None:
    """Write down that somebody came in; a closed account does not."""
    if not account.is_active:
        return None
    record("people.signed_in", account.person, by=account.person, door=door)
    return account


def sign_out_everywhere(account: Account) -> None:
    """End every session of a resident's account: they are bound to this value."""
    if not account.has_usable_password():
        account.set_unusable_password()
        account.save(update_fields=["password"])


@transaction.atomic
def close_account(account: Account, *, by: Person | None) -> None:
    """Nobody signs in with it any more; its sessions end with their next request."""
    require(may_manage(by, account))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    record("people.account_closed", account.person, by=by)


def may_manage(by: Person | None, account: Account) -> Answer:
    """An administrator of every area in which its person works; the system itself during set-up."""
    if by is None:
        return YES
    paths = tuple(path for _kind, path, _body in standing(account.person, on=today()).held)
    home = account.person.community
    return rules.may_administer(standing(by, on=today()), paths or ((home.path,) if home else ()))
