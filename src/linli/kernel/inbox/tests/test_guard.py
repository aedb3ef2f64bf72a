"""Where the house must not connect. Every case ends with no connection made."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import pytest

from linli.kernel.answers import Refused
from linli.kernel.inbox import wire
from linli.kernel.inbox.actions import queue
from linli.kernel.inbox.channels import configure, try_out
from linli.kernel.inbox.errors import Barred, Outage
from linli.kernel.inbox.gateways import Parcel, deliver
from linli.kernel.inbox.guard import Target, checked, target_of
from linli.kernel.inbox.outbox import Report, send_due
from linli.kernel.inbox.tests.cast import MORNING, WANG_PHONE, sms_by
from linli.kernel.inbox.tests.providers import Gateway

INSIDE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
]  # fmt: skip
SPELLINGS = [
    "2130706433", "0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1", "0177.0.0.1", "017700000001", "127.1", "127.0.1",
    "010.0.0.1", "0300.0250.1.1", "127.0.0.1.", "1", "0",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114", "64:ff9b::7272:7272"]


def answering(*addresses: str) -> Callable[..., list[tuple[Any, ...]]]:
    """A name server that gives these answers."""
    return lambda host, port, **_options: [(0, 0, 0, "", (address, port)) for address in addresses]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(Barred, match="private"):
        target_of("https://sms.example.cn/send", resolver=answering(address))


@pytest.mark.parametrize("address", INSIDE)
def test_one_inside_answer_among_good_ones_is_enough_to_refuse(address: str) -> None:
    with pytest.raises(Barred, match="private"):
        checked("sms.example.cn", 443, resolver=answering("114.114.114.114", address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_open_internet_is_allowed_and_the_answer_is_pinned(address: str) -> None:
    found = target_of("https://sms.example.cn:8443/send?x=1", resolver=answering(address))
    assert found == Target("sms.example.cn", str(ip_address(address)), 8443)


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_address_in_disguise_is_refused_before_anybody_is_asked(host: str) -> None:
    def nobody(*_args: Any, **_options: Any) -> list[tuple[Any, ...]]:
        raise AssertionError("The name server was asked.")

    with pytest.raises(Barred, match="number"):
        target_of(f"https://{host}/", resolver=nobody)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://sms.example.cn/", "scheme"), ("ftp://sms.example.cn/", "scheme"), ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1:6379/_", "scheme"), ("//sms.example.cn/", "scheme"), ("sms.example.cn", "scheme"),
        ("https://user:key@127.0.0.1/", "host"), ("https://sms.example.cn@127.0.0.1/", "host"),
        ("https:///send", "host"), ("https://", "host"), ("https://sms.example.cn:99999/", "port"),
        ("https://sms.example.cn:x/", "port"),
    ],
)  # fmt: skip
def test_other_doors_stay_shut(url: str, code: str) -> None:
    with pytest.raises(Barred, match=code):
        target_of(url, resolver=answering("114.114.114.114"))


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:{port}/", "https://[::ffff:127.0.0.1]:{port}/", "https://localhost:{port}/"]
)
def test_the_real_name_server_leads_nobody_inside(provider: Gateway, url: str) -> None:
    with pytest.raises(Barred, match="private"):
        target_of(url.format(port=provider.server_port))
    assert provider.calls == []


@pytest.mark.django_db
def test_a_district_cannot_set_up_an_inside_address_by_accident(provider: Gateway) -> None:
    inside = f"https://127.0.0.1:{provider.server_port}/"
    with pytest.raises(Refused):
        configure("sms", {"url": inside}, by=None)
    with pytest.raises(Refused):
        configure("mail", {"host": "127.0.0.1", "from": "a@example.cn"}, by=None)
    with pytest.raises(Refused):
        configure("sms", {}, by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [{"headers": {"X": "钥匙"}}, {"headers": {"X": "a\r\nB: c"}}, {"headers": "X: y"}, {"headers": {"X": 1}}, {"port": "0"},
     {"port": "x"}, {"port": 70_000}],
)  # fmt: skip
def test_a_setting_that_no_provider_could_use_is_refused_while_it_is_typed(
    provider: Gateway, more: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        sms_by(provider, **more)


def test_an_inside_address_that_got_into_the_settings_is_still_not_called(provider: Gateway) -> None:
    for medium in ("sms", "wecom"):
        parcel = Parcel(
            medium, WANG_PHONE, "x", "r", MORNING, {"url": f"https://127.0.0.1:{provider.server_port}/"}
        )
        with pytest.raises(Barred):
            deliver(parcel)
    with pytest.raises(Barred):
        deliver(Parcel("mail", "a@b.cn", "x", "r", MORNING, {"host": "127.0.0.1", "from": "a@example.cn"}))
    assert provider.calls == []


@pytest.mark.django_db
def test_a_redirect_is_not_followed(provider: Gateway) -> None:
    sms_by(provider)
    queue("sms", "x", to=WANG_PHONE, moment=MORNING)
    provider.mood = "302 x"
    assert send_due(MORNING) == Report(postponed=1)
    assert provider.calls == []


def test_a_name_that_changes_its_answer_after_the_check_gains_nothing(provider: Gateway) -> None:
    """The call goes to the address that was checked: here the provider, though the name means nobody."""
    target = Target("rebound.invalid", "127.0.0.1", provider.server_port)
    url = f"http://rebound.invalid:{provider.server_port}/send"
    headers = {"Host": "rebound.invalid", "Content-Length": "2"}
    assert wire.call(target, "POST", url, headers=headers, content=b"{}").status == 200
    assert provider.calls[0]["headers"]["Host"] == "rebound.invalid"


@pytest.fixture
def silent() -> Iterator[int]:
    """A server that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_provider_that_drips_or_is_silent_has_its_time_and_no_more(provider: Gateway, silent: int) -> None:
    provider.mood = "drips"
    for port in (provider.server_port, silent):
        began = time.monotonic()
        with pytest.raises(Outage):
            wire.call(
                Target("127.0.0.1", "127.0.0.1", port), "POST", f"http://127.0.0.1:{port}/",
                headers={"Host": "x", "Content-Length": "0"}, content=b"", seconds=0.5,
            )  # fmt: skip
        assert time.monotonic() - began < 2


def test_ten_seconds_are_the_limit() -> None:
    assert wire.SECONDS == 10.0


@pytest.mark.parametrize("header", ["x\r\nX-Evil: 1", "x\nX"])
def test_a_header_cannot_smuggle_another(provider: Gateway, header: str) -> None:
    config = {"url": provider.url, "allow_private": True, "headers": {"X-Key": header}}
    with pytest.raises(Outage):
        deliver(Parcel("sms", WANG_PHONE, "x", "r", MORNING, config))
    assert provider.calls == []


@pytest.mark.django_db
def test_the_administrator_sees_at_once_whether_a_channel_works(provider: Gateway) -> None:
    assert not try_out("sms", WANG_PHONE, moment=MORNING)
    sms_by(provider)
    assert try_out("sms", WANG_PHONE, moment=MORNING)
    provider.mood = "403 no money"
    assert not try_out("sms", WANG_PHONE, moment=MORNING + timedelta(minutes=1))
    assert len(provider.calls) == 1
