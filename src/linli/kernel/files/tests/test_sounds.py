import struct
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.files.actions import check
from linli.kernel.files.bench import Unfit
from linli.kernel.files.bench.sounds import ENDINGS, UNREADABLE, mp3, mp4, ogg, wav, webm
from linli.kernel.files.tests import samples
from linli.kernel.files.tests.samples import box, full, id3, upload

HONEST: dict[str, tuple[bytes, str, int]] = {
    "wav": (samples.wav(3), "audio/wav", 3),
    "mp3": (id3(b"TIT2") + samples.mp3(115), "audio/mpeg", 4),
    "ogg": (samples.ogg(5), "audio/ogg", 5),
    "vorbis": (samples.vorbis(), "audio/ogg", 3),
    "webm": (samples.webm(4), "audio/webm", 4),
    "m4a": (samples.m4a(6), "audio/mp4", 6),
}


@pytest.mark.parametrize("form", HONEST)
def test_a_recording_is_kept_with_its_length(form: str) -> None:
    content, content_type, seconds = HONEST[form]
    checked = check(upload(content, "我说两句.amr"), kinds=("audio",))
    assert (checked.kind, checked.content_type, checked.seconds) == ("audio", content_type, seconds)
    assert checked.name.startswith("我说两句.")


def test_five_minutes_are_enough_and_one_second_more_is_not() -> None:
    assert check(upload(samples.wav(300, rate=4000))).seconds == 300
    with pytest.raises(Refused):
        check(upload(samples.wav(301, rate=4000)))


def test_the_sound_itself_comes_through_untouched() -> None:
    assert mp3.remade(samples.mp3(20))[0] == samples.mp3(20)
    assert wav.remade(samples.wav(2, samples.chunk(b"LIST", b"INFO")))[0] == samples.wav(2)
    made = webm.remade(samples.webm(2))[0]
    assert made.count(bytes(40)) >= 100
    pages = ogg.read(ogg.remade(samples.ogg(3, comment=b"x" * 70_000))[0])
    kept = [page for page in ogg.read(samples.ogg(3)) if page.granule > 0]
    assert [(page.granule, page.lacing, page.content) for page in pages[2:]] == [
        (page.granule, page.lacing, page.content) for page in kept
    ]


def test_a_vorbis_head_survives_the_loss_of_its_comments() -> None:
    plain, wordy = samples.vorbis(), samples.vorbis(b"ARTIST=" + b"x" * 3_000)
    assert ogg.remade(plain) == ogg.remade(wordy)
    assert b"\x05vorbis" + bytes(range(256)) * 3 in ogg.remade(wordy)[0]


def test_an_mp4_keeps_its_places_so_that_its_tables_stay_true() -> None:
    before = samples.m4a(2, in_moov=box(b"udta", b"secret"))
    after = mp4.remade(before)[0]
    assert len(after) == len(before)
    assert (after.find(b"mdat"), b"secret" in after) == (before.find(b"mdat"), False)


def test_a_live_mp4_is_as_long_as_its_fragments() -> None:
    head = samples.m4a(0)
    moov, mdat = head.find(b"moov") - 4, head.find(b"mdat") - 4
    trex = box(b"mvex", full(b"trex", struct.pack(">IIIII", 1, 1, 100, 0, 0)))
    size = int.from_bytes(head[moov : moov + 4], "big") + len(trex)
    live = head[:moov] + struct.pack(">I", size) + head[moov + 4 : mdat] + trex
    for _part in range(4):
        run = full(b"trun", struct.pack(">I", 10))
        traf = box(b"traf", full(b"tfhd", struct.pack(">I", 1)), run)
        live += box(b"moof", full(b"mfhd", bytes(4)), traf) + box(b"mdat", bytes(40))
    assert mp4.remade(live)[1] == 4_000


def test_a_browser_that_was_closed_in_the_middle_leaves_a_recording_up_to_there() -> None:
    cut = samples.webm(3)[:-30]
    made, milliseconds = webm.remade(cut)
    assert 2_900 < milliseconds <= 3_000
    assert webm.remade(made) == (made, milliseconds)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), form=st.sampled_from(sorted(HONEST)))
def test_a_recording_with_any_bytes_changed_is_refused_or_made_whole(data: st.DataObject, form: str) -> None:
    """Nothing but the declared refusals ever comes out of the readers, and what they make they accept again."""
    content = bytearray(HONEST[form][0])
    for _change in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    remade: Callable[[bytes], tuple[bytes, int]] = ENDINGS[{"vorbis": "ogg", "m4a": "mp4"}.get(form, form)][2]
    try:
        made, milliseconds = remade(bytes(content))
    except (Unfit, *UNREADABLE):
        return
    assert remade(made) == (made, milliseconds)
