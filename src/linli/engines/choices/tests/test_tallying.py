"""What `linli tally` gives people, machines and the eye."""

import argparse
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from linli.engines.choices import tallying
from linli.engines.choices.drawing import ROOM
from linli.engines.texts import shortened

FILE = """# TITLE: 先修哪一样
# DATA TYPE: soc
# ALTERNATIVE NAME 1: 灯
# ALTERNATIVE NAME 2: 树 & <花>
# ALTERNATIVE NAME 3: 椅
2: 1,2,3
2: 3,2,1
1: 2,1,3
"""


def tallied(folder: Path, *words: str) -> dict[str, Any]:
    file = folder / "哪一样.soc"
    file.write_text(FILE, encoding="utf-8")
    parser = argparse.ArgumentParser()
    tallying.add_options(parser)
    assert tallying.recognises(file)
    return tallying.tally(file, parser.parse_args(list(words)))


def test_the_rounds_are_told_to_people_and_machines(tmp_path: Path) -> None:
    result = tallied(tmp_path)

    assert result == {
        "rule": "irv", "options": {"overvotes": "skip", "skipped": "ignore"}, "title": "先修哪一样",
        "alternatives": {"1": "灯", "2": "树 & <花>", "3": "椅"}, "voters": 5, "abstained": 0, "invalid": 0,
        "winners": [1],
        "rounds": [
            {"totals": {"1": 2, "2": 1, "3": 2}, "exhausted": 0, "out": [2]},
            {"totals": {"1": 3, "3": 2}, "exhausted": 0, "out": []},
        ],
    }  # fmt: skip
    assert tallying.tell(result, "zh-hans").splitlines() == [
        "逐轮淘汰：灯（1 号）当选。",
        "有效票 5 张，弃权 0 张，无效 0 张。",
        "第 1 轮：灯 2，椅 2，树 & <花> 1；树 & <花> 最少，退出。",
        "第 2 轮：灯 3，椅 2。",
    ]
    assert tallying.tell(result, "en").splitlines()[0] == "instant run-off: 灯 (no. 1) wins."


def test_pairs_are_told_with_their_numbers(tmp_path: Path) -> None:
    result = tallied(tmp_path, "--rule", "copeland")

    assert (result["matrix"], result["scores"]) == (
        [[0, 2, 3], [3, 0, 3], [2, 2, 0]],
        {"1": 1, "2": 2, "3": 0},
    )
    assert tallying.tell(result, "zh-hans").splitlines()[2:] == [
        "得分：树 & <花> 2，灯 1，椅 0。",
        "树 & <花> 对 灯：3 比 2。",
        "树 & <花> 对 椅：3 比 2。",
    ]


@pytest.mark.parametrize("rule", ["irv", "schulze", "borda", "two-round"])
def test_the_picture_is_sound_and_names_everybody(tmp_path: Path, rule: str) -> None:
    picture = ET.fromstring(tallying.draw(tallied(tmp_path, "--rule", rule), "zh-hans"))  # noqa: S314 -- our own
    words = "".join(picture.itertext())

    assert all(name in words for name in ("灯", "树 & <花>", "椅"))


def test_long_names_are_cut_by_their_width() -> None:
    assert shortened("None of the Above", ROOM) == "None of the Above"
    assert shortened("把小区南侧的花园改成有座椅的凉亭", ROOM) == "把小区南侧的花园改成有…"
