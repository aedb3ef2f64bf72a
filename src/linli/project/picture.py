"""The picture of the README, taken from the demo: one matter on a neighbour's phone, beside the desk it came to."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from linli.project import touring
from linli.project.command import start_django

TO = Path("docs/picture")
NAMES = {"zh-hans": "linli.zh-CN.webp", "en": "linli.webp"}
SIZE = ("--communities", "1", "--days", "20", "--seed", "7")
GROUND, EDGE, ROUND = "#e9efe9", "#9aa79f", 18
WHOLE, DESK, PHONE = (1800, 1130), (1280, 930), (390, 844)
DESK_AT, PHONE_AT = (60, 60), (1330, 190)


def seen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def desk(chromium: Browser, address: str, language: str) -> Image.Image:
    page = touring.visitor(chromium, address, language=language).new_page()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    touring.become(page, "陈晓雨")
    page.goto("/desk/")
    return seen(page)


def phone(chromium: Browser, address: str, language: str) -> Image.Image:
    """Of all her matters the one with the longest thread."""
    page = touring.visitor(chromium, address, width=PHONE[0], language=language).new_page()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    touring.become(page, "王阿姨")
    page.goto("/mine/")
    page.goto(max(matters_on(page), key=lambda link: lines_of(page, link)))
    page.locator(".thread").scroll_into_view_if_needed()
    page.evaluate(
        "scrollTo(0, document.querySelector('.thread').getBoundingClientRect().top + scrollY - 150)"
    )
    return seen(page)


def matters_on(page: Page) -> list[str]:
    return [link for link in touring.links_of(page) if link.startswith("/matters/")]


def lines_of(page: Page, link: str) -> int:
    page.goto(link)
    return page.locator(".thread > li").count()


def put(whole: Image.Image, picture: Image.Image, at: tuple[int, int]) -> None:
    """With round corners and a thin edge."""
    mask = Image.new("L", picture.size, 0)
    box = (0, 0, picture.width - 1, picture.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, ROUND, fill=255)
    whole.paste(picture, at, mask)
    edge = (at[0] - 1, at[1] - 1, at[0] + picture.width, at[1] + picture.height)
    ImageDraw.Draw(whole).rounded_rectangle(edge, ROUND + 1, outline=EDGE, width=2)


def main() -> int:
    start_django()
    with (
        tempfile.TemporaryDirectory() as data,
        touring.demo_house(Path(data), SIZE) as address,
        touring.browser() as chromium,
    ):
        for language, name in NAMES.items():
            whole = Image.new("RGB", WHOLE, GROUND)
            put(whole, desk(chromium, address, language), DESK_AT)
            put(whole, phone(chromium, address, language), PHONE_AT)
            whole.save(TO / name, quality=82, method=6)
            print(TO / name, (TO / name).stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
