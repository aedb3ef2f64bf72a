"""What must survive: killed processes, a cut of the power, a killed database server, a full disk."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.project.cluster import programs
from tests.trust.house import told_by

pytestmark = pytest.mark.drill


def test_killed_a_hundred_times_nothing_promised_is_lost(data: Path) -> None:
    told = told_by("kill", 100, 20_000, 7, data=data)
    print(told)
    assert told["promised"] >= 20_000, "a drill without load proves nothing"
    assert {name: told[name] for name in ("lost", "halves", "faults", "broken_chains")} == {
        "lost": 0, "halves": 0, "faults": 0, "broken_chains": 0,
    }  # fmt: skip
    assert told["reopened_within"] <= 5


def test_a_house_killed_while_residents_write_opens_again_with_every_word(data: Path) -> None:
    told = told_by("site", 10, 7, data=data)
    print(told)
    assert told["promised"] > 300, "a drill without load proves nothing"
    assert told["fewest_killed"] >= 5, "the parent, the site, two workers and the jobs"
    assert {name: told[name] for name in ("lost", "faults", "broken_chains")} == {
        "lost": 0, "faults": 0, "broken_chains": 0,
    }  # fmt: skip
    assert told["serving_after"] <= 5, "the best of the mornings: the others shared the machine"


def test_a_power_cut_loses_nothing_at_full_and_would_lose_at_normal(data: Path) -> None:
    told = told_by("power", 300, 7, data=data)
    print(told)
    assert told["FULL"] == {"cuts_that_lost": 0, "damaged": 0, "halves": 0}
    assert told["NORMAL"]["cuts_that_lost"] > 15, "else the cut does not cut"
    assert told["NORMAL"]["damaged"] == 0
    assert told["OFF"]["cuts_that_lost"] > 15


def test_a_killed_postgresql_comes_back_with_every_promise(data: Path) -> None:
    if programs() is None:
        reason = "No PostgreSQL server is installed (on Debian: apt install postgresql)."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    told = told_by("server", 15, 7, data=data)
    print(told)
    assert told["promised"] > 500
    assert {name: told[name] for name in ("lost", "halves", "broken_chains", "amcheck")} == {
        "lost": 0, "halves": 0, "broken_chains": 0, "amcheck": 0,
    }  # fmt: skip


def test_a_gigabyte_that_was_lost_is_open_again_within_five_minutes(data: Path) -> None:
    told = told_by("restore", 40_000, 870, data=data, timeout=600)
    print(told)
    assert told["staged"] >= 1_000_000_000
    assert told["promised"] > 100
    assert (told["lost_before_the_backup"], told["whole"]) == (0, True)
    assert told["open_again_within"] <= 300
    assert told["minutes_lost_at_most"] <= 15


FULL = "database or disk is full"


def test_a_database_that_may_not_grow_tells_the_writer_and_recovers(data: Path) -> None:
    told = told_by("disk", data=data)
    assert told["done"] > 0
    assert told == {
        "done": told["done"], "problem": FULL, "seen_while_full": told["done"], "after": told["done"] + 1,
        "halves": 0, "faults": [],
    }  # fmt: skip


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of ten megabytes; only an administrator can make one."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here; the page limit above is drilled instead")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_tells_the_writer_within_two_seconds_and_recovers(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 3_000_000)
    told = told_by("disk", ballast, data=small_disk)
    print(told)
    assert (told["problem"], told["seen_while_full"], told["after"]) == (FULL, told["done"], told["done"] + 1)
    assert (told["halves"], told["faults"]) == (0, [])
    assert told["seconds"] <= 2
