"""A demo house started for the occasion, and a walk through its pages in a real browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from linli.project.group import Child, end_with_parent

SMALL = ("--communities", "1", "--days", "5", "--seed", "7")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 240.0
MOST_PAGES, HEIGHT = 60, 900
TOLD_APART = ("web:home", "web:me", "appeals:matter")
UNLINKED = (
    ("", "(nothing there)", "/nothing/"),
    ("陈晓雨", "appeals:find", "/desk/find/?q=楼道"),
    ("陈晓雨", "appeals:slips", "/desk/slips/"),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo_house(data: Path, size: tuple[str, ...] = SMALL, *, name: str = "127.0.0.1") -> Iterator[str]:
    """The address of a demo that is served as long as the block lasts; ``name`` is the host people know it by."""
    port = free_port()
    house = start_demo(data, port, size, name)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", house, data / "log.txt")
        yield f"http://{name}:{port}"
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(timeout=60)


def start_demo(data: Path, port: int, size: tuple[str, ...], name: str) -> Child:
    settings = {
        "LINLI_DATA": str(data),
        "DATABASE_URL": "",
        "LINLI_KEYS": "",
        "LINLI_ADDRESS": f"http://{name}:{port}",
        "HOST": "",
        "LINLI_LIMIT_ACCOUNT": "0",  # a tour is a flood
        "LINLI_LIMIT_ADDRESS": "0",
    }
    command = [sys.executable, "-m", "linli.project.command", "demo", "--port", str(port), *size]
    with (data / "log.txt").open("w") as log:
        return subprocess.Popen(  # noqa: S603 -- ourselves
            command,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent,  # noqa: PLW1509 -- before any thread
        )


def wait_for(address: str, house: Child, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and house.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- our own address
                if json.load(answer)["ok"]:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The demo did not open:\n{log.read_text()[-3000:]}")


def look_at_all(page: Page) -> None:
    """Make the window as tall as the page: what a sticky bar covers now can be scrolled free."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("window.innerWidth")
    page.set_viewport_size({"width": width, "height": max(tall, HEIGHT)})


@contextmanager
def browser(*settings: str) -> Iterator[Browser]:
    """The machine's Chromium; nothing is downloaded."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise RuntimeError("No Chromium is installed (on Debian: apt install chromium). / 没有装 Chromium。")
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=program, args=["--no-sandbox", "--lang=zh-CN", *settings])


def visitor(
    chromium: Browser, address: str, *, width: int = 1280, language: str = "zh-hans", mode: str = ""
) -> BrowserContext:
    """Somebody who has just come in, with her language and size of type."""
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, base_url=address)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": address}
            for name, value in (("lang", language), ("mode", mode))
            if value
        ]
    )
    return context


def people(page: Page) -> list[str]:
    """Whom one can be, from the demo's list."""
    page.goto("/in/")
    return page.locator("form[action='/in/demo/'] button b").all_inner_texts()


def become(page: Page, name: str) -> None:
    page.goto("/in/")
    page.locator("form[action='/in/demo/'] button", has=page.get_by_text(name, exact=True)).first.click()
    page.wait_for_load_state()


def walk(page: Page, start: str = "/", known: Collection[str] = ()) -> dict[str, str]:
    """Every page a reader can reach by links, one address for each name: ``{"web:home": "/", …}``.

    A page is called by the address it ends at, so a door to sign in does not pass for what is behind it; at the desk
    the same address is another page. What is known already is not opened again, unless its links depend on the reader.
    """
    found: dict[str, str] = {}
    asked: set[str] = set()
    waiting = [start]
    while waiting and len(asked) < MOST_PAGES:
        address = waiting.pop(0)
        name = name_of(address)
        if name is None or name in asked or (name in known and name not in TOLD_APART):
            continue
        asked.add(name)
        if opens(page, address):
            found.setdefault(called(page), urlsplit(page.url)._replace(scheme="", netloc="").geturl())
            waiting.extend(links_of(page))
    return found


def called(page: Page) -> str:
    """The name of the page as it stands; ``appeals:matter (desk)`` within the desk's frame."""
    name = name_of(page.url) or page.url
    return f"{name} (desk)" if name in TOLD_APART and page.locator(".rail").count() else name


def opens(page: Page, address: str) -> bool:
    """Whether it is a page, and not a download or something that is gone."""
    try:
        answer = page.goto(address)
    except PlaywrightError as problem:
        if "Download is starting" in problem.message:
            return False
        raise
    return answer is not None and answer.ok and "text/html" in answer.headers.get("content-type", "")


@dataclass
class Survey:
    """What a walk as everybody found: (who, name, address) of each page once, and what the browser complained of."""

    pages: list[tuple[str, str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def of(self, who: str) -> list[tuple[str, str]]:
        return [(name, address) for someone, name, address in self.pages if someone == who]

    def everybody(self) -> list[str]:
        return list(dict.fromkeys(who for who, _, _ in self.pages))


def survey(chromium: Browser, address: str) -> Survey:
    """Walk as a visitor ("") and as each person of the demo; a page counts for the first who finds it."""
    found = Survey()
    for who in ["", *people(visitor(chromium, address).new_page())]:
        context = visitor(chromium, address)
        page = context.new_page()
        page.on("console", lambda m: found.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda problem: found.complaints.append(str(problem)))
        if who:
            become(page, who)
        known = {name for _, name, _ in found.pages}
        found.pages += [
            (who, name, path) for name, path in walk(page, known=known).items() if name not in known
        ]
        context.close()
    found.pages += UNLINKED
    return found


def name_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def links_of(page: Page) -> list[str]:
    """Addresses of our own that this page links to, without downloads and ways out."""
    links: list[Any] = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    return [
        link for link in links if link.startswith("/") and not link.startswith(("//", "/static/", "/files/"))
    ]
