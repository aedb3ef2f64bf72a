"""A backup that was never restored is a hope: here they are restored, and the bad ones are refused."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.trust.house import ROOT, told_by


def linli(*words: object, data: Path, url: str = "") -> tuple[int, str]:
    """The command as an administrator types it: exit code and everything it said."""
    environment = {**os.environ, "LINLI_DATA": str(data), "DATABASE_URL": url}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment.pop("LINLI_KEYS", None)
    command = [sys.executable, "-m", "linli.project.command", *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One district filled and backed up; every test gets a copy of it."""
    home = tmp_path_factory.mktemp("once")
    (home / "data").mkdir()
    told_by("fill", 12, data=home / "data")
    code, said = linli("backup", home / "backups", "--keys", home / "keys.tar", data=home / "data")
    assert code == 0, said
    return home


@pytest.fixture
def filled(once: Path, data: Path) -> Path:
    shutil.copytree(once / "data", data, dirs_exist_ok=True)
    return data


@pytest.fixture
def made(once: Path, filled: Path, tmp_path: Path) -> Path:
    """The backup of ``filled``; its keys lie beside it in ``keys.tar``."""
    shutil.copy2(once / "keys.tar", tmp_path)
    (folder,) = (once / "backups").iterdir()
    return Path(shutil.copytree(folder, tmp_path / folder.name))


def edit(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_the_drill_restores_elsewhere_and_finds_every_row(data: Path, database_url: str) -> None:
    told_by("fill", 12, data=data, url=database_url)
    code, said = linli("backup", "--drill", data=data, url=database_url)
    assert code == 0, said
    assert "The drill passed" in said
    assert "Everything is whole" in said
    assert "12 sealed" in said


def test_a_copy_taken_while_others_write_is_of_one_moment(
    data: Path, database_url: str, tmp_path: Path
) -> None:
    told_by("fill", 5, data=data, url=database_url)
    written: list[int] = []
    writer = threading.Thread(
        target=lambda: written.append(told_by("fill", "more", 4, data=data, url=database_url)["written"])
    )
    writer.start()
    results = [linli("backup", tmp_path / "backups", data=data, url=database_url) for _ in range(2)]
    writer.join()
    assert [code for code, _said in results] == [0, 0], results
    assert written[0] > 0
    for folder in (tmp_path / "backups").iterdir():
        counts = json.loads((folder / "manifest.json").read_text())["counts"]
        assert (
            counts["cases_case"] == counts["cases_step"] == counts["cases_party"] == counts["journal_entry"]
        )


def test_a_district_comes_back_with_its_keys_files_and_heads(made: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    code, said = linli("restore", made, "--keys", tmp_path / "keys.tar", data=elsewhere)

    assert code == 0, said
    assert (elsewhere / "files/ab/photo.webp").read_bytes() == b"a photo" * 1000
    for name in ("keys/ring.json", "keys/secret_key"):
        assert (elsewhere / name).read_bytes() == (tmp_path / "data" / name).read_bytes()
    assert [path.name for path in (elsewhere / "heads").iterdir()] == [
        path.name for path in (tmp_path / "data/heads").iterdir()
    ]
    assert stat.S_IMODE((elsewhere / "keys/ring.json").stat().st_mode) == 0o600


def test_nothing_of_the_keys_is_in_the_backup(made: Path, tmp_path: Path) -> None:
    secret = json.loads((tmp_path / "data/keys/ring.json").read_text())
    words = [key["secret"] for sort in ("encryption", "blind") for key in secret[sort]["keys"].values()]
    words.append((tmp_path / "data/keys/secret_key").read_text().strip())
    held = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert [word for word in words if word.encode() in held] == []
    assert stat.S_IMODE((tmp_path / "keys.tar").stat().st_mode) == 0o600


def test_a_restore_without_keys_explains_itself_and_leaves_nothing_behind(made: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    code, said = linli("restore", made, data=elsewhere)
    assert (code, "--keys FILE" in said, "没有密钥" in said) == (2, True, True)
    assert not (elsewhere / "linli.sqlite3").exists()

    assert linli("restore", made, "--without-keys", data=elsewhere)[0] == 0


def test_another_version_other_migrations_and_a_damaged_file_are_refused(made: Path, tmp_path: Path) -> None:
    told = json.loads((made / "manifest.json").read_text())
    cases = {
        "version 9.9": {"version": "9.9"},
        "different migrations (people.9999_later)": {
            "migrations": [*told["migrations"], "people.9999_later"]
        },
        "postgresql database": {"vendor": "postgresql"},
        "damaged: database.sqlite3": {"hashes": {**told["hashes"], "database.sqlite3": "0" * 64}},
        "damaged: files/gone.webp": {"hashes": {**told["hashes"], "files/gone.webp": "0" * 64}},
    }
    for sentence, change in cases.items():
        copy = tmp_path / "copy"
        shutil.copytree(made, copy, dirs_exist_ok=True)
        edit(copy, **change)
        code, said = linli("restore", copy, "--without-keys", data=tmp_path / "elsewhere")
        assert (code, sentence in said) == (2, True), said
    assert not (tmp_path / "elsewhere/linli.sqlite3").exists()


def test_one_flipped_bit_in_the_copied_database_is_found_before_anything_is_written(
    made: Path, tmp_path: Path
) -> None:
    path = made / "database.sqlite3"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    code, said = linli("restore", made, "--without-keys", data=tmp_path / "elsewhere")
    assert (code, "damaged: database.sqlite3" in said) == (2, True)


def test_a_living_database_is_never_overwritten(made: Path, filled: Path) -> None:
    before = (filled / "linli.sqlite3").read_bytes()
    code, said = linli("restore", made, data=filled)
    assert (code, "a database here already" in said) == (2, True)
    assert (filled / "linli.sqlite3").read_bytes() == before


def test_an_unfinished_backup_is_no_backup(made: Path, tmp_path: Path) -> None:
    (made / "manifest.json").unlink()
    code, said = linli("restore", made, data=tmp_path / "elsewhere")
    assert (code, "no finished backup" in said) == (2, True)


def test_verify_names_the_first_bad_entry(filled: Path) -> None:
    assert linli("verify", data=filled)[0] == 0
    with sqlite3.connect(filled / "linli.sqlite3") as base:
        base.execute("DROP TRIGGER journal_entry_update")
        (key,) = base.execute("SELECT entry_id FROM journal_seal WHERE position = 7").fetchone()
        base.execute("UPDATE journal_entry SET verb = 'drill.forged' WHERE id = ?", (key,))

    code, said = linli("verify", data=filled)
    assert code == 1
    assert f"place 7, entry {key}: It was changed, moved or slipped in" in said
    assert "guards that keep the journal append-only are missing" in said


def test_verify_finds_a_row_that_refers_to_nothing(filled: Path) -> None:
    with sqlite3.connect(filled / "linli.sqlite3") as base:
        base.execute("DELETE FROM cases_case WHERE id = (SELECT min(id) FROM cases_case)")
    code, said = linli("verify", data=filled)
    assert (code, "database: cases_" in said) == (1, True)
