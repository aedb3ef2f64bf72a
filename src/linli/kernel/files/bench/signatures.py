"""What a file is by its first bytes. The name and the type that came with it are never asked.

A guessing library was tried and set aside: it takes ordinary HEIC photos for films and knows no MPEG-2 sound.
"""

from pathlib import Path

from linli.kernel.files.bench import Unfit

HEAD = 64
STILL_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"}
SOUND_BRANDS = {
    b"M4A ", b"M4B ", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9", b"mp41", b"mp42", b"dash",
}  # fmt: skip
STARTS = (
    (b"\xff\xd8\xff", ("photo", "jpeg")),
    (b"\x89PNG\r\n\x1a\n", ("photo", "png")),
    (b"GIF87a", ("photo", "gif")),
    (b"GIF89a", ("photo", "gif")),
    (b"%PDF-", ("pdf", "pdf")),
    (b"\x1a\x45\xdf\xa3", ("audio", "webm")),
    (b"OggS", ("audio", "ogg")),
    (b"ID3", ("audio", "mp3")),
)
MP3_SYNC = 0xFFE0
LAYER_BITS = 0x0006
LAYER_3 = 0x0002


def of(source: Path) -> tuple[str, str]:
    """(kind, form), or not allowed."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Unfit("empty")
    for start, answer in STARTS:
        if head.startswith(start):
            return answer
    return boxed(head)


def boxed(head: bytes) -> tuple[str, str]:
    """Formats whose mark lies a few bytes in."""
    riff = head[8:12] if head.startswith(b"RIFF") else b""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if riff == b"WEBP" or brand in STILL_BRANDS:
        return ("photo", "webp" if riff else "heif")
    if riff == b"WAVE" or brand in SOUND_BRANDS:
        return ("audio", "wav" if riff else "mp4")
    first = int.from_bytes(head[:2], "big")
    if first & MP3_SYNC == MP3_SYNC and first & LAYER_BITS == LAYER_3:
        return ("audio", "mp3")
    raise Unfit("not_allowed")
