"""Everybody can use every page: axe finds nothing, nothing hangs over the edge, nothing is left untranslated."""

import itertools

import pytest
from playwright.sync_api import Browser

from linli.project import touring
from tests.browser.looking import LEFT_CHINESE, UNTRANSLATED, faults, wrong_pages

pytestmark = pytest.mark.browser
LANGUAGES, WIDTHS, MODES = ("zh-hans", "en"), (390, 1280), ("", "care", "care-xl")


def test_nothing_is_wrong_with_any_page(chromium: Browser, address: str, survey: touring.Survey) -> None:
    assert wrong_pages(chromium, address, survey, [("zh-hans", 390, "")]) == {}


@pytest.mark.drill
@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", list(itertools.product(LANGUAGES, WIDTHS, MODES)))
def test_nothing_is_wrong_in_any_language_width_or_size_of_type(
    chromium: Browser, address: str, survey: touring.Survey, way: tuple[str, int, str]
) -> None:
    assert wrong_pages(chromium, address, survey, [way]) == {}


def test_axe_finds_a_planted_fault(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()
    page.goto("/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/scene.svg\">')")

    assert any(fault.startswith("image-alt: ") for fault in faults(page))


def test_a_planted_foreign_word_is_found_in_both_languages(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()
    page.goto("/")

    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<h2>Left in English</h2><h2 id=\"x\">忘了翻译</h2>')"
    )

    assert page.evaluate(UNTRANSLATED) == ["Left in English"]
    assert "忘了翻译" in page.evaluate(LEFT_CHINESE)
