"""Recordings: the container is taken apart by its rules and put together again around the sound alone."""

import struct
from pathlib import Path

from linli.kernel.files.bench import Unfit
from linli.kernel.files.bench.sounds import mp3, mp4, ogg, wav, webm

BYTES = 10_000_000
SECONDS = 300
ENDINGS = {
    "wav": ("audio/wav", "wav", wav.remade),
    "mp3": ("audio/mpeg", "mp3", mp3.remade),
    "ogg": ("audio/ogg", "ogg", ogg.remade),
    "webm": ("audio/webm", "webm", webm.remade),
    "mp4": ("audio/mp4", "m4a", mp4.remade),
}
UNREADABLE = (struct.error, IndexError, ValueError, OverflowError, ZeroDivisionError)


def remake(form: str, source: Path, target: Path) -> dict[str, object]:
    if source.stat().st_size > BYTES:
        raise Unfit("too_big")
    content_type, ending, remade = ENDINGS[form]
    try:
        sound, milliseconds = remade(source.read_bytes())
    except UNREADABLE:
        raise Unfit("broken") from None
    if milliseconds > SECONDS * 1000:
        raise Unfit("too_long")
    target.write_bytes(sound)
    return {"type": content_type, "ending": ending, "seconds": -(-milliseconds // 1000)}
