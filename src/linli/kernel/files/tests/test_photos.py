import io
from pathlib import Path

import pytest
from PIL import Image

from linli.kernel.files import disk
from linli.kernel.files.actions import check
from linli.kernel.files.tests.samples import picture, street, upload

ORIENTATION = 0x0112
RED, BLUE = (254, 0, 0), (0, 0, 254)


def opened(content: bytes, *, small: bool = False) -> Image.Image:
    checked = check(upload(content), kinds=("photo",))
    return Image.open(io.BytesIO(disk.place_of(checked.token, "jpg", small=small).read_bytes()))


def near(seen: object, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
def test_a_photo_comes_out_as_a_jpeg_with_a_small_one_beside_it(form: str) -> None:
    checked = check(upload(picture(form, street(1200, 800)), "楼道 灯坏了.HEIC"))
    place = disk.place_of(checked.token, "jpg")

    facts = (checked.kind, checked.name, checked.content_type, checked.width, checked.height)
    assert facts == ("photo", "楼道 灯坏了.jpg", "image/jpeg", 1200, 800)
    assert checked.size == place.stat().st_size
    with Image.open(place) as image, Image.open(disk.place_of(checked.token, "jpg", small=True)) as small:
        assert (image.format, image.size, small.size) == ("JPEG", (1200, 800), (480, 320))
        assert near(image.getpixel((100, 400)), RED) and near(image.getpixel((1100, 400)), BLUE)


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    assert opened(picture("JPEG", street(4000, 3000))).size == (2560, 1920)
    assert opened(picture("PNG", street(300, 3000))).size == (256, 2560)


@pytest.mark.parametrize("form", ["JPEG", "PNG", pytest.param("HEIF", marks=pytest.mark.drill)])
def test_forty_megapixels_work_in_the_forms_phones_write(form: str) -> None:
    image = opened(picture(form, street(7300, 5500)))
    assert (image.size, near(image.getpixel((9, 9)), RED)) == ((2560, 1929), True)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        (1, "left"),
        (2, "right"),
        (3, "right"),
        (4, "left"),
        (5, "top"),
        (6, "top"),
        (7, "bottom"),
        (8, "bottom"),
    ],
)
def test_a_photo_taken_lying_down_stands_upright(orientation: int, red_at: str) -> None:
    data = Image.Exif()
    data[ORIENTATION] = orientation
    image = opened(picture("JPEG", street(400, 200), exif=data.tobytes()))
    width, height = image.size
    spots = {
        "left": (9, height // 2), "right": (width - 9, height // 2), "top": (width // 2, 9),
        "bottom": (width // 2, height - 9),
    }  # fmt: skip
    red = [name for name, spot in spots.items() if near(image.getpixel(spot), RED)]
    assert (red[:1] if len(red) == 1 else [name for name in red if name == red_at]) == [red_at]
    assert (width, height) == ((400, 200) if orientation < 5 else (200, 400))


def test_what_is_see_through_becomes_white() -> None:
    image = opened(picture("PNG", Image.new("RGBA", (40, 40), (255, 0, 0, 0))))
    assert near(image.getpixel((20, 20)), (255, 255, 255))


def test_grey_and_sixteen_bit_and_print_colours_stay_what_they_look_like() -> None:
    grey = opened(picture("PNG", Image.new("I;16", (40, 40), 32768)))
    printed = opened(picture("JPEG", Image.new("CMYK", (40, 40), (0, 255, 255, 0))))
    assert near(grey.getpixel((20, 20)), (128, 128, 128))
    assert near(printed.getpixel((20, 20)), RED)


def test_the_first_picture_of_a_moving_one_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    image = opened(picture("GIF", frames[0], save_all=True, append_images=frames[1:]))
    assert near(image.getpixel((20, 20)), RED)


def test_the_workplace_is_empty_afterwards() -> None:
    opened(picture())
    assert list(Path(disk.workplace()).iterdir()) == []
