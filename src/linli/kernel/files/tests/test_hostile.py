"""Whatever is handed in is refused or made harmless, within five seconds and 150 MB."""

import io
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from linli.kernel.answers import Refused
from linli.kernel.files import disk
from linli.kernel.files.actions import SOURCES, Checked, check
from linli.kernel.files.bench import sounds
from linli.kernel.files.tests.hostile import CANARY, HARMLESS_OR_REFUSED, NEUTRALISED, REFUSED
from linli.kernel.files.tests.samples import picture, upload

EVERYTHING = REFUSED | NEUTRALISED | HARMLESS_OR_REFUSED
SECONDS, MEGABYTES = 5, 150
ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf", "audio/wav": "wav", "audio/mpeg": "mp3",
           "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a"}  # fmt: skip


def stored(checked: Checked) -> bytes:
    return disk.place_of(checked.token, ENDINGS[checked.content_type]).read_bytes()


def test_the_corpus_is_large_enough() -> None:
    assert len(EVERYTHING) >= 100


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("photo", "JPEG with place and maker"), ("photo", "JPEG with HTML behind"), ("photo", "PNG that moves"),
        ("pdf", "PDF that runs a script"), ("pdf", "PDF with a program inside"), ("pdf", "PDF that tells its author"),
        ("audio", "WAV with notes"), ("audio", "Ogg with comments"), ("audio", "M4A with place"),
    ],
)  # fmt: skip
def test_the_eyes_that_look_afterwards_see_the_harm_in_the_original(kind: str, what: str) -> None:
    with pytest.raises(AssertionError):
        harmless(kind, NEUTRALISED[what]())


@pytest.mark.parametrize("what", REFUSED)
def test_this_is_refused_with_a_sentence_and_leaves_nothing(what: str) -> None:
    before = sorted(disk.root().rglob("*.*"))
    with pytest.raises(Refused) as refused:
        check(upload(REFUSED[what]()))
    assert len(str(refused.value)) > 10
    assert sorted(disk.root().rglob("*.*")) == before


@pytest.mark.parametrize("what", NEUTRALISED)
def test_this_comes_out_harmless(what: str) -> None:
    checked = check(upload(NEUTRALISED[what]()))
    harmless(checked.kind, stored(checked))


def test_words_that_unpack_to_gigabytes_are_not_unpacked() -> None:
    for made in HARMLESS_OR_REFUSED.values():
        try:
            checked = check(upload(made()))
        except Refused:
            continue
        harmless(checked.kind, stored(checked))


def harmless(kind: str, content: bytes) -> None:
    assert CANARY not in content
    if kind == "photo":
        only_pixels(content)
    elif kind == "pdf":
        nothing_acts(content)
    else:
        only_sound(content)


def only_pixels(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, dict(image.getexif()), image.mode) == ("JPEG", {}, "RGB")
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert max(image.size) <= 2560
    assert content.endswith(b"\xff\xd9")


FORBIDDEN = {
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/Metadata", "/PieceInfo", "/Collection",
    "/RichMediaContent", "/FFilter", "/FS", "/Author",
}  # fmt: skip
FORBIDDEN_KINDS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/GoToR",
    "/ImportData",
    "/RichMedia",
    "/FileAttachment",
}


def nothing_acts(content: bytes) -> None:
    """Read with another pair of eyes: every object, every stream unpacked."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            look(thing)
    assert content.rstrip().endswith(b"%%EOF")


def look(thing: Any) -> None:
    if isinstance(thing, pikepdf.Stream):
        assert CANARY not in thing.read_bytes()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        assert FORBIDDEN.isdisjoint(thing.keys())
        for key in thing.keys():  # noqa: SIM118 -- not a dict
            look(thing[key]) if not is_elsewhere(thing[key]) else None
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            look(value) if not is_elsewhere(value) else None
    elif isinstance(thing, pikepdf.Name | pikepdf.String):
        assert "CANARY" not in str(thing)
        assert str(thing) not in FORBIDDEN_KINDS


def is_elsewhere(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def only_sound(content: bytes) -> None:
    """Made anew once more it stays the same, byte for byte: nothing was left that could be taken out."""
    form = next(form for form, start in FORMS if content[start[0] :].startswith(start[1]))
    assert sounds.ENDINGS[form][2](content)[0] == content


FORMS = (
    ("wav", (0, b"RIFF")), ("mp3", (0, b"\xff\xfb")), ("ogg", (0, b"OggS")), ("webm", (0, b"\x1aE\xdf\xa3")),
    ("mp4", (4, b"ftyp")),
)  # fmt: skip


MEASURED = """
import re, runpy, sys
runpy.run_module("linli.kernel.files.bench", run_name="__main__", alter_sys=True)
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
sys.stderr.write("peak " + peak[1])
"""


def peak_of(content: bytes, folder: Path) -> tuple[float, int]:
    """(seconds, kilobytes at the highest) that the workbench spends on a file."""
    source = folder / "in"
    source.write_bytes(content[:20_000_001])
    command = [
        sys.executable,
        "-sP",
        "-c",
        MEASURED,
        "photo,pdf,audio",
        source,
        folder / "out",
        folder / "small",
    ]
    began = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        env={"PYTHONPATH": SOURCES},
        check=False,
        timeout=60,
    )
    spent = time.monotonic() - began
    found = done.stderr.decode().rpartition("peak ")[2]
    return spent, int(found) if found.isdigit() else 0


@pytest.mark.drill
def test_no_hostile_file_takes_more_than_its_share(tmp_path: Path) -> None:
    """The site itself grows by nothing worth naming; the workbench gives its memory back when it ends."""
    _spent, plain = peak_of(picture("JPEG"), tmp_path)
    assert plain > 0
    greedy, before = {}, resident()
    for what, made in EVERYTHING.items():
        content = made()
        spent, peak = peak_of(content, tmp_path)
        with suppress(Refused):
            check(upload(content))
        if spent > SECONDS or peak - plain > MEGABYTES * 1024:
            greedy[what] = (round(spent, 1), (peak - plain) // 1024)
    assert greedy == {}
    assert resident() - before < MEGABYTES * 1024


def resident() -> int:
    """Kilobytes that this process holds now."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])
