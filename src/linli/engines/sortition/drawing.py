"""Everybody's chance as one SVG picture: people side by side, from the smallest chance to the greatest."""

from typing import Any

INK, GREEN, LINE = "#1c2321", "#175d48", "#8a948f"
FONT = "font-family=\"'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif\""
WIDE, TALL, LEFT, TOP, HIGH = 720, 330, 64, 60, 210
STEPS = 4


def draw(result: dict[str, Any], language: str) -> str:
    """The picture of what ``tally`` gave. The panel's seats stand as marks below the chances."""
    zh = language == "zh-hans"
    title = "每个人抽中的机会" if zh else "Everybody's chance"
    chances = sorted((chance, id_) for id_, chance in result["probabilities"].items())
    most = max(chances[-1][0], 1e-9)
    step = (WIDE - LEFT - 16) / len(chances)
    panel = set(result["panel"])
    bars = "".join(_bar(i, chance, most, step, drawn=id_ in panel) for i, (chance, id_) in enumerate(chances))
    foot = "下面的短线：抽中的人" if zh else "Marks below: those drawn"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" {FONT} role="img">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="16" y="34" font-size="20" font-weight="700" fill="{INK}">{title}</text>{_scale(most)}{bars}'
        f'<text x="{LEFT}" y="{TALL - 14}" font-size="13" fill="{INK}">{foot}</text></svg>'
    )


def _bar(at: int, chance: float, most: float, step: float, *, drawn: bool) -> str:
    height = round(HIGH * chance / most, 2)
    x, wide = round(LEFT + at * step, 2), round(max(step * 0.9, 0.3), 2)
    bar = f'<rect x="{x}" y="{TOP + HIGH - height}" width="{wide}" height="{height}" fill="{GREEN}"/>'
    mark = (
        f'<rect x="{x}" y="{TOP + HIGH + 6}" width="{max(wide, 1.5)}" height="12" fill="{INK}"/>'
        if drawn
        else ""
    )
    return bar + mark


def _scale(most: float) -> str:
    lines = []
    for part in range(STEPS + 1):
        y = TOP + HIGH - HIGH * part / STEPS
        lines.append(
            f'<line x1="{LEFT - 4}" x2="{WIDE - 16}" y1="{y}" y2="{y}" stroke="{LINE}" stroke-width="0.5"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" font-size="12" text-anchor="end" fill="{INK}">'
            f"{100 * most * part / STEPS:.1f} %</text>"
        )
    return "".join(lines)
