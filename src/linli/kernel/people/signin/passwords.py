"""A user name and a password: the way in for staff, followed by an authenticator's token."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.journal.actions import record
from linli.kernel.people import limits
from linli.kernel.people.models import Account, Person
from linli.kernel.people.signin.accounts import account_of, may_manage, signed_in
from linli.kernel.people.signin.tokens import needs_totp

FAILS, FAIL_WINDOW = 5, timedelta(minutes=30)
LOOKUPS_AN_ADDRESS = 10
TEMPORARY_BYTES = 9


def password_step(username: str, password: str, *, ip: str, now: datetime) -> Account | None:
    """The account, if both are right; a token may still be needed. Unknown names take the same time."""
    name = username.strip().lower()
    place = f"login:ip:{limits.address(ip)}"
    require(limits.allow(place, LOOKUPS_AN_ADDRESS, limits.HOUR, now))
    require(limits.allow(f"login:{name[:80]}", FAILS, FAIL_WINDOW, now))
    account = Account.objects.select_related("person").filter(username=name, is_active=True).first()
    if account is None:
        make_password(password)
        return None
    if not account.check_password(password):
        return None
    limits.forgive(f"login:{name[:80]}")
    limits.give_back(place, now)
    return account if needs_totp(account) else signed_in(account, door="password")


@transaction.atomic
def open_staff_account(person: Person, username: str, *, by: Person | None, password: str = "") -> str:
    """Give a member of staff a user name; returns the first password, to be changed at the first sign-in."""
    account = account_of(person)
    require(may_manage(by, account))
    name = username.strip().lower()
    if Account.objects.filter(username=name).exclude(pk=account.pk).exists():
        raise Refused(_("This user name is taken. Please choose another."))
    account.username, account.is_staff_account = name, True
    return _set_password(account, password, by=by, verb="people.staff_account_opened")


@transaction.atomic
def reset_password(account: Account, *, by: Person | None) -> str:
    """A new temporary password from an administrator; ends all sessions. There is no reset by mail or phone."""
    require(may_manage(by, account))
    limits.forgive(f"login:{account.username}")
    return _set_password(account, "", by=by, verb="people.password_reset")


@transaction.atomic
def change_password(account: Account, old: str, new: str) -> None:
    """By its owner, who knows the old one."""
    if not account.check_password(old):
        raise Refused(_("The old password is not right."))
    _require_good(new, account)
    account.set_password(new)
    account.must_change = False
    account.save(update_fields=["password", "must_change"])
    record("people.password_changed", account.person, by=account.person)


def _set_password(account: Account, password: str, *, by: Person | None, verb: str) -> str:
    chosen = password or secrets.token_urlsafe(TEMPORARY_BYTES)
    if password:
        _require_good(password, account)
    account.set_password(chosen)
    account.must_change = not password
    account.save(update_fields=["password", "must_change", "username", "is_staff_account"])
    record(verb, account.person, by=by)
    return chosen


def _require_good(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
