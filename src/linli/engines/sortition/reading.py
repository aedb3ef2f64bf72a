"""A folder with quotas (``features.csv`` or ``categories.csv``) and people (``candidates.csv`` or ``respondents.csv``).

Quotas: ``feature,value,min,max`` and, if wanted, ``min_flex,max_flex``; or ``category,feature,min,max``. People: a column
for each feature, an ``id`` (or a column that ends in ``_id``; without one, people are numbered from 1), and whatever else.
Names of columns and values are the same in small and capital letters.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from linli.engines.sortition.badfile import BadFile
from linli.engines.sortition.pool import Person, Pool, Quota
from linli.engines.texts import NotText, decoded

QUOTAS, PEOPLE = ("features.csv", "categories.csv"), ("candidates.csv", "respondents.csv")
HEADS = (("feature", "value"), ("category", "feature"))
LONGEST, DIGITS = 100_000, 9
Row = tuple[int, dict[str, str]]


def files_in(folder: Path) -> tuple[Path, Path] | None:
    """The quotas and the people of a folder, or nothing."""
    quotas = next((folder / name for name in QUOTAS if (folder / name).is_file()), None)
    people = next((folder / name for name in PEOPLE if (folder / name).is_file()), None)
    return (quotas, people) if quotas and people else None


def read(folder: Path, household: Sequence[str] = ()) -> Pool:
    """The pool of a folder. ``household``: the columns that together are an address; given, one of each sits at most.

    BadFile with the line for anything the files should not hold; FileNotFoundError when one is missing. O(size).
    """
    found = files_in(folder)
    if found is None:
        raise FileNotFoundError(f"no quotas or no people in {folder} / {folder} 里没有配额或候选人文件")
    quotas = tuple(_quotas(found[0]))
    features = tuple(dict.fromkeys(quota.feature for quota in quotas))
    known = {(quota.feature, quota.value.casefold()): quota.value for quota in quotas}
    people = tuple(_people(found[1], features, known, [name.casefold() for name in household]))
    return Pool(features, people, quotas, one_of_household=bool(household))


def _quotas(path: Path) -> Iterator[Quota]:
    rows, head = _rows(path)
    names = next((pair for pair in HEADS if set(pair) <= set(head)), None)
    if names is None or not {"min", "max"} <= set(head):
        raise BadFile(
            path.name,
            1,
            "the columns feature, value, min and max are needed.",
            "要有 feature、value、min、max 四列。",
        )
    seen: set[tuple[str, str]] = set()
    for line, row in rows:
        quota = _quota(path.name, line, row, names)
        key = (quota.feature, quota.value.casefold())
        if key in seen:
            raise BadFile(path.name, line, "this value has a quota already.", "这个取值的配额写了两次。")
        seen.add(key)
        yield quota
    if not seen:
        raise BadFile(path.name, 1, "there is no quota in it.", "里面没有配额。")


def _quota(file: str, line: int, row: dict[str, str], names: tuple[str, str]) -> Quota:
    feature, value = row[names[0]].casefold(), row[names[1]]
    if not feature or not value:
        raise BadFile(file, line, "a feature or a value has no name.", "特征或取值没有名称。")
    least, most = _number(file, line, row["min"]), _number(file, line, row["max"])
    if least > most:
        raise BadFile(file, line, f"min {least} is more than max {most}.", f"下限 {least} 大于上限 {most}。")
    flex = None
    if row.get("min_flex") and row.get("max_flex"):
        flex = (_number(file, line, row["min_flex"]), _number(file, line, row["max_flex"]))
    return Quota(feature, value, least, most, flex)


def _people(
    path: Path, features: tuple[str, ...], known: dict[tuple[str, str], str], household: Sequence[str]
) -> Iterator[Person]:
    rows, head = _rows(path)
    missing = next((name for name in (*features, *household) if name not in head), None)
    if missing:
        raise BadFile(path.name, 1, f"the column {missing} is missing.", f"缺少 {missing} 这一列。")
    named = next((name for name in head if name == "id" or name.endswith("_id")), None)
    seen: set[str] = set()
    for count, (line, row) in enumerate(rows, start=1):
        id_ = row[named] if named else str(count)
        if not id_ or id_ in seen:
            raise BadFile(
                path.name,
                line,
                f"the id “{id_[:30]}” is empty or stands there twice.",
                f"编号“{id_[:30]}”是空的或重复了。",
            )
        seen.add(id_)
        values = tuple(_value(path.name, line, feature, row[feature], known) for feature in features)
        yield Person(id_, values, "|".join(row[name].casefold() for name in household))
    if not seen:
        raise BadFile(path.name, 1, "there is nobody in it.", "里面一个人也没有。")


def _value(file: str, line: int, feature: str, value: str, known: dict[tuple[str, str], str]) -> str:
    try:
        return known[feature, value.casefold()]
    except KeyError:
        raise BadFile(
            file, line, f"{feature} “{value[:30]}” has no quota.", f"{feature} 的取值“{value[:30]}”没有配额。"
        ) from None


def _number(file: str, line: int, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise BadFile(
            file, line, f"“{text[:30]}” is not a whole number from 0.", f"“{text[:30]}”不是不小于 0 的整数。"
        )
    return int(text)


def _rows(path: Path) -> tuple[Iterator[Row], list[str]]:
    """The rows below the head as dictionaries with their lines, and the head in small letters."""
    rows = _parsed(path)
    first = next(rows, None)
    if first is None:
        raise BadFile(path.name, 1, "it is empty.", "是空的。")
    head = [name.strip().casefold() for name in first[1]]
    if len(set(head)) < len(head):
        raise BadFile(path.name, first[0], "two columns have the same name.", "有两列同名。")
    return _named(path.name, rows, head), head


def _named(file: str, rows: Iterator[tuple[int, list[str]]], head: list[str]) -> Iterator[Row]:
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            raise BadFile(
                file,
                line,
                f"there are {len(cells)} cells where {len(head)} belong.",
                f"有 {len(cells)} 格，应为 {len(head)} 格。",
            )
        yield line, dict(zip(head, (cell.strip() for cell in cells), strict=True))


def _parsed(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _text(path)
    for line, words in enumerate(text.split("\n"), start=1):
        if len(words) > LONGEST:
            raise BadFile(path.name, line, "the line is far too long.", "这一行太长。")
        if "\0" in words:
            raise BadFile(path.name, line, "it holds a zero byte.", "含有空字节。")
    reader = csv.reader(text.split("\n"), strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadFile(path.name, reader.line_num, "a quotation mark is open.", "引号没有配对。") from None
        yield reader.line_num, cells


def _text(path: Path) -> str:
    try:
        text = decoded(path.read_bytes())
    except NotText as wrong:
        raise BadFile(
            path.name,
            wrong.line,
            "this is neither UTF-8 nor GB18030 text.",
            "既不是 UTF-8 也不是 GB18030 文字。",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
