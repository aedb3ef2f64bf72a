"""Ogg with Opus or Vorbis: one stream, its pages checked by their sums, the comments emptied."""

from dataclasses import dataclass

from linli.kernel.files.bench import Unfit

POLYNOMIAL = 0x04C11DB7
CONTINUED, FIRST, LAST = 1, 2, 4
LACING = 255
EMPTY_TAGS = b"OpusTags" + (5).to_bytes(4, "little") + b"linli" + bytes(4)
EMPTY_COMMENT = b"\x03vorbis" + (5).to_bytes(4, "little") + b"linli" + bytes(4) + b"\x01"


def table() -> list[int]:
    sums = []
    for byte in range(256):
        value = byte << 24
        for _bit in range(8):
            value = (value << 1 ^ (POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        sums.append(value)
    return sums


TABLE = table()


def checksum(data: bytes) -> int:
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value


@dataclass
class Page:
    flags: int
    granule: int
    serial: int
    lacing: bytes
    content: bytes

    def written(self, number: int) -> bytes:
        head = b"OggS\0" + bytes([self.flags]) + (self.granule & 2**64 - 1).to_bytes(8, "little")
        head += self.serial.to_bytes(4, "little") + number.to_bytes(4, "little")
        tail = bytes([len(self.lacing)]) + self.lacing + self.content
        return head + checksum(head + bytes(4) + tail).to_bytes(4, "little") + tail


def remade(data: bytes) -> tuple[bytes, int]:
    """The file made anew, and its length in milliseconds."""
    pages = read(data)
    if not pages or any(page.serial != pages[0].serial for page in pages):
        raise Unfit("broken")
    start, granules, headers = opening(pages)
    sound = [page for page in pages[start:] if page.lacing]
    if not sound or sound[0].flags & CONTINUED:
        raise Unfit("broken")
    written = [page.written(number) for number, page in enumerate([*headers, *sound])]
    last = max(page.granule for page in sound)
    return b"".join(written), max(0, last) * 1000 // granules


def read(data: bytes) -> list[Page]:
    pages, at = [], 0
    while at < len(data):
        if data[at : at + 5] != b"OggS\0":
            raise Unfit("broken")
        count = data[at + 26]
        lacing = data[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(lacing)
        raw = data[at:end]
        if checksum(raw[:22] + bytes(4) + raw[26:]) != int.from_bytes(raw[22:26], "little") or end > len(
            data
        ):
            raise Unfit("broken")
        granule = int.from_bytes(raw[6:14], "little", signed=True)
        pages.append(Page(raw[5], granule, int.from_bytes(raw[14:18], "little"), lacing, raw[27 + count :]))
        at = end
    return pages


def opening(pages: list[Page]) -> tuple[int, int, list[Page]]:
    """(first page of sound, units a second, header pages made anew)."""
    head = pages[0].content
    if head.startswith(b"OpusHead"):
        start, _packets = packets(pages, 2)
        return start, 48_000, header_pages(pages[0].serial, [head[:19], EMPTY_TAGS])
    if head.startswith(b"\x01vorbis"):
        start, found = packets(pages, 3)
        rate = int.from_bytes(head[12:16], "little")
        return start, rate, header_pages(pages[0].serial, [head[:30], EMPTY_COMMENT, found[2]])
    raise Unfit("not_allowed")


def packets(pages: list[Page], wanted: int) -> tuple[int, list[bytes]]:
    """The first packets, and the page after the one on which the last of them ends."""
    found, part = [], b""
    for number, page in enumerate(pages):
        at = 0
        for lace in page.lacing:
            part += page.content[at : at + lace]
            at += lace
            if lace < LACING:
                found.append(part)
                part = b""
        if len(found) >= wanted:
            return number + 1, found[:wanted]
    raise Unfit("broken")


def header_pages(serial: int, contents: list[bytes]) -> list[Page]:
    """Each header on pages of its own, the first marked as the beginning."""
    made: list[Page] = []
    for content in contents:
        lacing = bytes([LACING] * (len(content) // LACING) + [len(content) % LACING])
        at = 0
        for start in range(0, len(lacing), LACING):
            laces = lacing[start : start + LACING]
            flags = FIRST if not made else (CONTINUED if start else 0)
            made.append(Page(flags, 0, serial, laces, content[at : at + sum(laces)]))
            at += sum(laces)
    return made
