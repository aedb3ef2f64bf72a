"""MP4 (m4a): one sound track. Every box that is not needed to play it is blanked where it lies.

Boxes keep their places, because the tables of a recording point into the file by position.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from linli.kernel.files.bench import Unfit

ROOMS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"mvex", b"moof", b"traf", b"edts"}
KEPT = {
    b"ftyp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd", b"dref", b"stsd", b"stts", b"stsc", b"stsz",
    b"stz2", b"stco", b"co64", b"stss", b"sgpd", b"sbgp", b"elst", b"trex", b"mehd", b"mfhd", b"tfhd", b"tfdt",
    b"trun",
}  # fmt: skip
CODECS = {b"mp4a", b"Opus"}
LONG = 1
SELF_CONTAINED = 1
DEPTH = 8


@dataclass
class Found:
    """The boxes that decide, by their place: (first byte of content, first byte after)."""

    boxes: dict[bytes, list[tuple[int, int]]] = field(default_factory=dict)

    def all(self, name: bytes) -> list[tuple[int, int]]:
        return self.boxes.get(name, [])

    def only(self, name: bytes) -> tuple[int, int]:
        if len(self.all(name)) != 1:
            raise Unfit("film" if name == b"trak" and self.all(name) else "broken")
        return self.all(name)[0]


def remade(data: bytes) -> tuple[bytes, int]:
    """The file made anew, and its length in milliseconds."""
    made, found = bytearray(data), Found()
    walk(made, 0, len(made), found)
    found.only(b"moov")
    found.only(b"trak")
    handler, _end = found.only(b"hdlr")
    if made[handler + 8 : handler + 12] != b"soun":
        raise Unfit("film")
    start, _end = found.only(b"stsd")
    if (
        bytes(made[start + 12 : start + 16]) not in CODECS
        or int.from_bytes(made[start + 4 : start + 8], "big") != 1
    ):
        raise Unfit("not_allowed")
    check_references(made, *found.only(b"dref"))
    forget(made, found)
    return bytes(made), milliseconds(made, found)


def boxes(data: bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, first byte, first byte of content, first byte after) of each box between two places."""
    while at < end:
        size, name = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if size == LONG:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        stop = end if size == 0 else at + size
        if stop > end or stop < start:
            raise Unfit("broken")
        yield name, at, start, stop
        at = stop


def walk(data: bytearray, at: int, end: int, found: Found, depth: int = 0) -> None:
    """Note what is needed and blank the rest."""
    if depth > DEPTH:
        raise Unfit("broken")
    for name, first, start, stop in boxes(data, at, end):
        if name in ROOMS:
            found.boxes.setdefault(name, []).append((start, stop))
            walk(data, start, stop, found, depth + 1)
        elif name in KEPT:
            found.boxes.setdefault(name, []).append((start, stop))
        else:
            data[first + 4 : first + 8] = b"free"
            data[start:stop] = bytes(stop - start)


def check_references(data: bytearray, start: int, end: int) -> None:
    """The sound must lie in this file, not at an address the player would fetch."""
    for _name, _first, content, _stop in boxes(data, start + 8, end):
        if int.from_bytes(data[content : content + 4], "big") != SELF_CONTAINED:
            raise Unfit("broken")


def forget(data: bytearray, found: Found) -> None:
    """Blank when it was recorded and the name the recorder gave itself."""
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        for start, _stop in found.all(name):
            width = 16 if data[start] else 8
            data[start + 4 : start + 4 + width] = bytes(width)
    for start, stop in found.all(b"hdlr"):
        data[start + 24 : stop] = bytes(max(0, stop - start - 24))


def milliseconds(data: bytearray, found: Found) -> int:
    start, _stop = found.only(b"mdhd")
    if data[start]:
        scale, length = struct.unpack_from(">IQ", data, start + 20)
    else:
        scale, length = struct.unpack_from(">II", data, start + 12)
    return int(max(length, fragments(data, found)) * 1000 // scale)


def fragments(data: bytearray, found: Found) -> int:
    """The length that the fragments of a live recording add up to."""
    default = 0
    for start, _stop in found.all(b"trex"):
        default = int.from_bytes(data[start + 12 : start + 16], "big")
    total = 0
    for (head, _end), (run, _stop) in zip(found.all(b"tfhd"), found.all(b"trun"), strict=False):
        total += run_length(data, run, head_default(data, head) or default)
    return total


def head_default(data: bytearray, start: int) -> int:
    flags = int.from_bytes(data[start + 1 : start + 4], "big")
    if not flags & 8:
        return 0
    at = start + 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return int.from_bytes(data[at : at + 4], "big")


def run_length(data: bytearray, start: int, default: int) -> int:
    flags = int.from_bytes(data[start + 1 : start + 4], "big")
    count = int.from_bytes(data[start + 4 : start + 8], "big")
    if not flags & 0x100:
        return count * default
    at = start + 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    step = 4 * sum(1 for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit)
    return sum(
        int.from_bytes(data[at + i * step : at + i * step + 4], "big") for i in range(min(count, 200_000))
    )
