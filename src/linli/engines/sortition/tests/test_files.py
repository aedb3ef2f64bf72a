"""Folders in, results out, and bad files by one sentence with their line."""

import argparse
import xml.etree.ElementTree as ET
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.sortition import tallying
from linli.engines.sortition.badfile import BadFile
from linli.engines.sortition.reading import read

QUOTAS = "feature,value,min,max\n年龄,老,1,1\n年龄,青,1,1\n"
PEOPLE = "id,姓名,年龄,住址\n1,王,老,3-2-501\n2,李,老,3-2-502\n3,周,老,3-2-501\n4,陈,青,\n5,刘,青,\n"


def folder(path: Path, quotas: str | bytes = QUOTAS, people: str | bytes = PEOPLE) -> Path:
    for name, text in (("features.csv", quotas), ("candidates.csv", people)):
        (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tallied(path: Path, *words: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    tallying.add_options(parser)
    assert tallying.recognises(path)
    return tallying.tally(path, parser.parse_args(["--panel", "2", *words]))


def test_a_folder_is_drawn_and_told(tmp_path: Path) -> None:
    result = tallied(folder(tmp_path), "--seed", "双色球2026134期", "--rule", "leximin")
    told = tallying.tell(result, "zh-hans")

    assert {id_: round(chance, 6) for id_, chance in result["probabilities"].items()} == {
        "1": 0.333333, "2": 0.333333, "3": 0.333333, "4": 0.5, "5": 0.5,
    }  # fmt: skip
    assert (len(result["panel"]), len(result["reserves"]), result["never"]) == (2, 2, [])
    assert told.splitlines()[2] == "每个人抽中的机会：最低 33.33 %，最高 50.00 %。"
    assert told.splitlines()[-1] == "种子文字“双色球2026134期”：同样的名单和文字，谁来抽都是这个结果。"
    assert result == tallied(tmp_path, "--seed", "双色球2026134期", "--rule", "leximin")
    assert "anybody could foresee this" in tallying.tell(tallied(tmp_path), "en")


def test_households_are_columns_of_the_file(tmp_path: Path) -> None:
    pool = read(folder(tmp_path), ["住址"])

    assert pool.one_of_household
    assert [person.household for person in pool.people] == ["3-2-501", "3-2-502", "3-2-501", "", ""]


def test_the_picture_is_sound(tmp_path: Path) -> None:
    picture = ET.fromstring(tallying.draw(tallied(folder(tmp_path)), "zh-hans"))  # noqa: S314 -- our own

    assert len(picture.findall("{http://www.w3.org/2000/svg}rect")) == 1 + 5 + 2


def test_quotas_without_a_panel_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="配额凑不齐"):
        tallied(folder(tmp_path, QUOTAS.replace("青,1,1", "青,2,2")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_of_chinese_offices_are_read(tmp_path: Path, encoding: str) -> None:
    made = folder(tmp_path, QUOTAS.replace("\n", "\r\n").encode(encoding), PEOPLE.encode(encoding))

    assert read(made).features == ("年龄",)


@pytest.mark.parametrize(
    "row",
    [
        (QUOTAS.replace("老,1,1", "老,-1,1"), PEOPLE, "features.csv", 2, "“-1” is not a whole number from 0."),
        (QUOTAS.replace("老,1,1", "老,NaN,1"), PEOPLE, "features.csv", 2, "“NaN” is not a whole number from 0."),
        (QUOTAS.replace("老,1,1", "老,2,1"), PEOPLE, "features.csv", 2, "min 2 is more than max 1."),
        (QUOTAS.replace("青", "老"), PEOPLE, "features.csv", 3, "this value has a quota already."),
        (QUOTAS.replace("青,1,1", "青,1"), PEOPLE, "features.csv", 3, "there are 3 cells where 4 belong."),
        (QUOTAS.replace("min", "least"), PEOPLE, "features.csv", 1, "the columns feature, value, min and max are needed."),
        (QUOTAS[:22], PEOPLE, "features.csv", 1, "there is no quota in it."),
        ("", PEOPLE, "features.csv", 1, "the columns feature, value, min and max are needed."),
        (QUOTAS, PEOPLE.replace("2,李", "1,李"), "candidates.csv", 3, "the id “1” is empty or stands there twice."),
        (QUOTAS, PEOPLE.replace("李,老", "李,少"), "candidates.csv", 3, "年龄 “少” has no quota."),
        (QUOTAS, PEOPLE.replace("年龄", "年纪"), "candidates.csv", 1, "the column 年龄 is missing."),
        (QUOTAS, PEOPLE.replace("姓名", "id"), "candidates.csv", 1, "two columns have the same name."),
        (QUOTAS, PEOPLE.split("\n", maxsplit=1)[0], "candidates.csv", 1, "there is nobody in it."),
        (QUOTAS, PEOPLE + '6,"x', "candidates.csv", 7, "a quotation mark is open."),
        (QUOTAS, PEOPLE + "\0", "candidates.csv", 7, "it holds a zero byte."),
        (QUOTAS, PEOPLE + "x" * 100_001, "candidates.csv", 7, "the line is far too long."),
        (QUOTAS, PEOPLE.encode() + b"\xff\xff\xff", "candidates.csv", 7, "this is neither UTF-8 nor GB18030 text."),
    ],
)  # fmt: skip
def test_a_bad_file_says_which_line(tmp_path: Path, row: tuple[Any, Any, str, int, str]) -> None:
    quotas, people, *expected = row
    with pytest.raises(BadFile) as refused:
        read(folder(tmp_path, quotas, people))

    assert [refused.value.file, refused.value.line, refused.value.en] == expected
    assert refused.value.zh


def test_a_folder_without_people_is_no_folder_of_ours(tmp_path: Path) -> None:
    assert tallying.recognises(tmp_path) is False
    with pytest.raises(FileNotFoundError):
        read(tmp_path)


@given(st.integers(0, 120), st.text(alphabet='0123456789,-\n"\r老x\0', max_size=10), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_file_brings_another_fault(
    tmp_path_factory: pytest.TempPathFactory, at: int, put: str, quotas: bool
) -> None:
    bad = (QUOTAS if quotas else PEOPLE)[:at] + put + (QUOTAS if quotas else PEOPLE)[at:]
    made = tmp_path_factory.mktemp("pool")
    with suppress(BadFile):
        read(folder(made, bad, PEOPLE) if quotas else folder(made, QUOTAS, bad))
