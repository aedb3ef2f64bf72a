"""How often something may be done: counted in the database, so that all workers count together.

A key has as many slots as it may be used in a window. Whoever finds a slot older than the window takes it by
compare-and-set, so in no window, wherever it begins, do more get through; no row needs to be locked.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from django.db import IntegrityError, transaction
from django.utils.translation import ngettext

from linli.kernel.answers import YES, Answer, no
from linli.kernel.people.models import Attempt

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KEPT = timedelta(days=2)


def allow(key: str, limit: int, window: timedelta, now: datetime) -> Answer:
    """Use the key once if it was used fewer than ``limit`` times in the last ``window``."""
    for _turn in range(2 * limit):
        slots = list(Attempt.objects.filter(key=key).order_by("at").values_list("slot", "at"))
        free = next(((slot, at) for slot, at in slots if at <= now - window), None)
        if free is None and len(slots) >= limit:
            return no(too_often(slots[len(slots) - limit][1] + window - now))
        if _take(key, free, {slot for slot, _at in slots}, now):
            return YES
    return no(too_often(MINUTE))


def _take(key: str, free: tuple[int, datetime] | None, taken: set[int], now: datetime) -> bool:
    """False when somebody else took the same slot first."""
    if free is not None:
        return Attempt.objects.filter(key=key, slot=free[0], at=free[1]).update(at=now) == 1
    unused = next(slot for slot in range(len(taken) + 1) if slot not in taken)
    try:
        with transaction.atomic():
            Attempt.objects.create(key=key, slot=unused, at=now)
    except IntegrityError:
        return False
    return True


def address(ip: str) -> str:
    """What counts as one address: an IPv6 line is given 2**64 of them, so its whole network counts as one."""
    try:
        known = ip_address(ip)
    except ValueError:
        return ip[:45]
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((known, 64), strict=False))


def blocked(key: str, limit: int, window: timedelta, now: datetime) -> Answer:
    """Whether the key is used up, without using it."""
    used = list(
        Attempt.objects.filter(key=key, at__gt=now - window).order_by("at").values_list("at", flat=True)
    )
    return YES if len(used) < limit else no(too_often(used[len(used) - limit] + window - now))


def forgive(key: str) -> None:
    """Forget what was counted, after the rightful person came through."""
    Attempt.objects.filter(key=key).delete()


def give_back(key: str, now: datetime) -> None:
    """Undo one use that turned out to be honest: the slot counts as long unused."""
    slot = Attempt.objects.filter(key=key, at=now).first()
    if slot is not None:
        Attempt.objects.filter(pk=slot.pk, at=now).update(at=now - KEPT)


def sweep(now: datetime) -> int:
    """Delete what no window reaches any more; reads first, so that an idle run takes no lock."""
    old = list(Attempt.objects.filter(at__lt=now - KEPT).values_list("pk", flat=True)[:2000])
    return Attempt.objects.filter(pk__in=old, at__lt=now - KEPT).delete()[0] if old else 0


def too_often(wait: timedelta) -> str:
    """The sentence for somebody who must wait, with how long."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour
        return (
            ngettext(
                "Too many tries. Please try again in %d minute, or ask at the desk.",
                "Too many tries. Please try again in %d minutes, or ask at the desk.",
                minutes,
            )
            % minutes
        )
    hours = -(-minutes // 60)
    return (
        ngettext(
            "Too many tries today. Please try again in %d hour, or ask at the desk.",
            "Too many tries today. Please try again in %d hours, or ask at the desk.",
            hours,
        )
        % hours
    )
