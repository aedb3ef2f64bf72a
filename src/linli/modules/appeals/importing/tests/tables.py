"""The tables of these tests: 王阿姨's lamp, 周爷爷's stairway, and rows that are wrong."""

import csv
from pathlib import Path
from typing import Any

from linli.kernel.cases.models import Case
from linli.kernel.places.models import Area
from linli.modules.appeals.importing.load import load
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report

HEAD = ["编号", "时间", "内容", "地址", "类别", "电话", "状态", "办结时间"]
WANG = [
    "A1",
    "2025-03-01 09:30",
    "3号楼二单元的灯不亮",
    "3号楼2单元",
    "物业管理",
    "10000000417",
    "已办结",
    "2025-03-03 10:00",
]
ZHOU = ["A2", "2025/03/02 10:00", "门口堆着旧家具。请清走", "老山东里社区5号楼", "", "", "办理中", ""]
WANG_AGAIN = [
    "A3",
    "2025年3月5日 08:00",
    "灯又不亮了",
    "3号楼2单元",
    "物业管理",
    "100-0000 0417",
    "待派单",
    "",
]
TABLE = [WANG, ZHOU, WANG_AGAIN]


WHOLE = [
    ("3号楼二单元的灯不亮", "closed", "110107002:A1", "None", None),
    ("门口堆着旧家具", "handling", "110107002:A2", "老山东里社区", "老山东里社区居民委员会"),
    ("灯又不亮了", "received", "110107002:A3", "None", None),
]


WRONG = [
    (["B1", "昨天", "灯不亮", "", "", "", "", ""], "“昨天” in “时间” is not a time."),
    (["B2", "", "灯不亮", "", "", "", "", ""], "The time is missing."),
    (["B3", "2125-01-01 00:00", "灯不亮", "", "", "", "", ""], "The time lies in the future."),
    (["B4", "2025-01-01 00:00", "", "3号楼", "", "", "", ""], "The row does not say what it is about."),
    (["B5", "2025-01-01 00:00", "灯不亮", "", "", "", "不知道", ""], "“不知道” in “状态” is not known."),
    (["B6", "2025-01-01 00:00", "灯不亮", "", "", "", "已办结", ""], "It is closed but has no closing time."),
    (["B7", "2025-01-02 00:00", "灯不亮", "", "", "", "已办结", "2025-01-01"], "It was closed before it was raised."),
    (["B8", "2025-01-01 00:00", "灯不亮", "", "", "", "办理中", "2025-01-05"], "It has a closing time but is not closed."),
    (["B9", "2025-01-01 00:00", "灯不亮", "", "", "110", "", ""], "“110” is not a phone number."),
    (["C" * 70, "2025-01-01 00:00", "灯不亮", "", "", "", "", ""], "The number of the row is too long."),
    (["B10", "2025-01-01 00:00", "灯" * 5001, "", "", "", "", ""], "“内容” is longer than 5000 characters."),
    (["B11", "2025-01-01 00:00", "=HYPERLINK(1)", "", "", "", "", "", "多", "余"], "The row has more cells than there are columns."),
]  # fmt: skip


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8-sig", head: list[str] = HEAD) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def bring(path: Path, area: Area, **how: Any) -> Report:
    return load(path, read_chart("standard"), area=area, wrong=path.with_suffix(".wrong.csv"), **how)


def told() -> list[tuple[str, str, str, str, str | None]]:
    cases = Case.objects.order_by("raised_at").select_related("appeal", "community", "unit")
    return [
        (
            case.title,
            case.state,
            case.appeal.source_ref,
            str(case.community),
            str(case.unit) if case.unit else None,
        )
        for case in cases
    ]


def lines(count: int) -> list[list[str]]:
    return [[f"N{n}", "2025-01-01 08:00", f"第{n}件事", "", "", "", "", ""] for n in range(count)]
