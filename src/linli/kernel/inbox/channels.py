"""How the district reaches the world: set up on a page, kept encrypted, read by the outbox."""

import json
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, Refused, first_no, no, require
from linli.kernel.clock import now
from linli.kernel.inbox import gateways
from linli.kernel.inbox.errors import Barred, Outage, Rejected
from linli.kernel.inbox.guard import checked, target_of
from linli.kernel.inbox.models import Channel, Medium, new_ref
from linli.kernel.journal.actions import record
from linli.kernel.keys.fields import put, read

NEEDED = {
    Medium.SMS: ("url",),
    Medium.CALL: ("url",),
    Medium.WECOM: ("url",),
    Medium.MAIL: ("host", "from"),
}


@transaction.atomic
def configure(
    medium: str,
    config: dict[str, Any],
    *,
    by: Any,
    enabled: bool = True,
    quiet: tuple[time, time] | None = None,
) -> Channel:
    """Set up one medium. The address is checked now, and again at every call."""
    check(medium, config)
    channel = Channel.objects.filter(medium=medium).first() or Channel(medium=medium)
    channel.enabled, channel.changed_at, channel.resting_until = enabled, now(), None
    if quiet is not None:
        channel.quiet_from, channel.quiet_to = quiet
    put(channel, "config", json.dumps(config, ensure_ascii=False))
    channel.save()
    record("inbox.channel_set", channel, by=by, medium=medium, enabled=enabled)
    return channel


def check(medium: str, config: dict[str, Any]) -> None:
    missing = [name for name in NEEDED[Medium(medium)] if not config.get(name)]
    if missing:
        raise Refused(_("Please fill in: {names}.").format(names=", ".join(missing)))
    require(first_no(may_be_headers(config.get("headers", {})), may_be_port(config.get("port", 465))))
    allowed = bool(config.get("allow_private"))
    try:
        if medium == Medium.MAIL:
            checked(config["host"], int(config.get("port", 465)), allow_private=allowed)
        else:
            target_of(config["url"], allow_private=allowed)
    except Barred as barred:
        raise Refused(why_barred(str(barred))) from barred


def may_be_headers(headers: Any) -> Answer:
    """What HTTP can carry: plain letters on one line."""
    texts = [text for pair in headers.items() for text in pair] if isinstance(headers, dict) else [None]
    if all(isinstance(text, str) and text.isascii() and text.isprintable() for text in texts):
        return YES
    return no(_("Headers may hold only plain letters, digits and signs on one line."))


def may_be_port(port: Any) -> Answer:
    if str(port).isascii() and str(port).isdigit() and 0 < int(port) < 65_536:  # noqa: PLR2004 -- all ports
        return YES
    return no(_("A port is a number from 1 to 65535."))


def why_barred(code: str) -> str:
    if code == "scheme":
        return _("The address must begin with https://. Plain http works only for a server you allow inside.")
    if code == "unresolved":
        return _("This server name cannot be found. Please check the spelling.")
    if code == "private":
        return _("This address lies inside your own network. Allow it explicitly if that is intended.")
    return _("This is not an address the house may connect to. Please write the server's name.")


def config_of(channel: Channel) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(channel, "config"))
    return found


def open_channels() -> dict[str, Channel]:
    return {channel.medium: channel for channel in Channel.objects.filter(enabled=True)}


def is_open(medium: str) -> bool:
    """Whether a message by this medium would leave the house."""
    return Channel.objects.filter(medium=medium, enabled=True).exists()


def try_out(medium: str, to: str, *, moment: datetime) -> Answer:
    """Send one real message now, so that the administrator sees at once whether the setting works."""
    channel = open_channels().get(medium)
    if channel is None:
        return no(_("This channel is not set up or is switched off."))
    words = _("A trial from Linli. If you can read this, the channel works.")
    parcel = gateways.Parcel(medium, to, words, new_ref(), moment, config_of(channel))
    try:
        gateways.deliver(parcel)
    except (Outage, Rejected) as problem:
        return no(_("The provider did not take it: {reason}").format(reason=problem))
    return YES
