"""What is looked for on every page: axe's rules, width, words in the wrong language."""

from collections.abc import Iterable, Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from linli.project import touring

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# English words in a row on a Chinese page, in what is read, pressed or announced; what says its own language,
# and what somebody wrote herself, is let be.
UNTRANSLATED = r"""() => {
    const told = [], english = /[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/;
    const say = (words) => { if (words && english.test(words)) told.push(words.trim().slice(0, 60)); };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode.parentElement;
        if (!at.closest('[lang="en"], script, style, code, textarea, [data-words], .rowlink .t, .job h3, .says')) say(texts.currentNode.data);
    }
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        document.querySelectorAll(`body [${name}]`).forEach((one) => say(one.getAttribute(name)));
    return told;
}"""
# Chinese in what the product itself says on an English page; names and neighbours' own words stay as they are.
LEFT_CHINESE = r"""() => [...document.querySelectorAll('label, legend, summary, thead th, dt, .hint, .tag, nav a, h2[id], h2.t-lg')]
    .map((one) => one.cloneNode(true))
    .map((one) => { one.querySelectorAll('[lang^="zh"], .plate, b, .num').forEach((it) => it.remove()); return one.textContent; })
    .filter((words) => /^[^A-Za-z]*[\u4e00-\u9fff]{2}/.test(words)).map((words) => words.trim().slice(0, 60))"""


def faults(page: Page) -> list[str]:
    """``rule: where`` of each violation on the page as it stands."""
    touring.look_at_all(page)
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['target'][0]}" for fault in found for node in fault["nodes"]]


def complaints(page: Page, language: str) -> list[str]:
    """Everything that is wrong with the page as it stands."""
    told = faults(page)
    if (over := page.evaluate(SIDEWAYS)) > 0:
        told.append(f"sideways by {over}")
    strange = page.evaluate(LEFT_CHINESE if language == "en" else UNTRANSLATED)
    return told + [f"untranslated: {words}" for words in strange]


def wrong_pages(
    chromium: Browser, address: str, survey: touring.Survey, ways: Iterable[tuple[str, int, str]]
) -> dict[str, list[str]]:
    """``{page and way: what is wrong}`` over every page seen in these languages, widths and sizes of type."""
    told = {}
    for way in ways:
        for name, page in every_page(chromium, address, survey, way):
            if wrong := complaints(page, way[0]):
                told[" ".join(map(str, (name, *way))).strip()] = wrong
    return told


def every_page(
    chromium: Browser, address: str, survey: touring.Survey, way: tuple[str, int, str]
) -> Iterator[tuple[str, Page]]:
    language, width, mode = way
    for who in survey.everybody():
        context = touring.visitor(chromium, address, width=width, language=language, mode=mode)
        page = context.new_page()
        if who:
            touring.become(page, who)
        for name, path in survey.of(who):
            page.set_viewport_size({"width": width, "height": touring.HEIGHT})
            page.goto(path)
            yield name, page
        context.close()
