"""Photos: decoded, turned upright, painted on a fresh canvas. Nothing but pixels goes across."""

import struct
import zlib
from pathlib import Path

import pillow_heif
from PIL import Image

from linli.kernel.files.bench import Unfit

BYTES = 20_000_000
LONGEST = 2560
SMALL = 480
QUALITY = 82
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF")
PIXELS = {
    "JPEG": 120_000_000,  # read at half or quarter size, so a large one costs no more memory
    "MPO": 120_000_000,
    "HEIF": 52_000_000,
    "PNG": 52_000_000,
    "GIF": 26_000_000,
    "WEBP": 26_000_000,
}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
UNREADABLE = (
    OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError, KeyError, TypeError,
    OverflowError, RuntimeError, ZeroDivisionError, AttributeError,
)  # fmt: skip
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = max(PIXELS.values())


def remake(source: Path, target: Path, small: Path) -> dict[str, object]:
    if source.stat().st_size > BYTES:
        raise Unfit("too_big")
    picture = painted(source)
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    width, height = picture.size
    picture.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    picture.save(small, "JPEG", quality=QUALITY, optimize=True)
    return {"type": "image/jpeg", "ending": "jpg", "width": width, "height": height}


def painted(source: Path) -> Image.Image:
    """The first picture in the file, upright, no side longer than LONGEST, on a canvas of its own."""
    try:
        with Image.open(source, formats=FORMATS) as image:
            check(image)
            turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
            upright = scaled(image)
            return on_white(upright.transpose(turn) if turn is not None else upright)
    except BOMBS:
        raise Unfit("too_many_pixels") from None
    except UNREADABLE:
        raise Unfit("broken") from None


def check(image: Image.Image) -> None:
    """Count the pixels the header promises before any of them is decoded."""
    width, height = image.size
    if width * height > PIXELS[image.format or ""]:
        raise Unfit("too_many_pixels")


def scaled(image: Image.Image) -> Image.Image:
    if image.mode == "1":
        image = image.convert("L")
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    image.draft("RGB", (LONGEST, LONGEST))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=1.4)
    return image


def on_white(image: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        canvas.paste(seen, mask=seen.getchannel("A"))
    else:
        canvas.paste(image.convert("RGB"))
    return canvas
