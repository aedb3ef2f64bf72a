"""Files that mean harm, each made here. ``CANARY`` marks what must not come out at the other end."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, PngImagePlugin

from linli.kernel.files.tests.samples import (
    box,
    chunk,
    element,
    full,
    id3,
    m4a,
    mp3,
    ogg,
    paper,
    picture,
    png,
    png_chunk,
    street,
    vorbis,
    wav,
    webm,
)  # fmt: skip

CANARY = b"CANARY"
SCRIPT = b"<script>alert('CANARY')</script>"


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments: bytes) -> bytes:
    plain = picture("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def exif() -> bytes:
    """Where and with what the photo was taken."""
    data = Image.Exif()
    data[0x010F], data[0x9286] = "CANARY maker", "CANARY comment"
    data.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 26.0), 3: "E", 4: (116.0, 13.0, 1.0), 29: "CANARY"})
    return data.tobytes()


def animated(form: str, frames: int, **options: Any) -> bytes:
    pictures = [Image.new("RGB", (16, 16), (number % 256, number // 256, 0)) for number in range(frames)]
    return picture(form, pictures[0], save_all=True, append_images=pictures[1:], **options)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "CANARY", zip=True)
    words.add_itxt("XML:com.adobe.xmp", "<x>CANARY</x>")
    return picture("PNG", pnginfo=words)


def png_word_bomb() -> bytes:
    return png(8, 8, *[png_chunk(b"zTXt", b"CANARY\0\0" + zlib.compress(bytes(60_000_000), 9))] * 3)


def zipped(**members: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def tar_with_link() -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as archive:
        link = tarfile.TarInfo("photo.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return kept.getvalue()


SCRIPTED = {"S": Name.JavaScript, "JS": "app.alert('CANARY')"}


def opens_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(**SCRIPTED)
    pdf.Root.AA = Dictionary(WC=Dictionary(**SCRIPTED))
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", pdf.make_indirect(Dictionary(**SCRIPTED))]))
    )


def annotation(pdf: Pdf, **entries: Any) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def link_to(action: dict[str, Any]) -> Callable[[Pdf], None]:
    return lambda pdf: annotation(pdf, Subtype=Name.Link, A=Dictionary(**action))


def chained(pdf: Pdf) -> None:
    """A harmless step that goes on to a harmful one."""
    after = pdf.make_indirect(Dictionary(**SCRIPTED))
    goto = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Array([after]))
    annotation(pdf, Subtype=Name.Link, A=pdf.make_indirect(goto))


def attaches(pdf: Pdf) -> None:
    pdf.attachments["CANARY.exe"] = b"MZ CANARY"
    annotation(pdf, Subtype=Name.FileAttachment, FS=pdf.Root.Names.EmbeddedFiles.Names[1])


def rich_media(pdf: Pdf) -> None:
    film = pdf.make_indirect(Stream(pdf, b"CANARY film"))
    annotation(pdf, Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=film))


def xfa_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=Stream(pdf, b"<xdp>CANARY</xdp>"), Fields=Array([]))


def portfolio(pdf: Pdf) -> None:
    pdf.Root.Collection = Dictionary(Schema=Dictionary(CANARY=Dictionary()))


def tells_its_author(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "CANARY"
    pdf.Root.Metadata = Stream(pdf, b"<x:xmpmeta>CANARY</x:xmpmeta>")
    pdf.pages[0].PieceInfo = Dictionary(App=Dictionary(Private="CANARY"))


def content_elsewhere(pdf: Pdf) -> None:
    pdf.pages[0].Contents = Stream(pdf, b"", F=Dictionary(F="\\\\host\\CANARY", Type=Name.Filespec))


def pages_in_a_ring() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def deep_paper() -> bytes:
    deep = b"[" * 20_000 + b"]" * 20_000
    return (
        paper().replace(b"%%EOF", b"")
        + b"\n9 0 obj"
        + deep
        + b"endobj\ntrailer<</Root 1 0 R/Info 9 0 R>>\n%%EOF"
    )


def object_stream_bomb() -> bytes:
    """Three hundred megabytes of nothing where the objects should be."""
    packed = zlib.compress(b"7 0 " + b" " * 300_000_000, 9)
    return (
        b"%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 7 0 R>>endobj\n3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode"
        b"/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (len(packed), packed)
    )


def locked() -> bytes:
    return paper(encryption=pikepdf.Encryption(owner="CANARY", user="CANARY"))


def locked_for_owner() -> bytes:
    return paper(encryption=pikepdf.Encryption(owner="CANARY", user=""))


def broken_sum(recording: bytes) -> bytes:
    return recording[:-1] + bytes([recording[-1] ^ 1])


def nested_forever() -> bytes:
    return (
        element("1a45dfa3", element("4282", b"webm"))
        + bytes.fromhex("18538067" + "01ffffffffffffff")
        + (bytes.fromhex("1f43b675" + "01ffffffffffffff") * 50_000)
    )


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "SVG with script": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "HTML": lambda: b"<!doctype html>" + SCRIPT,
    "GIF that is JavaScript": lambda: b"GIF89a=1;alert('CANARY')//",
    "PNG that claims 50,000 by 50,000": lambda: png(50_000, 50_000, data=zlib.compress(b"\0")),
    "JPEG that claims 65,500 by 65,500": lambda: jpeg_with().replace(
        struct.pack(">HH", 240, 320), struct.pack(">HH", 65_500, 65_500), 1
    ),
    "GIF that claims 65,535 by 65,535": lambda: (
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + picture("GIF")[10:]
    ),
    "half a JPEG": lambda: picture("JPEG", street(2000, 1500))[:9_000],
    "half a HEIC": lambda: picture("HEIF", street(640, 480))[:900],
    "PNG with wrong sums": lambda: picture("PNG").replace(b"IDAT", b"IDAT\x01", 1),
    "BMP": lambda: picture("BMP"),
    "TIFF": lambda: picture("TIFF"),
    "ICO": lambda: picture("ICO", street(32, 32)),
    "JPEG 2000": lambda: picture("JPEG2000"),
    "AVIF": lambda: picture("AVIF"),
    "EPS that would run PostScript": lambda: (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(CANARY) run\n"
    ),
    "PSD": lambda: b"8BPS\0\1" + bytes(60),
    "photo of 21 MB": lambda: picture("JPEG") + bytes(21_000_000),
    "encrypted PDF": locked,
    "PDF locked for its owner": locked_for_owner,
    "PDF whose pages go in a ring": pages_in_a_ring,
    "PDF with a bomb of objects": object_stream_bomb,
    "PDF of 301 pages": lambda: paper(301),
    "half a PDF": lambda: b"%PDF-1.7\n1 0 obj<</Type/Cata",
    "PDF in name only": lambda: b"%PDF-1.7\n" + SCRIPT,
    "ZIP": lambda: zipped(a=b"CANARY"),
    "ZIP bomb": lambda: zipped(a=bytes(50_000_000)),
    "ZIP that climbs out": lambda: zipped(**{"..__..__etc__passwd": b"CANARY"}),
    "Word with macros": lambda: zipped(**{"word__vbaProject.bin": b"CANARY", "[Content_Types].xml": b"<x/>"}),
    "tar with a link": tar_with_link,
    "program for Linux": lambda: b"\x7fELF\x02\x01\x01" + bytes(60),
    "program for Windows": lambda: b"MZ" + bytes(60) + b"CANARY",
    "Java class": lambda: b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(60),
    "shell script": lambda: b"#!/bin/sh\necho CANARY\n",
    "WAV without sound": lambda: b"RIFF\x24\0\0\0WAVE" + chunk(b"LIST", b"CANARY"),
    "WAV of no rate": lambda: wav().replace(struct.pack("<II", 8000, 16000), bytes(8), 1),
    "WAV of six minutes": lambda: wav(361, rate=4000),
    "MP3 in name only": lambda: b"\xff\xfb\x90\x64" + SCRIPT * 30,
    "ID3 with nothing behind": lambda: id3(SCRIPT),
    "Ogg with a wrong sum": lambda: broken_sum(ogg()),
    "Ogg with a film": lambda: ogg(head=b"\x80theora" + bytes(40)),
    "Ogg with two streams": lambda: ogg() + ogg(serial=8),
    "Ogg cut off": lambda: ogg()[:-20],
    "WebM with a film": lambda: webm(2, kind=1, codec=b"V_VP8"),
    "WebM with two tracks": lambda: webm(2, tracks=2),
    "WebM of another coding": lambda: webm(2, codec=b"A_PCM/INT/LIT"),
    "Matroska of another kind": lambda: webm(2, doc=b"CANARY"),
    "WebM inside WebM for ever": nested_forever,
    "MP4 film": lambda: m4a(2, handler=b"vide"),
    "MP4 with two tracks": lambda: m4a(2, tracks=2),
    "MP4 that fetches its sound": lambda: m4a(2, self_contained=False),
    "MP4 whose box is longer than the file": lambda: m4a()[:-150],
    "MP4 of six minutes": lambda: m4a(360),
    "MP4 of boxes in boxes": lambda: (
        box(b"ftyp", b"M4A \0\0\0\0") + (struct.pack(">I4s", 0, b"moov") * 5_000)
    ),
    "MP4 in another coding": lambda: m4a(2, codec=b"enca"),
}

NEUTRALISED: dict[str, Callable[[], bytes]] = {
    "JPEG with HTML behind": lambda: picture("JPEG") + SCRIPT,
    "JPEG with ZIP behind": lambda: picture("JPEG") + zipped(CANARY=b"x"),
    "JPEG with place and maker": lambda: picture("JPEG", exif=exif()),
    "JPEG with XMP": lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>CANARY</x>")),
    "JPEG with a comment": lambda: jpeg_with(segment(0xFE, SCRIPT)),
    "JPEG with Photoshop's block": lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIMCANARY")),
    "JPEG with 4 MB of colour profile": lambda: picture("JPEG", icc_profile=CANARY * 700_000),
    "JPEG with a broken Exif": lambda: jpeg_with(segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xffCANARY")),
    "PNG with words": png_with_words,
    "PNG with PHP behind": lambda: picture("PNG") + b"<?php CANARY ?>",
    "PNG that moves": lambda: animated("PNG", 20),
    "GIF of 10,000 frames": lambda: animated("GIF", 10_000),
    "GIF with script in its comment": lambda: picture("GIF", comment=SCRIPT),
    "WebP that moves, with place": lambda: animated("WEBP", 5, exif=exif(), xmp=b"<x>CANARY</x>"),
    "HEIC with place": lambda: picture("HEIF", exif=exif(), xmp=b"<x>CANARY</x>"),
    "one-bit PNG of 49 million pixels": lambda: png(7000, 7000, data=zlib.compress(bytes(7000 * 876), 9)),
    "PDF that runs a script": lambda: paper(1, opens_script),
    "PDF that starts a program": lambda: paper(1, link_to({"S": Name.Launch, "F": "CANARY.exe"})),
    "PDF that runs a script after turning a page": lambda: paper(1, chained),
    "PDF with a link that is a script": lambda: paper(1, link_to({"S": Name.URI, "URI": "javascript:CANARY"})),
    "PDF that sends a form": lambda: paper(1, link_to({"S": Name.SubmitForm, "F": "http://127.0.0.1/CANARY"})),
    "PDF that opens another": lambda: paper(1, link_to({"S": Name.GoToR, "F": "\\\\host\\CANARY"})),
    "PDF with a program inside": lambda: paper(1, attaches),
    "PDF with a film": lambda: paper(1, rich_media),
    "PDF with an XFA form": lambda: paper(1, xfa_form),
    "PDF portfolio": lambda: paper(1, portfolio),
    "PDF that tells its author": lambda: paper(1, tells_its_author),
    "PDF whose content lies elsewhere": lambda: paper(1, content_elsewhere),
    "PDF with ZIP behind": lambda: paper() + zipped(CANARY=b"x"),
    "PDF that is also HTML": lambda: paper() + SCRIPT,
    "PDF nested twenty thousand deep": deep_paper,
    "WAV with notes": lambda: wav(2, chunk(b"LIST", b"INFOIARTCANARY"), chunk(b"id3 ", id3(SCRIPT))),
    "WAV with HTML behind": lambda: wav() + SCRIPT,
    "MP3 with a picture": lambda: id3(b"APIC" + SCRIPT) + mp3(),
    "MP3 with a tag behind": lambda: mp3() + b"TAG" + CANARY.ljust(125, b"\0"),
    "MP3 with HTML behind": lambda: mp3() + SCRIPT,
    "Ogg with comments": lambda: ogg(comment=b"LOCATION=CANARY"),
    "Ogg with a picture over many pages": lambda: ogg(comment=b"METADATA_BLOCK_PICTURE=" + CANARY * 9_000),
    "Vorbis with comments": lambda: vorbis(b"ARTIST=CANARY"),
    "WebM with tags and a file": lambda: webm(
        2, element("1254c367", b"\x73\x73\x40\x08CANARY00"), element("1941a469", b"\x61\xa7\x40\x08CANARY00")
    ),
    "WebM with a tail": lambda: webm(1) + SCRIPT * 3,
    "M4A with place": lambda: m4a(2, in_moov=box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+39.9+116.2/CANARY"))),
    "M4A with a private box": lambda: m4a(2, box(b"uuid", bytes(16), SCRIPT)),
    "M4A with tags": lambda: m4a(2, in_moov=full(b"meta", box(b"ilst", CANARY))),
}  # fmt: skip
HARMLESS_OR_REFUSED: dict[str, Callable[[], bytes]] = {"PNG with a bomb of words": png_word_bomb}
