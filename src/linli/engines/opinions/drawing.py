"""The result of a conversation as one picture: groups as circles, statements as bars. SVG without scripts or colours.

Agreeing is black, disagreeing hatched, passing white, so that it can be read from a black and white print.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import hypot, sqrt
from typing import Any
from unicodedata import east_asian_width, normalize
from xml.sax.saxutils import escape

from linli.engines.opinions.words import ZH, name_of, opening, say, title, with_side

WIDTH = 960
EDGE = 40
LINE = 30
TEXT = 20
GAP = 10
BAR_FROM, BAR_TO, BAR_HEIGHT = 170, 700, 22
MAP_HEIGHT = 340
LARGEST_CIRCLE, SMALLEST_CIRCLE = 100, 34
MOST_DRAWN = 5
NARROW, WIDE = 0.53, 1.0  # of the size of the letters
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STYLE = (
    "text{font-family:'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif;fill:#000}"
    "rect,circle{stroke:#000}"
)
HATCH = (
    '<pattern id="no" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" style="fill:#fff;stroke:none"/>'
    '<path d="M0 0V7" stroke="#000" stroke-width="3"/></pattern>'
)


class Sheet:
    """A page that is filled from the top."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = EDGE

    def write(self, text: str, *, size: int = TEXT, bold: bool = False, above: int = 0) -> None:
        """A paragraph, broken where the line is full."""
        self.y += above
        for line in wrapped(text, (WIDTH - 2 * EDGE) / size):
            self.y += round(size * LINE / TEXT)
            self.put(EDGE, self.y - size // 3, line, size=size, bold=bold)

    def put(
        self, x: float, y: float, text: str, *, size: int = TEXT, bold: bool = False, middle: bool = False
    ) -> None:
        weight = ' font-weight="bold"' if bold else ""
        anchor = ' text-anchor="middle"' if middle else ""
        shown = _legible(text)
        self.parts.append(f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}"{weight}{anchor}>{shown}</text>')

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        at = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"'
        self.parts.append(f'<rect {at} fill="{fill}"/>')

    def svg(self, name: str, language: str) -> str:
        height = self.y + EDGE
        tongue = "zh-Hans" if language == ZH else "en"
        label = _legible(name)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" lang="{tongue}" role="img"><title>{label}</title><style>{STYLE}</style>'
            f'<defs>{HATCH}</defs><rect width="{WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>'
            + "".join(self.parts)
            + "</svg>\n"
        )


def _legible(text: str) -> str:
    """Accents joined to their letters, nothing that XML forbids."""
    return escape(UNPRINTABLE.sub("�", normalize("NFC", text)))


def draw(result: dict[str, Any], language: str = ZH) -> str:
    """An SVG of the groups, what unites them, what divides them, and what sets each apart."""
    sheet = Sheet()
    sheet.write(title(result, language), size=30, bold=True)
    for sentence in opening(result, language):
        sheet.write(sentence)
    if not result["groups"]:
        sheet.write(say("too_few", language))
        return sheet.svg(title(result, language), language)
    if result["k"] > 1:
        _draw_map(sheet, result, language)
    _draw_legend(sheet, language)
    _draw_items(sheet, result, "consensus", language)
    if result["k"] > 1:
        _draw_items(sheet, result, "divisive", language)
        _draw_leads(sheet, result, language)
    return sheet.svg(title(result, language), language)


def _draw_map(sheet: Sheet, result: dict[str, Any], language: str) -> None:
    groups = result["groups"]
    places = _places([group["middle"] for group in groups], sheet.y)
    for number, (group, (x, y), radius) in enumerate(
        zip(groups, places, _radii(groups, places), strict=True)
    ):
        sheet.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#fff" stroke-width="4"/>'
        )
        sheet.put(x, y + 2, name_of(number, language), size=28, bold=True, middle=True)
        sheet.put(x, y + 22, str(group["size"]), size=18, middle=True)
    sheet.y += MAP_HEIGHT
    sheet.write(say("near", language))


def _places(middles: Sequence[Sequence[float]], top: float) -> list[tuple[float, float]]:
    """The groups' middles on the page, both axes in one scale, filling the room there is."""
    xs, ys = [m[0] for m in middles], [m[1] for m in middles]
    room = LARGEST_CIRCLE + 10
    width, height = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((WIDTH - 2 * EDGE - 2 * room) / width, (MAP_HEIGHT - 2 * room) / height)
    across, down = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return [(WIDTH / 2 + (x - across) * scale, top + MAP_HEIGHT / 2 - (y - down) * scale) for x, y in middles]


def _radii(groups: Sequence[dict[str, Any]], places: Sequence[tuple[float, float]]) -> list[float]:
    """Area by people; all smaller when two would touch, but never too small for their name."""
    largest = max(group["size"] for group in groups)
    plain = [LARGEST_CIRCLE * sqrt(group["size"] / largest) for group in groups]
    near = [
        hypot(places[a][0] - places[b][0], places[a][1] - places[b][1]) / (plain[a] + plain[b])
        for a, b in combinations(range(len(groups)), 2)
    ]
    return [max(SMALLEST_CIRCLE, radius * min(0.95 * min(near, default=1), 1)) for radius in plain]


def _draw_legend(sheet: Sheet, language: str) -> None:
    sheet.y += LINE + 10
    x = EDGE
    for key, fill in (("agree", "#000"), ("pass", "#fff"), ("disagree", "url(#no)")):
        sheet.box(x, sheet.y - 18, 28, BAR_HEIGHT, fill)
        sheet.put(x + 36, sheet.y, say(key, language))
        x += 200


def _draw_items(sheet: Sheet, result: dict[str, Any], kind: str, language: str) -> None:
    _heading(sheet, say(kind, language))
    if not result[kind]:
        sheet.write(say(f"no_{kind}", language))
    for number, item in enumerate(result[kind][:MOST_DRAWN], 1):
        sheet.write(f"{number}. {with_side(item, language)}", above=GAP)
        for group, count in enumerate(item["groups"]):
            alone = len(item["groups"]) == 1
            name = say("everybody" if alone else "group_name", language, name=name_of(group, language))
            _draw_bar(sheet, name, count, item.get("side", "agree"), language)


def _draw_leads(sheet: Sheet, result: dict[str, Any], language: str) -> None:
    for number, group in enumerate(result["groups"]):
        _heading(sheet, say("group", language, name=name_of(number, language), size=group["size"]))
        for place, item in enumerate(group["representative"], 1):
            sheet.write(f"{place}. {with_side(item, language)}", above=GAP)
            own = say("group_name", language, name=name_of(number, language))
            _draw_bar(sheet, own, item["group"], item["side"], language)
            _draw_bar(sheet, say("others", language), item["others"], item["side"], language)


def _heading(sheet: Sheet, text: str) -> None:
    sheet.write(text, size=24, bold=True, above=2 * GAP)


def _draw_bar(sheet: Sheet, name: str, count: dict[str, int] | None, side: str, language: str) -> None:
    sheet.y += LINE
    sheet.put(EDGE + 30, sheet.y - 4, name)
    if count is None:
        sheet.put(BAR_FROM, sheet.y - 4, say("few", language))
        return
    x, unit = float(BAR_FROM), (BAR_TO - BAR_FROM) / count["seen"]
    for key, fill in (("agree", "#000"), ("pass", "#fff"), ("disagree", "url(#no)")):
        if count[key]:
            sheet.box(x, sheet.y - 21, count[key] * unit, BAR_HEIGHT, fill)
            x += count[key] * unit
    sheet.put(BAR_TO + 14, sheet.y - 4, say(f"bar_{side}", language, **count))


def wrapped(text: str, ems: float) -> Iterator[str]:
    """Lines of at most so many times the size of the letters; Chinese breaks anywhere, words stay whole."""
    line, used = "", 0.0
    for piece in _pieces(text, ems):
        if line and used + _ems(piece) > ems:
            yield line.rstrip()
            line, used = "", 0.0
        added = piece if line else piece.lstrip()
        line, used = line + added, used + _ems(added)
    if line:
        yield line.rstrip()


def _pieces(text: str, ems: float) -> Iterator[str]:
    """What must not be broken: a wide letter, or a word with the space before it; one too long is cut."""
    most = int(ems / WIDE)
    for piece in re.findall(r"[^\u0000-\u2fff]|\s*[\u0000-\u2fff]?[^\s\u2fff-\U0010ffff]*", text):
        yield from (piece[at : at + most] for at in range(0, len(piece), most))


def _ems(text: str) -> float:
    return sum(WIDE if east_asian_width(letter) in "WFA" else NARROW for letter in text)
