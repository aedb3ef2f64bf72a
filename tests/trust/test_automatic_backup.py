"""Backups by the clock: one when it is due, none for nothing, old ones go, and the disk is never filled."""

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.clock import SHANGHAI, moved_to
from linli.project.backup import automatic, manifest
from tests.trust.house import told_by
from tests.trust.test_backup import linli

pytestmark = pytest.mark.django_db(transaction=True)
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, and the folder of its backups."""
    monkeypatch.delenv("LINLI_BACKUPS", raising=False)
    settings.LINLI_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "backups"


def at(moment: datetime) -> str | None:
    """What the job makes at a moment, by its name."""
    with moved_to(moment):
        made = automatic.turn(moment)
    return made.name if made else None


def photo(name: str, content: bytes = b"a photo") -> Path:
    path = automatic.Path(automatic.settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_one_is_made_at_once_and_the_next_after_ten_minutes() -> None:
    told = [at(NINE + minutes * MINUTE) for minutes in (0, 1, 9, 10, 11, 20)]

    assert told == ["auto-20261124-090000", None, None, "auto-20261124-091000", None, "auto-20261124-092000"]


def test_when_nothing_was_written_none_is_made(data: Path) -> None:
    told = told_by("quiet", data=data)

    assert told == {"first": True, "at_rest": False, "after_a_word": True, "late_at_rest": False}


def test_a_photo_is_kept_once_however_many_backups_hold_it(place: Path) -> None:
    photo("ab/old.webp")
    at(NINE)
    photo("cd/new.webp")
    at(NINE + 10 * MINUTE)
    first, second = sorted(place.glob("auto-*"))

    assert (first / "files/ab/old.webp").stat().st_ino == (second / "files/ab/old.webp").stat().st_ino
    assert (second / "files/cd/new.webp").read_bytes() == b"a photo"
    assert {manifest.digest_of(second / name) == digest for name, digest in hashes(second).items()} == {True}
    assert set(hashes(second)) >= {"files/ab/old.webp", "files/cd/new.webp"}


def hashes(folder: Path) -> dict[str, str]:
    told: dict[str, str] = json.loads((folder / "manifest.json").read_text())["hashes"]
    return told


def test_a_file_that_changed_under_its_name_is_copied_again(place: Path) -> None:
    photo("ab/x.webp", b"before")
    at(NINE)
    os.utime(photo("ab/x.webp", b"behind"), ns=(1, 1))
    at(NINE + 10 * MINUTE)
    first, second = sorted(place.glob("auto-*"))

    assert [(one / "files/ab/x.webp").read_bytes() for one in (first, second)] == [b"before", b"behind"]


def test_a_backup_made_by_hand_shares_nothing_and_is_never_thrown_away(place: Path, data: Path) -> None:
    told_by("fill", 3, data=data)
    assert linli("backup", data / "backups", data=data)[0] == 0
    assert linli("backup", data / "backups", data=data)[0] == 0

    first, second = ((one / "files/ab/photo.webp") for one in sorted((data / "backups").iterdir()))
    assert first.stat().st_ino != second.stat().st_ino
    assert automatic.all_made(data / "backups") == []


def test_erased_photos_and_unchecked_uploads_are_not_in_it(place: Path) -> None:
    gone = photo("ab/gone.webp")
    at(NINE)
    gone.unlink()
    photo("work/upload.tmp")
    at(NINE + 10 * MINUTE)

    assert [name for name in hashes(max(place.glob("auto-*"))) if name.startswith("files/")] == []


def test_what_a_killed_backup_left_is_swept_away_and_never_counts(place: Path) -> None:
    left = place / ".auto-20261124-085000.partial"
    (left / "files").mkdir(parents=True)
    (place / "auto-20261124-085500").mkdir()

    assert automatic.newest(place) is None
    assert at(NINE) == "auto-20261124-090000"
    assert not left.exists()


def test_a_clock_that_was_wrong_does_not_stop_the_backups(place: Path) -> None:
    at(NINE + timedelta(days=400))

    assert at(NINE) == "auto-20261124-090000"


def test_of_two_at_the_same_moment_one_works(place: Path) -> None:
    place.mkdir()
    with automatic.alone(place) as first, automatic.alone(place) as second:
        assert (first, second) == (True, False)
    with automatic.alone(place) as later:
        assert later


def test_old_ones_go_and_one_of_each_day_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_BACKUP_KEEP", "2")
    monkeypatch.setenv("LINLI_BACKUP_DAYS", "3")
    for day in range(5):
        for minutes in (0, 10, 20):
            at(NINE + timedelta(days=day, minutes=minutes))

    assert sorted(path.name for path in place.glob("auto-*")) == [
        "auto-20261126-092000", "auto-20261127-092000", "auto-20261128-091000", "auto-20261128-092000",
    ]  # fmt: skip


@given(
    minutes=st.lists(st.integers(0, 60 * 24 * 40), unique=True, max_size=80),
    latest=st.integers(1, 12), days=st.integers(0, 9),
)  # fmt: skip
def test_never_more_than_promised_and_never_without_the_newest(
    minutes: list[int], latest: int, days: int
) -> None:
    moments = {NINE + n * MINUTE for n in minutes}
    stay = automatic.kept(moments, latest, days)

    assert stay <= moments
    assert len(stay) <= latest + days
    assert set(sorted(moments)[-latest:]) <= stay
    lately = sorted({moment.date() for moment in moments})[max(0, len({m.date() for m in moments}) - days) :]
    assert {moment.date() for moment in stay} >= set(lately)


def test_where_there_is_no_room_old_ones_go_but_the_last_stays(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in (0, 10, 20):
        at(NINE + minutes * MINUTE)
    monkeypatch.setattr(automatic, "SPARE", shutil.disk_usage(place).total * 2)

    with pytest.raises(manifest.NotRestorable, match="No room for a backup"):
        at(NINE + 30 * MINUTE)
    assert [path.name for path in place.glob("auto-*")] == ["auto-20261124-092000"]


def test_an_automatic_backup_comes_back_whole(place: Path, data: Path, tmp_path: Path) -> None:
    told_by("fill", 3, data=data)
    job = (
        "from linli.project import command; command.start_django();"
        "from linli.project import jobs; jobs.back_up()"
    )
    here = {**os.environ, "LINLI_DATA": str(data), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", job], env=here, check=True)
    (made,) = (data / "backups").glob("auto-*")
    linli("backup", tmp_path / "by-hand", "--keys", tmp_path / "keys.tar", data=data)

    code, said = linli("restore", made, "--keys", tmp_path / "keys.tar", data=tmp_path / "elsewhere")
    assert (code, "Everything is whole" in said) == (0, True), said


def test_the_watchman_hears_when_the_last_one_was_and_that_it_is_late(
    place: Path, settings: LazySettings
) -> None:
    def health(moment: datetime) -> dict[str, object]:
        with moved_to(moment):
            return dict(Client().get("/health").json()["backup"])

    founded = automatic.begun()
    assert health(founded + 5 * MINUTE) == {"at": None, "late": False}
    assert health(founded + 31 * MINUTE) == {"at": None, "late": True}

    at(NINE)
    assert health(NINE + 30 * MINUTE) == {"at": "2026-11-24T09:00:00+08:00", "late": False}
    assert health(NINE + 31 * MINUTE) == {"at": "2026-11-24T09:00:00+08:00", "late": True}

    settings.LINLI_DEMO = True
    assert health(NINE) == {"at": None, "late": False, "off": True}


@pytest.mark.parametrize(("name", "value"), [("LINLI_BACKUPS", "off"), ("LINLI_BACKUP_MINUTES", "0")])
def test_a_district_may_leave_it_to_others(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert at(NINE) is None
    assert not place.exists()


def test_another_disk_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_BACKUPS", str(tmp_path / "usb"))
    at(NINE)

    assert [path.name for path in (tmp_path / "usb").glob("auto-*")] == ["auto-20261124-090000"]
    assert (tmp_path / "usb").stat().st_mode & 0o077 == 0


def test_writers_go_on_while_one_is_made(data: Path) -> None:
    told_by("fill", 5, data=data)
    written: list[int] = []
    writer = threading.Thread(target=lambda: written.append(told_by("fill", "more", 3, data=data)["written"]))
    writer.start()
    told = told_by("quiet", "now", data=data)
    writer.join()

    (made,) = (data / "backups").glob("auto-*")
    counts = json.loads((made / "manifest.json").read_text())["counts"]
    assert (told, written[0] > 0) == ({"first": True}, True)
    assert counts["cases_case"] == counts["cases_step"] == counts["cases_party"] == counts["journal_entry"]
