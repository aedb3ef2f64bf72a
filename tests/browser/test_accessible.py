"""Everybody can use every page: axe finds nothing, in both languages, on phone and desk."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from linli.project import touring

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def faults(page: Page) -> list[str]:
    """``rule: where`` of each violation on the page as it stands."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['target'][0]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, address: str, survey: touring.Survey, width: int, language: str
) -> None:
    told: dict[str, list[str]] = {}
    for who in survey.everybody():
        context = touring.visitor(chromium, address, width=width, language=language)
        page = context.new_page()
        if who:
            touring.become(page, who)
        for name, path in survey.of(who):
            page.goto(path)
            told[name] = faults(page)
        context.close()

    assert {name: what for name, what in told.items() if what} == {}


def test_axe_finds_a_planted_fault(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()
    page.goto("/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/scene.svg\">')")

    assert any(fault.startswith("image-alt: ") for fault in faults(page))
