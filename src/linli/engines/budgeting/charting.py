"""The outcome as a chart: one bar for each project, filled when funded. Legible in black and white, no scripts."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from linli.engines.budgeting.sentences import say
from linli.engines.texts import shortened, wide

WIDTH, MARGIN, ROW, HEAD, BAR = 720, 16, 46, 60, 14
SIZE, SMALL = 15, 13
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
LONGEST = 60  # half-width characters of a name
Row = tuple[str, float, str, int | None]


def chart(title: str, rows: Sequence[Row], language: str) -> str:
    """SVG text. A row is a name, a length, what stands beside it, and the turn in which it was chosen (or None)."""
    wrapped = wrap(title, WIDTH - 2 * MARGIN)
    top = MARGIN + len(wrapped) * 22 + 12
    height = top + ROW * len(rows) + MARGIN
    longest = max((length for _, length, _, _ in rows), default=0) or 1
    heading = "".join(text(MARGIN, MARGIN + 16 + 22 * line, part, SIZE) for line, part in enumerate(wrapped))
    bars = "".join(_bar(row, top + ROW * place, longest, language) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(clean(title), QUOTES)}" font-family="{FONT}" fill="#1e2320">'
        f'<title>{escape(clean(title))}</title><rect width="100%" height="100%" fill="#fff"/>{heading}{bars}</svg>\n'
    )


QUOTES = {'"': "&quot;"}


def _bar(row: Row, y: int, longest: float, language: str) -> str:
    name, length, beside, turn = row
    width = max(2.0, round((WIDTH - 2 * MARGIN) * length / longest, 1))
    look = (
        'fill="#1a5a47" stroke="#1a5a47"' if turn else 'fill="#fff" stroke="#474d48" stroke-dasharray="4 3"'
    )
    state = f"{turn}. " + say("chosen", language) if turn else say("lost", language)
    told = f"{state} · {beside}"
    room = WIDTH - 2 * MARGIN - SMALL * wide(told) / 2 - 12
    return (
        text(MARGIN, y + 16, shortened(name, int(2 * room / SIZE)), SIZE)
        + text(WIDTH - MARGIN, y + 16, told, SMALL, 'text-anchor="end"')
        + f'<rect x="{MARGIN}" y="{y + 23}" width="{width}" height="{BAR}" {look}/>'
    )


def text(x: int, y: int, words: str, size: int, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" {more}>{escape(clean(words))}</text>'


def clean(words: str) -> str:
    """Without characters that XML forbids."""
    return "".join(letter for letter in words if letter.isprintable() or letter == " ")


def wrap(words: str, width: int) -> list[str]:
    """Lines of a title: broken at spaces in English, anywhere in Chinese."""
    room, lines, line = 2 * width // SIZE, [], ""
    pieces = words.split(" ") if " " in words and wide(words) == len(words) else list(words)
    between = " " if len(pieces) < len(words) else ""
    for piece in pieces:
        if line and wide(line + between + piece) > room:
            lines.append(line)
            line = piece
        else:
            line = f"{line}{between}{piece}" if line else piece
    return [*lines, line]
