"""`linli tally` from the outside: one object for machines, sentences for people, one sentence for what is wrong."""

import json
import subprocess
import sys
from pathlib import Path

RANKED = """# DATA TYPE: soc
# ALTERNATIVE NAME 1: 灯
# ALTERNATIVE NAME 2: 树
3: 1,2
2: 2,1
"""


def tally(*words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "linli.project.command", "tally", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_file_is_counted_for_people_machines_and_the_eye(tmp_path: Path) -> None:
    file, picture = tmp_path / "先修什么.soc", tmp_path / "先修什么.svg"
    file.write_text(RANKED, encoding="utf-8")

    code, out, err = tally("--rule", "borda", str(file), "--json", "--svg", str(picture))
    assert (code, err, json.loads(out)["winners"], out.count("\n")) == (0, "", [1], 1)
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert tally(str(file), "--language", "en")[1].splitlines()[0] == "instant run-off: 灯 (no. 1) wins."


def test_what_is_wrong_is_one_sentence_and_nothing_else(tmp_path: Path) -> None:
    bad = tmp_path / "坏的.soc"
    bad.write_text(RANKED.replace("3: 1,2", "3: 1,7"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")

    code, out, err = tally(str(bad), "--json")
    assert (code, out) == (2, "")
    assert err == "linli tally: line 4: there is no alternative 7. / 第 4 行：没有第 7 号选项。\n"
    assert tally(str(tmp_path / "nothing.pb"))[0] == 2
    assert "nothing that can be counted here" in tally(str(tmp_path / "notes.txt"))[2]
    assert "invalid choice: 'dice'" in tally(str(bad), "--rule", "dice")[2]
