"""Ready to serve, with a whole data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linli.project import prepare


def prepared(data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "LINLI_DATA": str(data), "LINLI_ADDRESS": "http://127.0.0.1:8000", "DATABASE_URL": "", **settings
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "linli.project.command", "prepare"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip


def test_an_empty_district_gets_a_link_that_sets_it_up(tmp_path: Path) -> None:
    first = prepared(tmp_path / "data")
    second = prepared(tmp_path / "data")

    token = (tmp_path / "data/setup_token").read_text()
    assert first.returncode == second.returncode == 0, first.stderr
    assert f"http://127.0.0.1:8000/setup/?token={token}\n" in first.stdout
    assert second.stdout == first.stdout
    assert (tmp_path / "data/setup_token").stat().st_mode & 0o777 == 0o600


def test_a_second_start_has_nothing_left_to_do(tmp_path: Path) -> None:
    prepared(tmp_path / "data")

    assert prepared(tmp_path / "data").stderr == ""


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    answer = prepared(tmp_path / "data")

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "cannot be written" in answer.stderr
    assert "写不进去" in answer.stderr


def test_a_data_folder_without_room_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit):
        prepare.check_folder(tmp_path / "file")

    assert "Set LINLI_DATA to one that can." in capsys.readouterr().err


def test_the_mark_of_static_files_changes_with_a_file() -> None:
    first = prepare.static_mark()
    style = Path(__file__).resolve().parents[2] / "web/static/linli.css"
    before = style.stat()
    try:
        os.utime(style, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
        assert prepare.static_mark() != first
    finally:
        os.utime(style, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert prepare.static_mark() == first
