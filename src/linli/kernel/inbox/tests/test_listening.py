"""The listener outside: what it is asked, and what its answers are worth."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.inbox.errors import Barred, Outage, Rejected
from linli.kernel.inbox.listening import Ear, ear_of_district, heard, is_chinese
from linli.kernel.inbox.tests.listeners import SOUND, Listener, listener


@pytest.fixture
def machine() -> Iterator[Listener]:
    with listener() as server:
        yield server


def test_it_is_asked_with_the_recording_the_language_and_the_key(machine: Listener) -> None:
    assert heard(SOUND, machine.ear(model="dialect-1")) == "三号楼楼道灯不亮"

    assert machine.asked == [
        {
            "path": "/v1/audio/transcriptions", "key": "Bearer geheim", "model": b"dialect-1", "language": b"zh",
            "response_format": b"json", "file": b"RIFF....WAVE",
        }
    ]  # fmt: skip


def test_without_a_key_none_is_sent(machine: Listener) -> None:
    heard(SOUND, machine.ear(key=""))

    assert machine.asked[0]["key"] is None


@pytest.mark.parametrize(
    "says",
    [(500, b"oops"), (503, {}), (429, {}), (401, {}), (302, {}), (200, b"<html>garbage"), (200, b"\xff\xfe"),
     (200, ["三号楼"]), (200, {"text": 7}), (200, {}), (200, b"x" * 70_000)],
)  # fmt: skip
def test_what_is_no_answer_is_asked_for_again_later(machine: Listener, says: tuple[int, Any]) -> None:
    machine.says = says

    with pytest.raises(Outage):
        heard(SOUND, machine.ear())


@pytest.mark.parametrize(
    "says",
    [(400, {}), (413, {}), (200, {"text": "  "}), (200, {"text": "灯" * 5001}),
     (200, {"text": "Thanks for watching!"}), (200, {"text": "감사합니다"}), (200, {"text": "…… 123"}),
     (200, {"text": "三号楼楼道灯不亮", "language": "japanese"})],
)  # fmt: skip
def test_silence_another_language_and_a_no_are_not_asked_for_again(machine: Listener, says: Any) -> None:
    machine.says = says

    with pytest.raises(Rejected):
        heard(SOUND, machine.ear())


def test_a_slow_machine_does_not_hold_the_house_up(machine: Listener) -> None:
    machine.slow = 3.0
    began = time.monotonic()

    with pytest.raises(Outage):
        heard(SOUND, machine.ear(seconds=1))

    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/v1", "https://10.0.0.8/v1", "https://[::1]/v1", "http://example.org/v1"]
)
def test_an_address_inside_the_network_needs_the_districts_word(url: str) -> None:
    with pytest.raises(Barred):
        heard(SOUND, Ear(url))


def test_there_is_no_listener_unless_the_district_names_one(settings: Any) -> None:
    assert ear_of_district() is None

    settings.SPEECH_URL, settings.SPEECH_KEY = "https://ear.example.org/v1/audio/transcriptions", "geheim"

    assert ear_of_district() == Ear(
        "https://ear.example.org/v1/audio/transcriptions", "ear.example.org", "geheim"
    )
    assert "geheim" not in repr(ear_of_district())


@given(st.text("灯亮楼ab 。1", max_size=12))
def test_a_text_is_chinese_when_at_least_half_of_its_letters_are(text: str) -> None:
    chinese, latin = sum(text.count(one) for one in "灯亮楼"), sum(text.count(one) for one in "ab")

    assert is_chinese(text) == (chinese >= latin and chinese + latin > 0)
