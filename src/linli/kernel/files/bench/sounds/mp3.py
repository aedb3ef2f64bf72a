"""MP3: frame by frame. Tags before, between and after the frames stay behind."""

from linli.kernel.files.bench import Unfit

RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
FEWEST = 3
VERSION_1 = 3
SEARCH = 65_536


def remade(data: bytes) -> tuple[bytes, int]:
    """The file made anew, and its length in milliseconds."""
    at, kept, samples, rate = first_frame(data), [], 0, 0
    while (found := frame(data, at)) is not None:
        length, count, rate = found
        if not kept_out(data[at : at + length]):
            kept.append(data[at : at + length])
            samples += count
        at += length
    if len(kept) < FEWEST or not is_tag(data[at:]):
        raise Unfit("broken")
    return b"".join(kept), samples * 1000 // rate


def first_frame(data: bytes) -> int:
    """Where the sound begins, after an ID3 tag of the length it declares and at most a little padding."""
    start = 0
    if data.startswith(b"ID3"):
        a, b, c, d = data[6:10]
        start = 10 + (a << 21 | b << 14 | c << 7 | d)
    for at in range(start, min(start + SEARCH, len(data))):
        here = frame(data, at)
        if here is not None and frame(data, at + here[0]) is not None:
            return at
    raise Unfit("broken")


def frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """(bytes, samples, rate) of the layer 3 frame at this place, if one lies there whole."""
    if at + 4 > len(data):
        return None
    head = int.from_bytes(data[at : at + 4], "big")
    version, layer, bits, speed, padded = (
        head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3, head >> 9 & 1,
    )  # fmt: skip
    if head >> 21 != 0x7FF or version not in RATES or layer != 1 or bits in {0, 15} or speed == 3:  # noqa: PLR2004
        return None
    rate = RATES[version][speed]
    samples = 1152 if version == VERSION_1 else 576
    kbits = (KBITS_1 if version == VERSION_1 else KBITS_2)[bits]
    length = samples // 8 * kbits * 1000 // rate + padded
    return (length, samples, rate) if at + length <= len(data) else None


def kept_out(content: bytes) -> bool:
    """The first frame of many encoders holds their name and settings instead of sound."""
    return any(mark in content[:200] for mark in (b"Xing", b"Info", b"VBRI"))


def is_tag(rest: bytes) -> bool:
    """What may follow the sound: nothing, a tag (left out), or the stump of a last frame."""
    return len(rest) < 2_000 or rest.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3"))  # noqa: PLR2004
