"""WAV: the format and the samples; every other chunk (notes, artist, GPS) stays behind."""

import struct

from linli.kernel.files.bench import Unfit

PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
FORMATS = {PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE}
CHANNELS = 8
RATES = range(4_000, 192_001)


def remade(data: bytes) -> tuple[bytes, int]:
    """The file made anew, and its length in milliseconds."""
    found = dict(chunks(data))
    if not {b"fmt ", b"data"} <= found.keys():
        raise Unfit("broken")
    form, samples = found[b"fmt "][:40], found[b"data"]
    kind, channels, rate, per_second, block, _bits = struct.unpack("<HHIIHH", form[:16])
    if kind not in FORMATS or not 0 < channels <= CHANNELS or rate not in RATES or per_second != rate * block:
        raise Unfit("broken")
    body = chunk(b"fmt ", form) + chunk(b"data", samples)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body, len(samples) * 1000 // per_second


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks as their lengths say; a recorder that was cut off may leave the last one short."""
    found, at = [], 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((name, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
