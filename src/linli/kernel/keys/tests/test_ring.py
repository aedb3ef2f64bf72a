import json
import stat
import string
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.keys import ring, ringfile


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.LINLI_KEYS = tmp_path / "keys"
    return settings.LINLI_KEYS


@given(text=st.text(), context=st.text())
def test_what_was_encrypted_opens_again_and_never_shows_itself(text: str, context: str) -> None:
    sealed = ring.encrypt(text, context)

    assert ring.decrypt(sealed, context) == text
    assert len(text) < 8 or text not in sealed
    assert sealed != ring.encrypt(text, context)


def test_the_ring_is_made_at_first_use_and_only_its_owner_may_read_it(folder: Path) -> None:
    ring.encrypt("王阿姨", "a")

    assert [(file.name, stat.S_IMODE(file.stat().st_mode)) for file in folder.iterdir()] == [
        ("ring.json", 0o600)
    ]


def test_a_ciphertext_names_its_algorithm_and_key(folder: Path) -> None:
    sealed, index = ring.encrypt("10000000417", "a"), ring.blind("10000000417", "phone")

    assert sealed.split(":")[:3] == ["v1", "aes256gcm", ringfile.current("encryption").id]
    assert index.split(":")[:2] == ["hmacsha256", ringfile.current("blind").id]
    assert set(index.split(":")[2]) <= set(string.hexdigits)


def test_a_ciphertext_moved_to_another_row_does_not_open(folder: Path) -> None:
    sealed = ring.encrypt("10000000417", "people.contact.cipher:1")

    with pytest.raises(ring.Tampered):
        ring.decrypt(sealed, "people.contact.cipher:2")


@given(where=st.integers(min_value=0), what=st.sampled_from(string.ascii_letters + string.digits))
def test_a_changed_character_never_opens_as_something_else(where: int, what: str) -> None:
    sealed = ring.encrypt("老山东里北社区", "a")
    at = where % len(sealed)
    changed = sealed[:at] + what + sealed[at + 1 :]

    if changed == sealed:
        assert ring.decrypt(changed, "a") == "老山东里北社区"
        return
    with pytest.raises((ring.Tampered, ring.KeyMissing)):
        ring.decrypt(changed, "a")


def test_not_even_the_unused_bits_of_the_last_letter_may_change() -> None:
    sealed = ring.encrypt("老山", "a")
    assert sealed.endswith("=")
    last = sealed.rstrip("=")[-1]
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    twin = letters[letters.index(last) ^ 1]

    with pytest.raises(ring.Tampered):
        ring.decrypt(sealed.rstrip("=")[:-1] + twin + "=" * sealed.count("="), "a")


def test_equal_texts_meet_in_one_purpose_only(folder: Path) -> None:
    assert ring.blind("0417", "phone.last4") == ring.blind("0417", "phone.last4")
    assert ring.blind("0417", "phone.last4") != ring.blind("0417", "phone")


def test_after_a_rotation_old_rows_open_and_are_still_found(folder: Path) -> None:
    sealed, index = ring.encrypt("10000000417", "a"), ring.blind("10000000417", "phone")

    encryption, blind = ring.rotate()

    assert ring.decrypt(sealed, "a") == "10000000417"
    assert index in ring.blinds("10000000417", "phone")
    assert (ring.is_current(sealed, "encryption"), ring.is_current(index, "blind")) == (False, False)
    assert ring.key_id_of(ring.encrypt("x", "a")) == encryption
    assert ring.key_id_of(ring.blind("x", "a")) == blind


def test_the_national_algorithms_can_begin_on_any_day(folder: Path) -> None:
    old = ring.encrypt("王阿姨", "a")
    ring.rotate(national=True)
    new = ring.encrypt("王阿姨", "a")

    assert (old.split(":")[1], new.split(":")[1]) == ("aes256gcm", "sm4gcm")
    assert [ring.decrypt(sealed, "a") for sealed in (old, new)] == ["王阿姨", "王阿姨"]
    assert ring.blind("王阿姨", "a").startswith("hmacsm3:")
    with pytest.raises(ring.Tampered):
        ring.decrypt(new, "b")


def test_a_restore_without_its_keys_says_what_to_do(folder: Path) -> None:
    sealed = ring.encrypt("王阿姨", "a")
    (folder / "ring.json").unlink()

    with pytest.raises(ring.KeyMissing, match=r"restored without its keys.*密钥没有一起恢复"):
        ring.decrypt(sealed, "a")


def test_eight_workers_that_begin_at_once_share_one_ring(folder: Path) -> None:
    sealed: list[str] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        sealed.append(ring.encrypt("王阿姨", "a"))

    workers = [threading.Thread(target=begin) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [ring.decrypt(one, "a") for one in sealed] == ["王阿姨"] * 8
    assert [file.name for file in folder.iterdir()] == ["ring.json"]


def test_the_current_key_cannot_be_dropped(folder: Path) -> None:
    sealed = ring.encrypt("王阿姨", "a")
    with pytest.raises(ValueError, match="current key"):
        ringfile.drop("encryption", ring.key_id_of(sealed))

    ring.rotate()
    ringfile.drop("encryption", ring.key_id_of(sealed))

    assert ring.key_id_of(sealed) not in json.loads((folder / "ring.json").read_text())["encryption"]["keys"]
