"""A picture of every page in every language, width and size of type, and a sheet with all of them."""

import html
import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser
from tqdm import tqdm

from linli.project import touring
from linli.project.command import start_django

TO = Path("build/shots")
LANGUAGES, WIDTHS, MODES = ("zh-hans", "en"), (390, 1280), ("", "care", "care-xl")
WAYS = list(itertools.product(LANGUAGES, WIDTHS, MODES))
THUMB = (240, 320)


def file_name(page: str, language: str, width: int, mode: str) -> str:
    return "-".join([page.replace(":", "."), language[:2], str(width), mode or "plain"]) + ".png"


def take(chromium: Browser, address: str, survey: touring.Survey) -> list[Path]:
    """One context for each person and way; full pages."""
    made = []
    rounds = [(who, way) for who in survey.everybody() for way in WAYS]
    for who, (language, width, mode) in tqdm(rounds, desc="shots", file=sys.stderr):
        context = touring.visitor(chromium, address, width=width, language=language, mode=mode)
        page = context.new_page()
        if who:
            touring.become(page, who)
        for name, path in survey.of(who):
            page.goto(path)
            made.append(TO / file_name(name, language, width, mode))
            page.screenshot(path=made[-1], full_page=True)
        context.close()
    return made


def sheet(pictures: Sequence[Path], columns: int = 12) -> Path:
    """The tops of all pictures on one, a row for each page."""
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * THUMB[0], rows * THUMB[1]), "white")
    for place, file in enumerate(sorted(pictures)):
        with Image.open(file) as picture:
            top = picture.convert("RGB").crop((0, 0, picture.width, picture.width * THUMB[1] // THUMB[0]))
        row, column = divmod(place, columns)
        whole.paste(top.resize(THUMB), (column * THUMB[0], row * THUMB[1]))
    whole.save(TO / "sheet.jpg", quality=80)
    return TO / "sheet.jpg"


def index(pictures: Sequence[Path]) -> Path:
    """The same to click through."""
    lines = [
        f'<figure><a href="{p.name}"><img loading="lazy" src="{p.name}" width="240" alt=""></a>'
        f"<figcaption>{html.escape(p.stem)}</figcaption></figure>"
        for p in sorted(pictures)
    ]
    style = "<style>body{display:flex;flex-wrap:wrap}figure{margin:8px;height:360px;overflow:hidden}</style>"
    (TO / "index.html").write_text("<!doctype html><meta charset=utf-8>" + style + "\n".join(lines))
    return TO / "index.html"


def main() -> int:
    start_django()
    TO.mkdir(parents=True, exist_ok=True)
    for old in TO.glob("*.png"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as data,
        touring.demo_house(Path(data)) as address,
        touring.browser() as chromium,
    ):
        pictures = take(chromium, address, touring.survey(chromium, address))
    print(f"{len(pictures)} pictures / 张图: {sheet(pictures)}, {index(pictures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
