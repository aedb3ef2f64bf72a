"""PrefLib files in and out: soc, soi, toc, toi (Mattei and Walsh 2013; the format of 2022, www.preflib.org).

Strict: numbers in the head must agree with the lines below; every fault names its line.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from linli.engines.choices.ballots import UNRANKED, Levels, Profile, StrictOrders
from linli.engines.choices.errors import BadFile
from linli.engines.texts import NotText, decoded

TYPES = ("soc", "soi", "toc", "toi")
LONGEST = 1_000_000
HEAD = re.compile(r"#\s*([A-Z][A-Z ]*?)(?:\s+(\d+))?\s*:\s*(.*)")
WHOLE = re.compile(r"[0-9]{1,15}")
STRICT = re.compile(r"(?:[0-9]{1,15}: ?[0-9]{1,15}(?:, ?[0-9]{1,15})*+\n)++")
RANK = re.compile(r"\s*(?:\{([^{}]*)\}|([^,{}]*))\s*(,|$)")


def read(path: Path) -> Profile:
    """A PrefLib file as a profile; BadFile with the line for anything it should not hold. O(size of the file)."""
    return parse(_text(path), path.suffix.lstrip(".").lower())


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes())
    except NotText as wrong:
        raise BadFile(
            wrong.line, "this is neither UTF-8 nor GB18030 text.", "既不是 UTF-8 也不是 GB18030 文字。"
        ) from None


def parse(text: str, kind: str) -> Profile:
    """The text of a file of type ``kind``, one of ``soc``, ``soi``, ``toc``, ``toi``."""
    text = text.replace("\r\n", "\n")
    return plain(text, kind) or slowly(text, kind)


def plain(text: str, kind: str) -> Profile | None:
    """A file whose orders are strict and without fault, read at once; None for any other, to be read line by line."""
    begin = _body(text)
    body = text[begin:]
    if kind not in {"soc", "soi"} or not STRICT.fullmatch(body):
        return None
    head: dict[str, tuple[int, str]] = {}
    names: dict[int, str] = {}
    for line, words in _lines(text[:begin]):
        _head(line, words, head, names)
    lines = body.rstrip("\n").split("\n")
    sizes = np.array([line.count(",") + 1 for line in lines], dtype=np.int64)
    numbers = np.array(body.rstrip("\n").replace(":", ",").replace("\n", ",").split(","), dtype=np.int64)
    first = np.cumsum(sizes + 1) - sizes - 1
    orders = StrictOrders(np.delete(numbers, first), sizes, numbers[first])
    if not _sound(head, names, orders, kind) or len(
        {line.partition(":")[2].replace(" ", "") for line in lines}
    ) < len(lines):
        return None
    return Profile(dict(sorted(names.items())), orders, head.get("TITLE", (0, ""))[1])


def _body(text: str) -> int:
    """Where the head ends: the lines before it begin with #."""
    at = 0
    while text.startswith("#", at):
        at = text.find("\n", at) + 1 or len(text)
    return at


def _sound(head: dict[str, tuple[int, str]], names: dict[int, str], orders: StrictOrders, kind: str) -> bool:
    """Whether every order ranks known alternatives once and the head tells the truth."""
    numbers = np.array(sorted(names))
    if not len(numbers) or head.get("DATA TYPE", (0, kind))[1] not in TYPES:
        return False
    stated = {
        "NUMBER ALTERNATIVES": len(names),
        "NUMBER VOTERS": orders.counts.sum(),
        "NUMBER UNIQUE ORDERS": len(orders),
    }
    if any(key in head and head[key][1] != str(found) for key, found in stated.items()):
        return False
    known = bool(np.isin(orders.flat, numbers).all()) and bool((orders.counts > 0).all())
    if not known or (kind == "soc" and bool((orders.sizes < len(names)).any())):
        return False
    return bool(((orders.ranks(numbers.tolist()) != UNRANKED).sum(axis=1) == orders.sizes).all())


def slowly(text: str, kind: str) -> Profile:
    """Line by line, so that a fault can be named with its line."""
    head: dict[str, tuple[int, str]] = {}
    names: dict[int, str] = {}
    orders: list[tuple[int, Levels, int]] = []
    for line, words in _lines(text):
        if words.startswith("#"):
            _head(line, words, head, names)
        else:
            orders.append((line, *_order(line, words)))
    _check(head, names, orders, kind)
    title = head.get("TITLE", (0, ""))[1]
    return Profile(dict(sorted(names.items())), tuple((levels, count) for _, levels, count in orders), title)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, words in enumerate(text.split("\n"), start=1):
        if len(words) > LONGEST:
            raise BadFile(number, "it is far too long to be a ballot.", "这一行太长，不可能是一张选票。")
        if "\0" in words:
            raise BadFile(number, "it holds a zero byte.", "含有空字节。")
        if words.strip():
            yield number, words.strip()


def _head(line: int, words: str, head: dict[str, tuple[int, str]], names: dict[int, str]) -> None:
    found = HEAD.fullmatch(words)
    if found is None:
        return
    key, number, value = found[1], found[2], found[3].strip()
    if key == "ALTERNATIVE NAME" and number:
        if int(number[:18]) in names:
            raise BadFile(line, f"alternative {number} is named twice.", f"第 {number} 号写了两次名字。")
        names[int(number[:18])] = value
    else:
        head[key] = (line, value)


def _order(line: int, words: str) -> tuple[Levels, int]:
    count, colon, ranked = words.partition(":")
    if not colon or not WHOLE.fullmatch(count.strip()) or not int(count):
        raise BadFile(
            line,
            "a ballot line begins with how many cast it and a colon.",
            "选票这一行要以“张数:”开头。",
        )
    return _levels(line, ranked.strip()), int(count)


def _levels(line: int, ranked: str) -> Levels:
    if not ranked:
        return ()
    if "{" not in ranked and "}" not in ranked:
        return tuple((_number(line, word),) for word in ranked.split(","))
    levels, at = [], 0
    while at < len(ranked):
        found = RANK.match(ranked, at)
        if found is None or (found[3] == "," and found.end() == len(ranked)):
            raise BadFile(line, "the ranks cannot be read.", "名次写法读不懂。")
        levels.append(_members(line, found[1], found[2]))
        at = found.end()
    return tuple(levels)


def _members(line: int, tied: str | None, alone: str | None) -> tuple[int, ...]:
    if tied is None:
        return (_number(line, alone or ""),)
    return tuple(_number(line, word) for word in tied.split(",")) if tied.strip() else ()


def _number(line: int, word: str) -> int:
    if not WHOLE.fullmatch(word.strip()):
        said = word.strip()[:20] or "nothing"
        raise BadFile(
            line, f"“{said}” is no number of an alternative.", f"“{word.strip()[:20]}”不是选项编号。"
        )
    return int(word)


def _check(
    head: dict[str, tuple[int, str]], names: dict[int, str], orders: list[tuple[int, Levels, int]], kind: str
) -> None:
    stated = head.get("DATA TYPE", (0, kind))
    kind = kind if kind in TYPES else stated[1]
    if kind not in TYPES or stated[1] not in TYPES:
        raise BadFile(
            stated[0], "the type must be soc, soi, toc or toi.", "类型只能是 soc、soi、toc 或 toi。"
        )
    if not names or not orders:
        raise BadFile(0, "there are no named alternatives or no ballots.", "没有选项名称，或者没有选票。")
    for line, levels, _ in orders:
        _check_order(line, levels, names, kind)
    seen: set[Levels] = set()
    for line, levels, _ in orders:
        if levels in seen:
            raise BadFile(line, "the same order stands in the file twice.", "同一种排序在文件里写了两次。")
        seen.add(levels)
    _agree(head, "NUMBER ALTERNATIVES", len(names))
    _agree(head, "NUMBER VOTERS", sum(count for _, _, count in orders))
    _agree(head, "NUMBER UNIQUE ORDERS", len(orders))


def _check_order(line: int, levels: Levels, names: dict[int, str], kind: str) -> None:
    flat = [number for level in levels for number in level]
    stranger = next((number for number in flat if number not in names), None)
    if stranger is not None:
        raise BadFile(line, f"there is no alternative {stranger}.", f"没有第 {stranger} 号选项。")
    if len(set(flat)) < len(flat):
        raise BadFile(line, "an alternative is ranked twice.", "同一选项排了两次。")
    if kind in {"soc", "soi"} and any(len(level) > 1 for level in levels):
        raise BadFile(line, f"a {kind} file has no ties.", f"{kind} 文件里不能有并列。")
    if kind in {"soc", "toc"} and len(flat) < len(names):
        raise BadFile(line, f"a {kind} file ranks every alternative.", f"{kind} 文件要把选项全部排完。")


def _agree(head: dict[str, tuple[int, str]], key: str, found: int) -> None:
    line, stated = head.get(key, (0, str(found)))
    if stated != str(found):
        raise BadFile(
            line,
            f"{key} says {stated[:20]}, but there are {found}.",
            f"{key} 写的是 {stated[:20]}，实际是 {found}。",
        )


def write(profile: Profile, kind: str = "toi") -> str:
    """The text of a file of this type, most frequent orders first. ValueError where the profile does not fit the type."""
    head = [
        f"# TITLE: {_plain(profile.title)}",
        f"# DATA TYPE: {kind}",
        f"# NUMBER ALTERNATIVES: {len(profile.names)}",
        f"# NUMBER VOTERS: {sum(count for _, count in profile.orders)}",
        f"# NUMBER UNIQUE ORDERS: {len(profile.orders)}",
        *(f"# ALTERNATIVE NAME {number}: {_plain(name)}" for number, name in sorted(profile.names.items())),
    ]
    ordered = sorted(profile.orders, key=lambda order: (-order[1], order[0]))
    text = "\n".join([*head, *(f"{count}: {_written(levels)}".rstrip() for levels, count in ordered), ""])
    parse(text, kind)
    return text


def _written(levels: Levels) -> str:
    ranks = [str(level[0]) if len(level) == 1 else "{" + ",".join(map(str, level)) + "}" for level in levels]
    return ",".join(ranks)


def _plain(name: str) -> str:
    return " ".join(name.split())
