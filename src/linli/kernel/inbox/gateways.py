"""The providers: what a message becomes on the way to each of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from linli.kernel.inbox import wire
from linli.kernel.inbox.errors import Barred, Outage, Rejected
from linli.kernel.inbox.guard import target_of
from linli.kernel.inbox.mail import send_mail
from linli.kernel.inbox.models import Medium
from linli.kernel.inbox.signatures import signed

ALREADY_HAD = 409
OURS_TO_MEND = {401, 402, 403, 408, 425, 429}  # keys, money, pace: the message itself is good
BUSY_ROBOT = {-1, 45009, 45033}
TEMPLATE = {"phone": "{to}", "text": "{text}", "ref": "{ref}"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything a provider needs, already read from the database and opened."""

    medium: str
    to: str
    text: str
    ref: str
    at: datetime
    config: dict[str, Any] = field(repr=False)


def deliver(parcel: Parcel) -> None:
    """Hand one message over, or raise Outage or Rejected. Touches no database."""
    GATEWAYS[Medium(parcel.medium)](parcel)


def put_in(template: Any, parcel: Parcel) -> Any:
    """The template with the message in it; only the text inside it changes, never its shape."""
    if isinstance(template, dict):
        return {name: put_in(value, parcel) for name, value in template.items()}
    if isinstance(template, list):
        return [put_in(value, parcel) for value in template]
    if not isinstance(template, str):
        return template
    for mark, value in (("{to}", parcel.to), ("{ref}", parcel.ref), ("{text}", parcel.text)):
        if mark in template:
            head, _mark, tail = template.partition(mark)
            return put_in(head, parcel) + value + put_in(tail, parcel)
    return template


def body_of(parcel: Parcel) -> tuple[bytes, str]:
    """(content, its type) as the district's provider wants it: a form or JSON."""
    filled = put_in(parcel.config.get("template", TEMPLATE), parcel)
    if parcel.config.get("as") == "form":
        return urlencode(filled).encode(), "application/x-www-form-urlencoded"
    return json.dumps(filled, ensure_ascii=False).encode(), "application/json"


def send_by_http(parcel: Parcel) -> None:
    """A text message or a call through any provider with an HTTP interface."""
    config = parcel.config
    content, content_type = body_of(parcel)
    headers = {
        **config.get("headers", {}),
        "Host": host_of(config["url"]),
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
        "Idempotency-Key": parcel.ref,
    }
    if config.get("secret"):
        headers |= signed(config["secret"], content, parcel.at)
    target = target_of(config["url"], allow_private=bool(config.get("allow_private")))
    judge(
        wire.call(target, config.get("method", "POST"), config["url"], headers=headers, content=content),
        config,
    )


def host_of(url: str) -> str:
    return url.split("://", 1)[1].split("/", 1)[0].split("?", 1)[0]


def judge(reply: wire.Reply, config: dict[str, Any]) -> None:
    """What the answer means. A provider that knows the reference already has the message."""
    status = reply.status
    if status == ALREADY_HAD:
        return
    if status >= 500 or status in OURS_TO_MEND or 300 <= status < 400:  # noqa: PLR2004 -- HTTP's own classes
        raise Outage(f"HTTP {status}")
    if status >= 400:  # noqa: PLR2004
        raise Rejected(f"HTTP {status}")
    if "ok_field" in config and str(field_of(reply, config["ok_field"])) != str(config.get("ok_value", "0")):
        raise Rejected(f"{config['ok_field']}={field_of(reply, config['ok_field'])}"[:200])


def field_of(reply: wire.Reply, name: str) -> Any:
    try:
        found = json.loads(reply.body)
    except ValueError:
        raise Outage("unreadable answer") from None
    return found.get(name, "") if isinstance(found, dict) else ""


def send_to_robot(parcel: Parcel) -> None:
    """A WeCom group robot: text or markdown, at most 20 a minute (the outbox keeps to that)."""
    form = parcel.config.get("form", "text")
    content = json.dumps({"msgtype": form, form: {"content": parcel.text}}, ensure_ascii=False).encode()
    url = parcel.config["url"]
    headers = {
        "Host": host_of(url), "Content-Type": "application/json", "Content-Length": str(len(content)),
    }  # fmt: skip
    target = target_of(url, allow_private=bool(parcel.config.get("allow_private")))
    reply = wire.call(target, "POST", url, headers=headers, content=content)
    judge(reply, {})
    code = field_of(reply, "errcode")
    if code in BUSY_ROBOT:
        raise Outage(f"errcode {code}")
    if code != 0:
        raise Rejected(f"errcode {code}")


def send_by_mail(parcel: Parcel) -> None:
    send_mail(parcel.to, parcel.text, ref=parcel.ref, config=parcel.config)


GATEWAYS: dict[Medium, Callable[[Parcel], None]] = {
    Medium.SMS: send_by_http,
    Medium.CALL: send_by_http,
    Medium.MAIL: send_by_mail,
    Medium.WECOM: send_to_robot,
}

__all__ = ["Barred", "Outage", "Parcel", "Rejected", "deliver"]
