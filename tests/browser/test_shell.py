"""The shell in a real browser: large type, fingers, keys, a broken line, and no scripts at all."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from linli.project import touring

pytestmark = pytest.mark.browser

PRESSED = "main .btn, main .big-act, main .call, main .listen, .tool, .tabbar a"
TOO_SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < least - 0.5)
    .map(one => one.outerHTML.slice(0, 90))"""
WORDS_OF_FOCUS = "document.activeElement.matches('a[href], button') ? document.activeElement.outerHTML : ''"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def wang(chromium: Browser, address: str) -> Iterator[Page]:
    """王阿姨 has signed in on a phone."""
    context = touring.visitor(chromium, address, width=390)
    page = context.new_page()
    touring.become(page, touring.people(page)[0])
    yield page
    context.close()


def choose(page: Page, name: str, value: str) -> None:
    page.context.add_cookies([{"name": name, "value": value, "url": page.url}])


@pytest.mark.parametrize("mode", ["care", "care-xl"])
def test_large_type_shuts_nobody_out_and_fits_a_phone(wang: Page, mode: str) -> None:
    choose(wang, "mode", mode)
    told = {}
    for name, path in touring.walk(wang).items():
        wang.goto(path)
        found = [one["id"] for one in Axe().run(wang).response["violations"]]
        told[name] = found + (["sideways"] if wang.evaluate(SIDEWAYS) > 0 else [])

    assert {name: found for name, found in told.items() if found} == {}
    assert len(told) >= 8


@pytest.mark.parametrize(("mode", "least"), [("", 44), ("care", 60)])
def test_fingers_find_what_they_press(wang: Page, mode: str, least: int) -> None:
    choose(wang, "mode", mode or "none")
    wang.goto("/")

    assert wang.locator(PRESSED).count() >= 5
    assert wang.evaluate(TOO_SMALL, [PRESSED, least]) == []


def test_large_type_is_switched_on_and_off_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/help/")

    page.get_by_role("button", name="大字").click()
    assert (page.locator("html").get_attribute("data-mode"), page.url) == ("care", f"{address}/help/")

    page.get_by_role("button", name="退出大字").click()
    assert page.locator("html").get_attribute("data-mode") is None
    context.close()


def test_everything_on_the_first_page_is_reached_with_the_keyboard_alone(wang: Page) -> None:
    wang.set_viewport_size({"width": 1280, "height": 900})
    wang.goto("/")
    wanted = wang.locator("a[href]:visible, button:visible").count()
    reached = set()
    for _step in range(wanted + 5):
        wang.keyboard.press("Tab")
        reached.add(wang.evaluate(WORDS_OF_FOCUS))

    assert len(reached - {""}) >= wanted - 2  # the same button may stand at the top and in the footer


def test_the_banner_tells_when_the_line_is_down_and_goes_when_it_is_back(wang: Page) -> None:
    wang.goto("/help/")
    banner = wang.locator("[data-offline]")

    wang.context.set_offline(True)
    banner.wait_for(state="visible")
    wang.context.set_offline(False)
    banner.wait_for(state="hidden")


def test_words_not_yet_sent_are_there_again_after_a_mishap(wang: Page) -> None:
    wang.goto("/raise/")
    wang.locator("form[data-draft] textarea").first.fill("三楼的灯又坏了，晚上下楼看不清")
    wang.goto("/help/")
    wang.goto("/raise/")

    assert wang.locator("form[data-draft] textarea").first.input_value() == "三楼的灯又坏了，晚上下楼看不清"
