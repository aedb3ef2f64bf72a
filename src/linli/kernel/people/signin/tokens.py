"""The six digits of an authenticator (TOTP, RFC 6238), each good for one sign-in."""

import base64
import secrets
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import hotp

from linli.kernel.answers import Refused, require
from linli.kernel.journal.actions import record
from linli.kernel.keys.fields import put, read
from linli.kernel.people import limits
from linli.kernel.people.models import Account, Person
from linli.kernel.people.phones import normalise
from linli.kernel.people.signin.accounts import may_manage, signed_in

SECONDS, DIGITS, DRIFT = 30, 6, 1
SECRET_BYTES = 20
FAILS, FAIL_WINDOW = 5, timedelta(minutes=30)


def needs_totp(account: Account) -> bool:
    return bool(account.totp_secret)


def begin_totp(account: Account) -> tuple[str, str]:
    """A fresh secret for the authenticator (as text and as an address for a QR code), not kept yet."""
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    label = quote(f"Linli:{account.username or account.pk}")
    return secret, f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'Linli'})}"


@transaction.atomic
def confirm_totp(account: Account, secret: str, token: str, *, now: datetime) -> None:
    """Keep the secret, once its owner has shown that the authenticator has it."""
    step = _step_of(secret, token, now)
    if step is None:
        raise Refused(_("The six digits do not fit. Check the time on the phone and try the next ones."))
    put(account, "totp_secret", secret)
    account.totp_last_step = step
    account.save(update_fields=["totp_secret", "totp_last_step"])
    record("people.totp_set", account.person, by=account.person)


def totp_step(account: Account, token: str, now: datetime) -> bool:
    """Whether the token is right and was never used before."""
    require(limits.allow(f"totp:{account.pk}", FAILS, FAIL_WINDOW, now))
    if not needs_totp(account):
        return False
    step = _step_of(read(account, "totp_secret"), token, now)
    unused = Account.objects.filter(pk=account.pk, totp_last_step__lt=step if step is not None else 0)
    if step is None or not unused.update(totp_last_step=step):
        return False
    limits.forgive(f"totp:{account.pk}")
    return signed_in(account, door="password and token") is not None


@transaction.atomic
def remove_totp(account: Account, *, by: Person | None) -> None:
    """An administrator helps somebody who lost the authenticator."""
    require(may_manage(by, account))
    Account.objects.filter(pk=account.pk).update(totp_secret="", totp_last_step=0)
    record("people.totp_removed", account.person, by=by)


def _step_of(secret: str, token: str, now: datetime) -> int | None:
    """The step of 30 seconds that shows this token, one early and one late allowed."""
    digits = normalise(token)
    here = int(now.timestamp()) // SECONDS
    for step in range(here - DRIFT, here + DRIFT + 1):
        if secrets.compare_digest(f"{hotp(base64.b32decode(secret), step, DIGITS):0{DIGITS}d}", digits):
            return step
    return None
