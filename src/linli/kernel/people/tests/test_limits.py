import threading
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.people import limits
from linli.kernel.people.limits import DAY, HOUR, allow, blocked, forgive, give_back, sweep
from linli.kernel.people.models import Attempt
from linli.kernel.people.tests.cast import MORNING
from linli.kernel.people.tests.together import together

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(
    gaps=st.lists(st.integers(min_value=0, max_value=90), max_size=25),
    limit=st.integers(min_value=1, max_value=4),
)
def test_no_window_wherever_it_begins_lets_more_through(gaps: list[int], limit: int) -> None:
    Attempt.objects.all().delete()
    window, at, through = timedelta(seconds=100), MORNING, []
    for gap in gaps:
        at += gap * SECOND
        expected = sum(1 for past in through if past > at - window) < limit
        assert allow("k", limit, window, at).ok is expected
        through += [at] if expected else []

    assert all(sum(1 for t in through if start <= t < start + window) <= limit for start in through)


@pytest.mark.django_db
def test_the_refusal_says_how_long_to_wait(in_english: None) -> None:
    assert [allow("k", 2, HOUR, MORNING).ok for _ in range(3)] == [True, True, False]

    refusal = allow("k", 2, HOUR, MORNING + timedelta(minutes=48))

    assert refusal.reason == "Too many tries. Please try again in 12 minutes, or ask at the desk."
    assert allow("k", 2, HOUR, MORNING + HOUR).ok


@pytest.mark.django_db
def test_one_key_does_not_use_up_another() -> None:
    assert allow("one", 1, DAY, MORNING).ok
    assert allow("other", 1, DAY, MORNING).ok
    assert not blocked("one", 1, DAY, MORNING).ok
    assert blocked("third", 1, DAY, MORNING).ok


@pytest.mark.django_db
def test_what_was_honest_is_given_back() -> None:
    allow("k", 2, HOUR, MORNING)
    allow("k", 2, HOUR, MORNING + SECOND)
    give_back("k", MORNING + SECOND)

    assert [allow("k", 2, HOUR, MORNING + 2 * SECOND).ok for _ in range(2)] == [True, False]

    forgive("k")
    assert allow("k", 2, HOUR, MORNING + 3 * SECOND).ok


@pytest.mark.django_db
def test_the_limiter_still_counts_after_the_sweep_made_holes() -> None:
    for day in (0, 3, 3):
        assert allow("k", 3, DAY, MORNING + day * DAY).ok
    assert allow("k", 3, DAY, MORNING + 3 * DAY).ok
    Attempt.objects.filter(slot=1).update(at=MORNING)

    assert sweep(MORNING + 3 * DAY) == 1
    assert [allow("k", 3, DAY, MORNING + 3 * DAY).ok for _ in range(2)] == [True, False]


def test_twelve_workers_at_once_share_five_uses(many_connections: None) -> None:
    answers = together(12, lambda: allow("k", 5, DAY, MORNING).ok)

    assert sorted(answers) == [False] * 7 + [True] * 5
    assert together(1, Attempt.objects.count) == [5]


def test_counting_without_slots_would_let_too_many_through(many_connections: None) -> None:
    """The negative control: read, wait for the others, then write, as a naive limiter does."""
    meet = threading.Barrier(6, timeout=10)

    def naive() -> bool:
        used = Attempt.objects.filter(key__startswith="n").count()
        meet.wait()
        if used >= 5:
            return False
        Attempt.objects.create(key=f"n{threading.get_ident()}", slot=0, at=MORNING)
        return True

    assert together(6, naive) == [True] * 6


@given(st.ip_addresses(v=4))
def test_every_ipv4_address_counts_alone_however_it_is_written(ip: IPv4Address) -> None:
    assert limits.address(str(ip)) == limits.address(f"::ffff:{ip}") == str(ip)


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1))
def test_whoever_has_an_ipv6_line_has_one_address(one: int, other: int, line: int) -> None:
    network = 0x2001_0DB8_0000_0000 << 64 | line << 64
    same = {limits.address(str(IPv6Address(network | host))) for host in (one, other)}

    assert len(same) == 1
    assert limits.address(str(IPv6Address(network ^ (1 << 64)))) not in same


def test_the_longest_window_is_shorter_than_what_is_kept() -> None:
    assert limits.KEPT > DAY
