"""What a terminal reads."""

import subprocess
import sys
from importlib import import_module

import pytest

from linli.project import command


def run(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "linli.project.command", *words],
        input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_every_word_of_the_help_can_be_carried_out() -> None:
    targets = {name: word.target.split(":") for name, word in command.WORDS.items()}

    functions = {name: getattr(import_module(m), f, None) for name, (m, f) in targets.items()}

    assert [name for name, function in functions.items() if not callable(function)] == []


def test_the_help_names_every_word_in_both_languages() -> None:
    text = command.help_text()

    assert [name for name in command.WORDS if f"linli {name}" not in text] == []
    assert [word.zh for word in command.WORDS.values() if word.zh not in text] == []


def test_an_unknown_word_is_answered_with_the_words_there_are() -> None:
    answer = run("frobnicate")

    assert answer.returncode == 2
    assert answer.stderr.startswith("“frobnicate” is not a word of this command.")
    assert "linli serve" in answer.stderr


def test_a_word_of_another_version_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    word = command.Word("linli.engines.not_built_yet:main", "", "")

    assert command.carry_out(word, "tally", []) == 2
    assert "“linli tally” is not part of this installation." in capsys.readouterr().err


def test_triage_answers_without_loading_django() -> None:
    program = (
        "import sys; from linli.project.command import main; code = main(['triage']);"
        "sys.stderr.write(str('django' in sys.modules)); sys.exit(code)"
    )
    line = '{"id": "1", "text": "楼道灯不亮", "channel": "phone", "place": "", "season_month": 11}\n'

    answer = subprocess.run(
        [sys.executable, "-c", program], input=line, capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stderr) == (0, "False")
    assert answer.stdout.startswith('{"id": "1", ')
