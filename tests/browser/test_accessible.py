"""Everybody can use every page: axe finds nothing, in both languages, on phone and desk."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from linli.project import touring

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def faults(page: Page) -> list[str]:
    """``rule: where`` of each violation on the page as it stands."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['target'][0]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page(chromium: Browser, address: str, width: int, language: str) -> None:
    told: dict[str, list[str]] = {}
    seen: set[str] = set()
    for name in ["", *touring.people(touring.visitor(chromium, address).new_page())]:
        context = touring.visitor(chromium, address, width=width, language=language)
        context.set_default_timeout(60_000)
        page = context.new_page()
        if name:
            touring.become(page, name)
        for address_name, path in touring.walk(page).items():
            if address_name not in seen:
                seen.add(address_name)
                page.goto(path)
                told[address_name] = faults(page)
        context.close()

    assert {where: what for where, what in told.items() if what} == {}
    assert len(told) >= 15


def test_axe_finds_a_planted_fault(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()
    page.goto("/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/scene.svg\">')")

    assert any(fault.startswith("image-alt: ") for fault in faults(page))
