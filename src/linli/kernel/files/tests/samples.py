"""Honest photos, papers and recordings, written byte by byte by rules of their own."""

import io
import struct
import zlib
from typing import Any

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.kernel.files.bench.sounds.ogg import Page

pillow_heif.register_heif_opener()


def upload(content: bytes, name: str = "路灯") -> SimpleUploadedFile:
    """What a browser sends; the type it claims is never right here."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def street(width: int = 320, height: int = 240) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def picture(form: str = "JPEG", image: Image.Image | None = None, **options: Any) -> bytes:
    kept = io.BytesIO()
    (image or street()).save(kept, form, **options)
    return kept.getvalue()


def paper(pages: int = 1, change: Any = None, **options: Any) -> bytes:
    """A PDF; ``change(pdf)`` may put something into it."""
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    if change is not None:
        change(pdf)
    kept = io.BytesIO()
    pdf.save(kept, **options)
    return kept.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def wav(seconds: int = 2, *extra: bytes, rate: int = 8000) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    body = chunk(b"fmt ", form) + b"".join(extra) + chunk(b"data", b"\x10\x20" * rate * seconds)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def mp3(frames: int = 100) -> bytes:
    """128 kbit/s at 44.1 kHz: 417 bytes and 1152 samples a frame."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * frames


def id3(content: bytes) -> bytes:
    size = len(content)
    parts = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + parts + content


def opus_head() -> bytes:
    return b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)


def ogg(seconds: int = 2, *, comment: bytes = b"", head: bytes = b"", serial: int = 7) -> bytes:
    """Opus in Ogg: a head, the comments, then one page of fifty packets a second."""
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 1)
    tags += struct.pack("<I", len(comment)) + comment
    pages = [page(head or opus_head(), 0, serial, flags=2), *spread(tags, serial)]
    pages += [
        Page(4 if second == seconds else 0, second * 48_000, serial, bytes([10] * 50), bytes(500))
        for second in range(1, seconds + 1)
    ]
    return b"".join(made.written(number) for number, made in enumerate(pages))


def spread(content: bytes, serial: int) -> list[Page]:
    """One packet over as many pages as it needs: at most 255 laces of 255 bytes on each."""
    whole, rest = divmod(len(content), 255)
    laces, most = [255] * whole + [rest], 255 * 255
    return [
        Page(1 if start else 0, -1 if start + 255 < len(laces) else 0, serial, bytes(laces[start : start + 255]),
             content[start * 255 : start * 255 + most])
        for start in range(0, len(laces), 255)
    ]  # fmt: skip


def page(content: bytes, granule: int, serial: int, flags: int = 0) -> Page:
    lacing = bytes([255] * (len(content) // 255) + [len(content) % 255])
    return Page(flags, granule, serial, lacing, content)


def vorbis(comment: bytes = b"", rate: int = 44_100) -> bytes:
    """Vorbis in Ogg, its second and third header sharing pages as encoders write them."""
    ident = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, rate, 0, 0, 0, 0xB8, 1)
    remark = (
        b"\x03vorbis" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(comment)) + comment + b"\1"
    )
    setup = b"\x05vorbis" + bytes(range(256)) * 3
    lacing = b"".join(bytes([255] * (len(part) // 255) + [len(part) % 255]) for part in (remark, setup))
    pages = [
        page(ident, 0, 9, flags=2),
        Page(0, 0, 9, lacing, remark + setup),
        Page(4, rate * 3, 9, bytes([20] * 10), bytes(200)),
    ]
    return b"".join(made.written(number) for number, made in enumerate(pages))


def element(name: str, *content: bytes, open_end: bool = False) -> bytes:
    body = b"".join(content)
    size = b"\x01" + b"\xff" * 7 if open_end else (len(body) | 1 << 56).to_bytes(8, "big")
    return bytes.fromhex(name) + size + body


def webm(
    seconds: int = 2,
    *extra: bytes,
    kind: int = 2,
    codec: bytes = b"A_OPUS",
    doc: bytes = b"webm",
    tracks: int = 1,
) -> bytes:
    """As a browser records it: segment and clusters of unknown length, no table of contents."""
    head = element("1a45dfa3", element("4282", doc))
    info = element("1549a966", element("2ad7b1", b"\x0f\x42\x40"), element("4d80", b"Recorder CANARY"))
    audio = element("e1", element("b5", struct.pack(">d", 48000.0)), element("9f", b"\1"))
    track = element(
        "ae", element("d7", b"\1"), element("73c5", b"\1"), element("83", bytes([kind])), element("86", codec),
        element("536e", b"CANARY name"), element("63a2", opus_head()), audio,
    )  # fmt: skip
    clusters = b"".join(
        element("1f43b675", element("e7", (second * 1000).to_bytes(4, "big")), *blocks(), open_end=True)
        for second in range(seconds)
    )
    return head + element(
        "18538067", info, element("1654ae6b", *[track] * tracks), *extra, clusters, open_end=True
    )


def blocks() -> list[bytes]:
    return [element("a3", b"\x81" + struct.pack(">h", at) + b"\x80" + bytes(40)) for at in range(0, 1000, 20)]


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def full(name: bytes, *content: bytes, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", flags), *content)


def m4a(
    seconds: int = 2, *extra: bytes, handler: bytes = b"soun", codec: bytes = b"mp4a", self_contained: bool = True,
    tracks: int = 1, in_moov: bytes = b"",
) -> bytes:  # fmt: skip
    """A plain recording: 1000 units a second, one chunk of samples right after the header."""
    entry = box(codec, bytes(6), struct.pack(">H", 1), bytes(8), struct.pack(">HHIHH", 1, 16, 0, 48000, 0))
    source = full(b"url ", flags=1) if self_contained else full(b"url ", b"http://127.0.0.1/CANARY\0")
    table = box(
        b"stbl", full(b"stsd", struct.pack(">I", 1), entry), full(b"stts", struct.pack(">III", 1, seconds, 1000)),
        full(b"stsc", struct.pack(">IIII", 1, 1, seconds, 1)), full(b"stsz", struct.pack(">II", 100, seconds)),
        full(b"stco", struct.pack(">II", 1, 0)),
    )  # fmt: skip
    minf = box(
        b"minf", full(b"smhd", bytes(4)), box(b"dinf", full(b"dref", struct.pack(">I", 1), source)), table
    )
    media = box(
        b"mdia", full(b"mdhd", struct.pack(">IIIIHH", 3_800_000_000, 3_800_000_000, 1000, seconds * 1000, 0, 0)),
        full(b"hdlr", bytes(4), handler, bytes(12), b"CANARY handler\0"), minf,
    )  # fmt: skip
    track = box(b"trak", full(b"tkhd", struct.pack(">II", 3_800_000_000, 3_800_000_000), bytes(72)), media)
    head = full(b"mvhd", struct.pack(">IIII", 3_800_000_000, 3_800_000_000, 1000, seconds * 1000), bytes(80))
    moov = box(b"moov", head, *[track] * tracks, in_moov)
    return (
        box(b"ftyp", b"M4A \0\0\0\0M4A mp42")
        + moov
        + b"".join(extra)
        + box(b"mdat", b"\x21\x10" * 50 * seconds)
    )


def png_chunk(name: bytes, content: bytes) -> bytes:
    sealed = name + content
    return struct.pack(">I", len(content)) + sealed + struct.pack(">I", zlib.crc32(sealed))


def png(width: int, height: int, *chunks: bytes, data: bytes = b"") -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
