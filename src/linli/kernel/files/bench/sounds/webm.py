"""WebM with Opus or Vorbis: one sound track and its blocks; titles, tags, attachments stay behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from linli.kernel.files.bench import Unfit

EBML, DOC_TYPE, SEGMENT, INFO, SCALE = 0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x2AD7B1
TRACKS, TRACK, TRACK_TYPE, CODEC, AUDIO = 0x1654AE6B, 0xAE, 0x83, 0x86, 0xE1
CLUSTER, TIMECODE, BLOCK, GROUP, GROUP_BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
DURATION, DISCARD, APP_MUXER, APP_WRITER = 0x9B, 0x75A2, 0x4D80, 0x5741
ROOMS = {SEGMENT, CLUSTER}  # the two that a live recorder writes without knowing their length
AT_SEGMENT_LEVEL = {
    INFO, TRACKS, CLUSTER, 0x114D9B74, 0x1C53BB6B, 0x1254C367, 0x1941A469, 0x1043A770, 0xEC, 0xBF,
}  # fmt: skip
TRACK_KEPT = {
    0xD7, 0x73C5, TRACK_TYPE, CODEC, 0x63A2, 0x56AA, 0x56BB, 0x23E383, 0xB9, 0x88, 0x9C,
}  # fmt: skip
AUDIO_KEPT = {0xB5, 0x78B5, 0x9F, 0x6264}
CODECS = {b"A_OPUS", b"A_VORBIS"}
SOUND = 2
MILLISECOND = 1_000_000


@dataclass
class Read:
    """What is kept of the recording."""

    scale: int = MILLISECOND
    track: bytes = b""
    clusters: list[bytes] = field(default_factory=list)
    end: int = 0


def remade(data: bytes) -> tuple[bytes, int]:
    """The file made anew, and its length in milliseconds."""
    kept = Read()
    parts = list(elements(data, 0, len(data)))
    if [part[0] for part in parts[:2]] != [EBML, SEGMENT] or len(parts) > 2:  # noqa: PLR2004
        raise Unfit("broken")
    if dict(children(data, parts[0])).get(DOC_TYPE, b"").rstrip(b"\0") not in {b"webm", b"matroska"}:
        raise Unfit("not_allowed")
    for part in elements(data, parts[1][1], parts[1][2], level=SEGMENT):
        keep(data, part, kept)
    if not kept.track or not kept.clusters:
        raise Unfit("broken")
    return written(kept), kept.end * kept.scale // MILLISECOND


Part = tuple[int, int, int]  # id, first byte of its content, first byte after it


def elements(data: bytes, at: int, end: int, level: int = 0) -> Iterator[Part]:
    """The elements between two places; one of unknown length ends where its parent's next one begins."""
    while at < end:
        name, at = number(data, at, keep_mark=True)
        known, start = length(data, at)
        if known is None and name not in ROOMS:
            raise Unfit("broken")
        stop = open_end(data, start, end, name) if known is None else start + known
        if stop > end:
            if level != SEGMENT or name != CLUSTER:
                raise Unfit("broken")
            stop = end  # the recorder was cut off inside its last cluster
        yield name, start, stop
        at = stop


def open_end(data: bytes, start: int, end: int, name: int) -> int:
    if name == SEGMENT:
        return end
    at = start
    while at < end:
        child, after = number(data, at, keep_mark=True)
        if child in AT_SEGMENT_LEVEL:
            return at
        size, content = length(data, after)
        at = end if size is None else content + size
    return end


def number(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of one to eight bytes whose first bits tell how many."""
    first = data[at]
    width = 9 - first.bit_length()
    if first == 0 or at + width > len(data):
        raise Unfit("broken")
    value = int.from_bytes(data[at : at + width], "big")
    return (value if keep_mark else value & ~(1 << 7 * width)), at + width


def length(data: bytes, at: int) -> tuple[int | None, int]:
    value, after = number(data, at, keep_mark=False)
    return (None if value == (1 << 7 * (after - at)) - 1 else value), after


def children(data: bytes, part: Part) -> list[tuple[int, bytes]]:
    return [(name, data[start:stop]) for name, start, stop in elements(data, part[1], part[2])]


def keep(data: bytes, part: Part, kept: Read) -> None:
    name = part[0]
    if name == INFO:
        kept.scale = int.from_bytes(dict(children(data, part)).get(SCALE, b"\x0f\x42\x40"), "big")
    elif name == TRACKS:
        tracks = [track for track in elements(data, part[1], part[2]) if track[0] == TRACK]
        if len(tracks) != 1 or kept.track:
            raise Unfit("film")
        kept.track = sound_track(data, tracks[0])
    elif name == CLUSTER:
        keep_cluster(data, part, kept)


def sound_track(data: bytes, track: Part) -> bytes:
    found = children(data, track)
    fields = dict(found)
    if int.from_bytes(fields.get(TRACK_TYPE, b""), "big") != SOUND:
        raise Unfit("film")
    if fields.get(CODEC, b"").rstrip(b"\0") not in CODECS:
        raise Unfit("not_allowed")
    body = b"".join(element(name, content) for name, content in found if name in TRACK_KEPT)
    audio = fields.get(AUDIO, b"")
    inside = children(audio, (AUDIO, 0, len(audio)))
    return body + element(
        AUDIO, b"".join(element(name, value) for name, value in inside if name in AUDIO_KEPT)
    )


def keep_cluster(data: bytes, part: Part, kept: Read) -> None:
    """Copy time and blocks; the end of the recording is the latest block seen."""
    body, base = b"", 0
    for name, start, stop in whole(data, part):
        content = data[start:stop]
        if name == TIMECODE:
            base = int.from_bytes(content, "big")
        elif name == GROUP:
            inside = children(content, (GROUP, 0, len(content)))
            content = b"".join(element(n, c) for n, c in inside if n in {GROUP_BLOCK, DURATION, DISCARD})
        if name in {TIMECODE, BLOCK, GROUP}:
            body += element(name, content)
        if name == BLOCK:
            kept.end = max(kept.end, base + int.from_bytes(content[1:3], "big", signed=True))
    kept.end = max(kept.end, base)
    kept.clusters.append(element(CLUSTER, body))


def whole(data: bytes, part: Part) -> Iterator[Part]:
    """The elements of a cluster that arrived whole; the last one may have been cut off."""
    at = part[1]
    while at < part[2]:
        name, after = number(data, at, keep_mark=True)
        known, start = length(data, after)
        if known is None or start + known > part[2]:
            return
        yield name, start, start + known
        at = start + known


def element(name: int, content: bytes) -> bytes:
    mark = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return mark + (len(content) | 1 << 56).to_bytes(8, "big") + content


def written(kept: Read) -> bytes:
    head = b"".join(
        element(name, value)
        for name, value in (
            (0x4286, b"\1"), (0x42F7, b"\1"), (0x42F2, b"\4"), (0x42F3, b"\x08"),
            (DOC_TYPE, b"webm"), (0x4287, b"\4"), (0x4285, b"\2"),
        )
    )  # fmt: skip
    scale = kept.scale.to_bytes(4, "big")
    info = element(SCALE, scale) + element(APP_MUXER, b"linli") + element(APP_WRITER, b"linli")
    body = element(INFO, info) + element(TRACKS, element(TRACK, kept.track)) + b"".join(kept.clusters)
    return element(EBML, head) + element(SEGMENT, body)
