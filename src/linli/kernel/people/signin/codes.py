"""A code on the phone: the way in for residents."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from linli.kernel.answers import require
from linli.kernel.keys import ring
from linli.kernel.people import actions, limits
from linli.kernel.people.models import Account, Code
from linli.kernel.people.phones import may_receive_code, normalise
from linli.kernel.people.signin.accounts import account_of, signed_in

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
TRIES_A_CODE, TRIES_A_DAY = 5, 25
CODES_A_DAY, CODES_AN_ADDRESS, CODES_A_DISTRICT = 5, 20, 500

Delivery = Callable[[str, str, datetime], bool]
_deliveries: list[Delivery] = []


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether a code went out; in the demo, the code itself, for the page to show."""

    delivered: bool
    shown: str = ""


def register_delivery(deliver: Delivery) -> None:
    """The inbox registers how a code reaches a phone: ``deliver(phone, code, now)`` says whether it is on its way.

    The newest registration counts.
    """
    _deliveries[:] = [deliver]


def send_code(phone: str, *, ip: str, now: datetime) -> Sent:
    """Make a code for a number, known here or not, and hand it to the delivery. Refused beyond the limits."""
    digits = normalise(phone)
    require(may_receive_code(digits))
    number = ring.blind(digits, "signin.number")
    require(limits.allow(f"code:ip:{limits.address(ip)}", CODES_AN_ADDRESS, limits.DAY, now))
    require(limits.allow(f"code:{number}", CODES_A_DAY, limits.DAY, now))
    require(limits.allow("code:district", CODES_A_DISTRICT, limits.HOUR, now))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    kept = {"hash": _hash_of(digits, code), "made_at": now, "tries": 0, "used_at": None}
    Code.objects.update_or_create(number=number, defaults=kept)
    delivered = [deliver(digits, code, now) for deliver in _deliveries]
    return Sent(delivered=any(delivered), shown=code if settings.LINLI_DEMO else "")


def check_code(phone: str, code: str, *, ip: str, now: datetime) -> Account | None:
    """The account of whoever holds the phone, made at the first sign-in; None when the code is not right."""
    digits = normalise(phone)
    number = ring.blind(digits, "signin.number")
    require(limits.allow(f"try:ip:{limits.address(ip)}", CODES_AN_ADDRESS * TRIES_A_CODE, limits.DAY, now))
    require(limits.allow(f"try:{number}", TRIES_A_DAY, limits.DAY, now))
    if not _use_code(number, _hash_of(digits, normalise(code)), now):
        return None
    with transaction.atomic():
        return signed_in(account_of(actions.confirm_by_phone(digits, now=now)), door="code")


def _use_code(number: str, given: str, now: datetime) -> bool:
    """Count the try before comparing, then use the code up by compare-and-set: two workers, one success."""
    live = Code.objects.filter(
        number=number, used_at=None, made_at__gt=now - CODE_LIVES, tries__lt=TRIES_A_CODE
    )
    if not live.update(tries=F("tries") + 1):
        return False
    kept = Code.objects.values_list("hash", flat=True).get(number=number)
    if not secrets.compare_digest(kept, given):
        return False
    return Code.objects.filter(number=number, hash=kept, used_at=None).update(used_at=now) == 1


def _hash_of(digits: str, code: str) -> str:
    """Six digits are quickly tried out, so the hash is keyed with a key that is not in the database."""
    return ring.blind(f"{digits}/{code}", "signin.code")


def sweep(now: datetime) -> int:
    """Forget dead codes and old counters; reads first."""
    dead = list(Code.objects.filter(made_at__lt=now - limits.DAY).values_list("pk", flat=True)[:2000])
    gone = Code.objects.filter(pk__in=dead, made_at__lt=now - limits.DAY).delete()[0] if dead else 0
    return gone + limits.sweep(now)
