"""A slip of paper printed at the counter: one way in for somebody without a phone."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from linli.kernel.answers import require
from linli.kernel.clock import now as clock_now
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.keys import ring
from linli.kernel.people import limits, rules
from linli.kernel.people.models import Account, Person, Slip
from linli.kernel.people.signin.accounts import account_of, signed_in
from linli.kernel.people.standing import standing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LETTERS = 12
SLIP_LIVES = timedelta(hours=72)
TRIES_AN_HOUR, TRIES_AN_ADDRESS = 200, 20


@transaction.atomic
def slip_for(person: Person, by: Person, *, now: datetime | None = None) -> str:
    """The code to print, such as 7KQM-2FHX-9TRD: 59 bits, good once within 72 hours. Older slips stop working.

    Nobody who works here gets in by a slip: a clerk cannot print a way into a colleague's account.
    """
    moment = now or clock_now()
    area = person.community.path if person.community else ""
    require(rules.may_print_slip(standing(by, on=today()), area, standing(person, on=today())))
    Slip.objects.filter(person=person, used_at=None, until__gt=moment).update(until=moment)
    code = "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))
    Slip.objects.create(
        person=person, hash=_hash_of(code), printed_by=by, made_at=moment, until=moment + SLIP_LIVES
    )
    record("people.slip_printed", person, by=by, path=area)
    return "-".join(code[i : i + 4] for i in range(0, LETTERS, 4))


def slip_step(code: str, now: datetime, *, ip: str = "") -> Account | None:
    """The account of whoever the slip was printed for."""
    require(limits.allow(f"slip:ip:{limits.address(ip)}", TRIES_AN_ADDRESS, limits.HOUR, now))
    require(limits.allow("slip:district", TRIES_AN_HOUR, limits.HOUR, now))
    slip = Slip.objects.select_related("person").filter(hash__in=_hashes_of(code), until__gt=now).first()
    if slip is None or not Slip.objects.filter(pk=slip.pk, used_at=None).update(used_at=now):
        return None
    with transaction.atomic():
        return signed_in(account_of(slip.person), door="slip")


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _hash_of(code: str) -> str:
    return ring.blind(_plain(code), "signin.slip")


def _hashes_of(code: str) -> list[str]:
    return ring.blinds(_plain(code), "signin.slip")
