"""What somebody sees who has just come in."""

import pytest
from playwright.sync_api import Browser, expect

from linli.project import touring

pytestmark = pytest.mark.browser


def test_the_house_speaks_chinese_first_and_english_when_asked(chromium: Browser, address: str) -> None:
    page = touring.visitor(chromium, address).new_page()

    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").first.click()

    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_no_page_is_wider_than_the_smallest_phone(
    chromium: Browser, address: str, survey: touring.Survey
) -> None:
    wide = {}
    for who in survey.everybody():
        page = touring.visitor(chromium, address, width=320).new_page()
        if who:
            touring.become(page, who)
        for name, path in survey.of(who):
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


def test_no_page_logs_a_fault_or_breaks_its_policy(survey: touring.Survey) -> None:
    assert survey.complaints == []
    assert len(survey.pages) >= 15
