"""The file that counts requests: exact in every minute, of one size, shared by processes and threads."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linli.web.counts import MINUTE, WAYS, Counts, way_of
from tests.trust import house


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    return Counts(tmp_path / "requests", 7, b"a key of this test")


GAPS = some.lists(some.one_of(some.integers(0, 3), some.integers(0, 30_000), some.just(MINUTE)), max_size=60)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(gaps=GAPS, limit=some.integers(1, 7))
def test_in_no_minute_more_get_through_and_nobody_below_is_refused(
    gaps: list[int], limit: int, tmp_path_factory: Any
) -> None:
    counts = Counts(tmp_path_factory.mktemp("counts") / "requests", 7, b"key")
    moment, admitted = 1_000_000, []
    for gap in gaps:
        moment += gap
        recent = [at for at in admitted if at > moment - MINUTE]
        wait = counts.use("王阿姨", limit, moment)

        assert (wait == 0) is (len(recent) < limit)
        if wait:
            assert wait == recent[-limit] + MINUTE - moment
        else:
            admitted.append(moment)


def test_a_clock_set_back_an_hour_shuts_nobody_out(counts: Counts) -> None:
    late = 10 * 60 * MINUTE
    assert [counts.use("李大爷", 3, late) for _time in range(4)] == [0, 0, 0, MINUTE]

    early = late - 60 * MINUTE

    assert [counts.use("李大爷", 3, early) for _time in range(4)] == [0, 0, 0, MINUTE]


def test_who_takes_over_a_ring_begins_at_nothing_and_takes_the_one_that_rested_longest(
    counts: Counts,
) -> None:
    marks = [(n + 1, 1000 - n, 3) for n in range(WAYS)]

    assert way_of(4, marks, 2000) == 3
    assert way_of(99, marks, 2000) == WAYS - 1
    assert way_of(99, [*marks[:-1], (8, 9000, 1)], 2000) == WAYS - 1  # used in a future that was taken back


def test_a_flood_of_addresses_neither_grows_the_file_nor_shuts_anybody_out(counts: Counts) -> None:
    size = 1024 * counts.set_bytes

    waits = [counts.use(f"address {n}", 1, 5 * MINUTE) for n in range(20_000)]

    assert set(waits) == {0}
    assert os.fstat(counts.file).st_size <= size


def test_the_file_holds_no_address(tmp_path: Path) -> None:
    Counts(tmp_path / "requests", 7, b"one key").use("address 100.64.0.1", 5, MINUTE)
    Counts(tmp_path / "others", 7, b"another key").use("address 100.64.0.1", 5, MINUTE)

    kept, others = (tmp_path / "requests").read_bytes(), (tmp_path / "others").read_bytes()

    assert b"100.64" not in kept
    assert kept.strip(b"\0") != others.strip(b"\0")
    assert (tmp_path / "requests").stat().st_mode & 0o777 == 0o600


class Careless(Counts):
    """The negative control: nobody waits for anybody."""

    @contextmanager
    def held(self, place: int) -> Iterator[None]:
        with nullcontext():
            yield

    def owners(self, start: int) -> Any:
        found = super().owners(start)
        time.sleep(0.002)
        return found


@pytest.mark.parametrize(("kind", "is_right"), [(Counts, True), (Careless, False)])
def test_four_workers_and_their_threads_count_together(
    kind: type[Counts], is_right: bool, tmp_path: Path
) -> None:
    path = tmp_path / "requests"

    def work(_n: int) -> int:
        counts, through = kind(path, 50, b"key"), []
        threads = [
            threading.Thread(
                target=lambda: through.extend(counts.use("王阿姨", 50, MINUTE) for _ in range(20))
            )
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return through.count(0)

    together = sum(house.together(work, 4))

    assert (together == 50) is is_right
    assert together >= 50
