"""One matter from raising to judging, by four hands on the keyboard: Tab, Enter, Space and letters."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from linli.project import touring

pytestmark = pytest.mark.browser
WORDS = "3号楼2单元四层楼道灯不亮，已经三天了"
PATIENCE = 300


def walk_to(page: Page, wanted: Locator) -> None:
    """Tab until the focus is there; a place the keyboard cannot reach fails the test."""
    wanted.wait_for(state="visible")
    for _step in range(PATIENCE):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not reach {wanted}")


def press(page: Page, wanted: Locator, key: str) -> None:
    walk_to(page, wanted)
    page.keyboard.press(key)


def go(page: Page, wanted: Locator) -> None:
    """Press Enter on a link or a button, and wait for the page that comes."""
    walk_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, wanted: Locator, words: str) -> None:
    walk_to(page, wanted)
    page.keyboard.insert_text(words)


@pytest.fixture
def enter(chromium: Browser, address: str) -> Callable[[str], Page]:
    def become(name: str) -> Page:
        page = touring.visitor(chromium, address).new_page()
        page.goto("/in/")
        button = page.locator("form[action='/in/demo/'] button", has=page.get_by_text(name, exact=True))
        go(page, button.first)
        return page

    return become


def test_a_matter_goes_its_whole_way_without_a_mouse(enter: Callable[[str], Page]) -> None:
    number = wang_raises_it(enter("王阿姨"))
    chen_sends_it(enter("陈晓雨"), number)
    liu_takes_it_and_replies(enter("刘师傅"), number)

    told = wang_judges_it(enter("王阿姨"), number)

    assert told == ["已解决", "满意", "灯亮了，谢谢"]


def wang_raises_it(page: Page) -> str:
    page.goto("/raise/")
    write(page, page.locator("textarea[name='text']"), WORDS)
    go(page, page.locator("form[data-draft='raise'] button.btn-primary"))
    if page.url.endswith("/raise/same/"):
        go(page, page.get_by_role("button", name="不是一回事，照样提交"))
    expect(page.locator("h1")).to_have_text("收到了，您这边办完了。")
    return page.locator("dl .num").first.inner_text()


def chen_sends_it(page: Page, number: str) -> None:
    page.goto("/desk/")
    press(page, page.get_by_label(f"选中 {number}"), "Space")
    go(page, page.locator("[data-bulk] button[value='send']"))
    expect(page.locator("#messages")).to_contain_text("1")


def liu_takes_it_and_replies(page: Page, number: str) -> None:
    page.goto("/unit/")
    card = page.locator("[data-job]").filter(has_text=number).first
    go(page, card.get_by_role("button", name="签收"))
    go(page, card.get_by_role("link", name="拍照答复"))
    reply = page.locator("details", has=page.locator("form[action$='/do/reply/']"))
    if reply.get_attribute("open") is None:
        press(page, reply.locator("summary"), "Enter")
    write(page, reply.locator("textarea[name='text']"), "换了新灯，声控正常。")
    go(page, reply.locator("button"))
    expect(page.locator(".timeline")).to_contain_text("换了新灯，声控正常。")


def wang_judges_it(page: Page, number: str) -> list[str]:
    page.goto("/mine/")
    go(page, page.get_by_role("link").filter(has_text=number))
    judge = page.locator("#judge")
    press(page, judge.locator("input[name='solved']").first, "Space")
    press(page, judge.locator("input[name='satisfied']").first, "Space")
    write(page, judge.locator("textarea, input[name='words']").first, "灯亮了，谢谢")
    go(page, judge.locator("button"))
    said = page.locator("section[aria-labelledby='said']")
    return [*said.locator(".tag").all_inner_texts(), said.locator("p").last.inner_text()]
