"""Quiet hours: at night residents are left to sleep, unless it is urgent."""

from datetime import datetime, timedelta

from linli.kernel.clock import local
from linli.kernel.inbox.models import Channel, Medium

AUDIBLE = {Medium.SMS, Medium.CALL}  # mail and group robots wake nobody


def is_quiet(channel: Channel, moment: datetime) -> bool:
    """Whether the medium is resting for residents; 22:00 to 07:00 unless the district chose otherwise [D]."""
    if channel.medium not in AUDIBLE or channel.quiet_from == channel.quiet_to:
        return False
    clock = local(moment).time()
    if channel.quiet_from < channel.quiet_to:
        return channel.quiet_from <= clock < channel.quiet_to
    return clock >= channel.quiet_from or clock < channel.quiet_to


def next_loud(channel: Channel, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    if not is_quiet(channel, moment):
        return moment
    here = local(moment)
    end = datetime.combine(here.date(), channel.quiet_to, here.tzinfo)
    return end if end > here else end + timedelta(days=1)
