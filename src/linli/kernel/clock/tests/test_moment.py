"""What time it is, and that moving the clock moves it for nobody else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.kernel.clock import local, moved_to, now, today

SPRING = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
AUTUMN = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)


def test_unmoved_the_clock_is_the_worlds():
    earlier, told, later = datetime.now(UTC), now(), datetime.now(UTC)
    assert earlier <= told <= later


def test_a_moved_clock_stands_still_and_comes_back_even_after_an_accident():
    def break_off():
        raise RuntimeError(now())

    with pytest.raises(RuntimeError) as accident, moved_to(SPRING):
        break_off()
    assert accident.value.args == (SPRING,)
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_inner_move_wins_and_the_outer_returns():
    with moved_to(SPRING):
        with moved_to(AUTUMN):
            assert now() == AUTUMN
        assert now() == SPRING


def test_another_thread_keeps_its_own_time():
    with moved_to(SPRING), ThreadPoolExecutor(1) as pool:
        assert pool.submit(now).result() != SPRING
        assert now() == SPRING


def test_two_tasks_move_their_clocks_independently():
    async def told(moment):
        with moved_to(moment):
            await asyncio.sleep(0)
            return now()

    async def both():
        return await asyncio.gather(told(SPRING), told(AUTUMN))

    assert asyncio.run(both()) == [SPRING, AUTUMN]


def test_today_is_the_day_in_china():
    with moved_to(datetime(2026, 3, 10, 16, 30, tzinfo=UTC)):
        assert today() == date(2026, 3, 11)
        assert local(now()).isoformat() == "2026-03-11T00:30:00+08:00"


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 3, 10)  # noqa: DTZ001 -- the point of the test
    with pytest.raises(ValueError, match="needs a zone"):
        local(naive)
    with pytest.raises(ValueError, match="with a zone"), moved_to(naive):
        pass
