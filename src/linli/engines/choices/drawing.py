"""A count as one SVG picture: bars for each round, or the table of pairs. Readable in black and white."""

from typing import Any
from xml.sax.saxutils import escape

from linli.engines.choices.telling import RULES, ZH
from linli.engines.texts import shortened

INK, GREEN, PALE, LINE = "#1c2321", "#175d48", "#d9e4dd", "#8a948f"
FONT = "font-family=\"'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif\""
ROW, LEFT, BAR, WIDE = 26, 190, 420, 720
ROOM = 24  # half-width characters beside the bars


def draw(result: dict[str, Any], language: str = ZH) -> str:
    """The picture of what ``tally`` gave."""
    title = RULES[result["rule"]][language != ZH]
    body, height = _rounds(result, language) if "rounds" in result else _table(result)
    heading = f'<text x="16" y="34" font-size="20" font-weight="700" fill="{INK}">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height + 60}" width="{WIDE}" {FONT} role="img">'
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>{heading}{body}</svg>'
    )


def _rounds(result: dict[str, Any], language: str) -> tuple[str, int]:
    parts, y = [], 60
    most = max(max(this["totals"].values()) for this in result["rounds"]) or 1
    for number, this in enumerate(result["rounds"], start=1):
        said = f"第 {number} 轮" if language == ZH else f"Round {number}"
        parts.append(f'<text x="16" y="{y + 16}" font-size="15" font-weight="700" fill="{INK}">{said}</text>')
        y += ROW
        for key, votes in sorted(this["totals"].items(), key=lambda item: (-item[1], int(item[0]))):
            parts.append(_bar(result, key, votes, most, y, out=int(key) in this["out"]))
            y += ROW
        y += 10
    return "".join(parts), y


def _bar(result: dict[str, Any], key: str, votes: float, most: float, y: int, *, out: bool) -> str:
    width = round(BAR * votes / most, 1)
    won = int(key) in result["winners"]
    fill = GREEN if won else PALE
    dashed = ' stroke-dasharray="4 3"' if out else ""
    name = result["alternatives"][key]
    short = shortened(name, ROOM)
    return (
        f'<text x="{LEFT - 8}" y="{y + 16}" font-size="14" text-anchor="end" fill="{INK}">'
        f"{escape(short)}<title>{escape(name)}</title></text>"
        f'<rect x="{LEFT}" y="{y + 2}" width="{width}" height="{ROW - 8}" fill="{fill}" stroke="{INK}"{dashed}/>'
        f'<text x="{LEFT + width + 6}" y="{y + 16}" font-size="14" fill="{INK}"'
        f"{' font-weight=' + chr(34) + '700' + chr(34) if won else ''}>{_plain(votes)}</text>"
    )


def _table(result: dict[str, Any]) -> tuple[str, int]:
    numbers = list(result["alternatives"])
    size = min(62, (WIDE - LEFT - 16) // max(len(numbers), 1))
    parts = [
        f'<text x="{LEFT + i * size + size / 2}" y="74" font-size="13" text-anchor="middle" fill="{INK}">{n}</text>'
        for i, n in enumerate(numbers)
    ]
    for row, key in enumerate(numbers):
        parts.append(_row(result, row, key, size, 84 + row * ROW))
    return "".join(parts), 84 + len(numbers) * ROW


def _row(result: dict[str, Any], row: int, key: str, size: int, y: int) -> str:
    name = f"{key} {result['alternatives'][key]}"
    weight = "700" if int(key) in result["winners"] else "400"
    short = shortened(name, ROOM)
    at = f'x="{LEFT - 8}" y="{y + 17}" font-size="13" font-weight="{weight}"'
    parts = [f'<text {at} text-anchor="end" fill="{INK}">{escape(short)}</text>']
    for column, count in enumerate(result["matrix"][row]):
        back = result["matrix"][column][row]
        fill, ink = (GREEN, "#fff") if count > back else ("#fff", INK)
        text = "" if row == column else str(count)
        parts.append(
            f'<rect x="{LEFT + column * size}" y="{y}" width="{size}" height="{ROW}" '
            f'fill="{PALE if row == column else fill}" stroke="{LINE}"/>'
            f'<text x="{LEFT + column * size + size / 2}" y="{y + 17}" font-size="11" text-anchor="middle" '
            f'fill="{ink}">{text}</text>'
        )
    return "".join(parts)


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
