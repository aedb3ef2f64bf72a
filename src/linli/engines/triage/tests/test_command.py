import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from linli.engines.triage.command import main


def run(*argv: str, typed: str = "") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, io.StringIO(typed), out, err), out.getvalue(), err.getvalue()


def line(**appeal: object) -> str:
    return json.dumps(appeal, ensure_ascii=False) + "\n"


def test_each_line_is_answered_with_the_best_three(tmp_path: Path) -> None:
    appeals = tmp_path / "appeals.jsonl"
    appeals.write_text(
        line(id="王", text="2号楼前井盖丢了，快来人", place="云杉里2号楼前")
        + line(
            id="刘", text="二号楼前头井盖没了，黑窟窿", place="云杉里2号楼前", channel="phone", season_month=5
        ),
        encoding="utf-8",
    )

    code, out, err = run(str(appeals))

    first, second = map(json.loads, out.splitlines())
    assert (code, err) == (0, "")
    assert list(first) == ["id", "type", "l1", "l2", "unit", "urgency", "special_route", "duplicates"]
    assert (first["id"], first["l2"][0], first["unit"][0], first["duplicates"]) == (
        "王",
        "0404",
        "街道城管办",
        [],
    )
    assert second["duplicates"] == ["王"]


def test_lines_are_read_from_standard_input_and_empty_ones_passed_over() -> None:
    code, out, err = run(typed="\n" + line(id=7, text="路灯不亮") + "\n")

    assert (code, json.loads(out)["id"], err) == (0, 7, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "line 1 is not a JSON object."),
        ('{"id": "1"}', 'line 1 has no "text".'),
        ('{"id": "1", "text": 5}', 'line 1: "text" has the wrong kind of value.'),
        (
            '{"id": "1", "text": "x", "season_month": true}',
            'line 1: "season_month" has the wrong kind of value.',
        ),
    ],
)
def test_a_bad_line_is_named_by_its_number(typed: str, said: str) -> None:
    code, _, err = run(typed=typed)

    assert (code, said in err) == (2, True)


def test_a_missing_file_is_said_and_nothing_written() -> None:
    code, out, err = run("/nowhere.jsonl")

    assert (code, out, "/nowhere.jsonl" in err) == (2, "", True)


def test_help_says_what_is_read_and_written() -> None:
    code, out, err = run("--help")

    assert (code, "JSON lines" in out, err) == (0, True, "")


def test_an_unknown_option_is_refused() -> None:
    assert run("--loud") == (2, "", "linli triage: I do not know --loud. Try --help.\n")


def test_the_engine_needs_neither_django_nor_scipy() -> None:
    asked = "import sys, linli.engines.triage as t; t.Triage.default().suggest('路灯不亮'); print([m for m in ('django', 'scipy') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_naming_the_package_does_not_load_numpy() -> None:
    asked = "import sys, linli.engines.triage; print('numpy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
