"""Two senders and one message. Each test shows that without the claim the message would ring twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linli.kernel.inbox.actions import queue
from linli.kernel.inbox.channels import config_of, open_channels
from linli.kernel.inbox.models import Outgoing
from linli.kernel.inbox.outbox import claim, due, hand_over, packed, send_due
from linli.kernel.inbox.tests.cast import MORNING, WANG_PHONE, sms_by
from linli.kernel.inbox.tests.providers import Gateway

SENDERS = 6


def test_of_two_senders_that_saw_the_same_row_one_sends(db: None, provider: Gateway) -> None:
    provider.dedupes = False
    sms_by(provider)
    queue("sms", "换好了", to=WANG_PHONE, moment=MORNING)
    seen = [list(packed(MORNING, 24, open_channels())) for _sender in range(2)]

    for pairs in seen:
        for pair in pairs:
            if claim(pair[0], MORNING):
                hand_over(pair)

    assert len(provider.calls) == 1


def test_without_the_claim_the_same_message_leaves_twice(db: None, provider: Gateway) -> None:
    provider.dedupes = False
    sms_by(provider)
    queue("sms", "换好了", to=WANG_PHONE, moment=MORNING)
    seen = [list(packed(MORNING, 24, open_channels())) for _sender in range(2)]

    for pairs in seen:
        for pair in pairs:
            hand_over(pair)

    assert len(provider.calls) == 2


def test_six_senders_at_once_send_a_hundred_messages_once_each(
    share: Callable[[], None], provider: Gateway
) -> None:
    provider.dedupes = False
    sms_by(provider)
    for number in range(100):
        queue("sms", f"第{number}条", to=WANG_PHONE, moment=MORNING)
    share()
    start = threading.Barrier(SENDERS)

    def sender(_number: int) -> int:
        start.wait()
        sent = 0
        try:
            while (report := send_due(MORNING)).tried or due_now():
                sent += report.sent
        finally:
            connection.close()
        return sent

    with ThreadPoolExecutor(SENDERS) as pool:
        shares = list(pool.map(sender, range(SENDERS)))

    assert sum(shares) == 100
    assert provider.passed_on() == sorted(Outgoing.objects.values_list("ref", flat=True))


def due_now() -> bool:
    channel = open_channels()["sms"]
    assert config_of(channel)["url"].startswith("http://127.0.0.1:")
    return due(channel, MORNING).exists()


@pytest.mark.parametrize("claimed", [True, False])
def test_senders_held_at_the_same_row(share: Callable[[], None], provider: Gateway, *, claimed: bool) -> None:
    provider.dedupes = False
    sms_by(provider)
    queue("sms", "换好了", to=WANG_PHONE, moment=MORNING)
    share()
    read = threading.Barrier(SENDERS)

    def sender(_number: int) -> None:
        try:
            pairs = list(packed(MORNING, 24, open_channels()))
            read.wait()
            for pair in pairs:
                if not claimed or claim(pair[0], MORNING):
                    hand_over(pair)
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(sender, range(SENDERS)))

    assert len(provider.calls) == (1 if claimed else SENDERS)
