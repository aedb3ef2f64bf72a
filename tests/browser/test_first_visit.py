"""What somebody sees who has just come in."""

import pytest
from playwright.sync_api import Browser, expect

from linli.project import touring

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_house_speaks_chinese_first_and_english_when_asked(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()

    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").first.click()

    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_screen(chromium: Browser, address: str, width: int) -> None:
    page = touring.visitor(chromium, address, width=width).new_page()

    wide = {}
    for name, path in touring.walk(page).items():
        page.goto(path)
        overhang = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overhang > 0:
            wide[name] = overhang

    assert wide == {}


def test_one_can_become_each_person_of_the_demo(chromium: Browser, address: str) -> None:
    names = touring.people(touring.visitor(chromium, address).new_page())

    met = []
    for name in names:
        page = touring.visitor(chromium, address).new_page()
        touring.become(page, name)
        met.append(name if "/in/" not in page.url else f"{name} was left at the door")

    assert len(names) >= 5
    assert met == names


def test_no_page_logs_a_fault_or_breaks_its_policy(chromium: Browser, address: str) -> None:
    names = touring.people(touring.visitor(chromium, address).new_page())

    said: list[str] = []
    for name in names:
        page = touring.visitor(chromium, address).new_page()
        page.on("console", lambda m: said.append(f"{page.url}: {m.text}") if m.type == "error" else None)  # noqa: B023 -- read at once
        page.on("pageerror", lambda e: said.append(f"{page.url}: {e}"))  # noqa: B023 -- read at once
        touring.become(page, name)
        touring.walk(page)

    assert said == []
