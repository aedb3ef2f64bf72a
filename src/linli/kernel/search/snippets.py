"""The piece of a text around what was asked for, cut into parts that a page can mark."""

from linli.kernel.search.splitting import plain, runs, wanted

Part = tuple[str, bool]


def marked(text: str, words: str, *, width: int) -> tuple[Part, ...]:
    """At most ``width`` characters around the first find, each part with whether it was asked for."""
    text = " ".join(text.split())
    flags = _flags(text, words)
    first = flags.index(True) if True in flags else 0
    start = max(0, min(first - width // 4, len(text) - width))
    end = min(len(text), start + width)
    parts: list[Part] = [("…", False)] if start else []
    parts += _joined(text[start:end], flags[start:end])
    if end < len(text):
        parts.append(("…", False))
    return tuple(parts)


def _flags(text: str, words: str) -> list[bool]:
    """For each character whether it belongs to something asked for."""
    flags = [False] * len(text)
    folded = plain(text)
    if len(folded) != len(text):  # a sign that unfolds into several: compare it as it stands
        folded = text.lower() if len(text.lower()) == len(text) else text
    for piece in {*runs(words), *(token.rstrip("*") for token in wanted(words))}:
        at = folded.find(piece)
        while at >= 0:
            flags[at : at + len(piece)] = [True] * len(piece)
            at = folded.find(piece, at + len(piece))
    return flags


def _joined(text: str, flags: list[bool]) -> list[Part]:
    parts: list[Part] = []
    for char, flag in zip(text, flags, strict=True):
        if parts and parts[-1][1] == flag:
            parts[-1] = (parts[-1][0] + char, flag)
        else:
            parts.append((char, flag))
    return parts
