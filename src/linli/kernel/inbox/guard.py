"""Where the house may connect to. An address somebody configured must not open doors inside the network.

The name is resolved once and the connection goes to that very address, so a name that changes its answer
between the check and the call gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from linli.kernel.inbox.errors import Barred

Resolver = Callable[..., list[tuple[Any, ...]]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"https": 443, "http": 80}
LIKE_A_NUMBER = re.compile(r"(0x[0-9a-f]+|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
DOTTED = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
WRAPPED = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("::/96"), 0),  # the old IPv4-compatible form
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4
)


@dataclass(frozen=True, slots=True)
class Target:
    """One place to connect to: the address that was checked, and the name that the certificate must carry."""

    host: str
    address: str
    port: int


def target_of(url: str, *, allow_private: bool = False, resolver: Resolver = socket.getaddrinfo) -> Target:
    """Take a URL apart and check where it leads. Plain http only where the district allows the inside."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise Barred("scheme")
    if parts.username is not None or parts.password is not None or not parts.hostname:
        raise Barred("host")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise Barred("port") from None
    return checked(parts.hostname, port, allow_private=allow_private, resolver=resolver)


def checked(
    host: str, port: int, *, allow_private: bool = False, resolver: Resolver = socket.getaddrinfo
) -> Target:
    """Resolve once; every answer must be an address of the open internet, or none is used."""
    if LIKE_A_NUMBER.fullmatch(host) and not DOTTED.fullmatch(host):
        raise Barred("number")  # 2130706433, 0x7f.1, 0177.0.0.1: nobody writes an honest address so
    try:
        answers = resolver(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Barred("unresolved") from None
    addresses = [ipaddress.ip_address(answer[4][0].split("%")[0]) for answer in answers]
    if not addresses:
        raise Barred("unresolved")
    if not allow_private and not all(is_open(address) for address in addresses):
        raise Barred("private")
    return Target(host, str(addresses[0]), port)


def is_open(address: Address) -> bool:
    """Whether the address lies on the open internet, whatever form it is wrapped in."""
    inner = unwrapped(address)
    if inner is not None:
        return is_open(inner)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def unwrapped(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    for network, shift in WRAPPED:
        if address in network:
            return ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return address.teredo[1] if address.teredo is not None else None
