"""While a provider takes its time, nobody else has to wait: no transaction is open during the call."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from linli.kernel.inbox.actions import queue
from linli.kernel.inbox.outbox import Report, send_due
from linli.kernel.inbox.tests.cast import MORNING, WANG_PHONE, sms_by
from linli.kernel.inbox.tests.conftest import share  # noqa: F401 -- a fixture
from linli.kernel.inbox.tests.providers import Gateway, gateway

WRITER_MAY = "a writer may begin"


@pytest.fixture
def watched() -> Iterator[tuple[Gateway, list[str]]]:
    """A provider that tries, while it is being called, to write to the database of the house."""
    seen: list[str] = []
    with gateway() as provider:
        take = provider.take

        def look_first(call: dict[str, Any]) -> int:
            seen.append(tried())
            return take(call)

        provider.take = look_first  # type: ignore[method-assign]
        yield provider, seen


def tried() -> str:
    with sqlite3.connect(connections.settings["default"]["NAME"], timeout=0) as base:
        try:
            base.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            return str(problem)
        base.rollback()
    return WRITER_MAY


def send() -> Report:
    try:
        return send_due(MORNING)
    finally:
        connections.close_all()


def send_in_a_transaction() -> Report:
    with transaction.atomic():
        return send_due(MORNING)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("way", "told"), [(send, WRITER_MAY), (send_in_a_transaction, "database is locked")])
def test_the_house_can_be_written_to_while_a_message_leaves(
    share: Callable[[], None],  # noqa: F811
    watched: tuple[Gateway, list[str]],
    way: Callable[[], Report],
    told: str,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite does an open transaction keep every writer out")
    provider, seen = watched
    sms_by(provider)
    for number in range(3):
        queue("sms", f"第{number}条", to=WANG_PHONE, moment=MORNING)
    share()
    with ThreadPoolExecutor(1) as sender:
        report = sender.submit(way).result()

    assert (report, set(seen), len(seen)) == (Report(sent=3), {told}, 3)
