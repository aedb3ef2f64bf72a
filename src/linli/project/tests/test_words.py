"""The product's words, collected and compiled."""

import gettext
import textwrap
from pathlib import Path

import pytest

from linli.project import words


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with one app, a folder that is no app, and the project."""
    monkeypatch.setattr(words, "PACKAGE", tmp_path)
    monkeypatch.setattr(words, "HOME_OF_THE_REST", tmp_path / "project")
    for app in ("project", "halls"):
        (tmp_path / app / "templates").mkdir(parents=True)
        (tmp_path / app / "apps.py").write_text('"""A card."""\n')
    (tmp_path / "answers").mkdir()
    return tmp_path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(textwrap.dedent(text))


def say(app: Path, *pairs: tuple[str, str], flag: str = "") -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    body = "".join(f'\n{flag}msgid "{en}"\nmsgstr "{zh}"\n' for en, zh in pairs)
    write(app / words.CATALOGUE, head + body)


def test_words_are_found_in_source_and_templates_with_the_app_they_belong_to(house: Path) -> None:
    write(
        house / "halls/rules.py",
        """
        from django.utils.translation import gettext as _, ngettext, pgettext
        A = _("The hall is "
              "full.")
        B = ngettext("%(n)s seat", "%(n)s seats", 2)
        C = pgettext("a month", "May")
    """,
    )
    write(
        house / "halls/templates/hall.html",
        """
        {% load i18n %}
          <h1>{% translate "Come and talk" %}</h1>
            {% if x %}{% blocktranslate trimmed count n=seats %}
                One seat is left.
            {% plural %}
                {{ n }} seats are left.
            {% endblocktranslate %}
          {% endif %}
    """,
    )
    write(house / "answers/__init__.py", 'X = _("No.")\n')
    write(house / "halls/tests/test_x.py", 'X = _("Only in a test.")\n')

    found = {app.name: [m.id for m in catalogue if m.id] for app, catalogue in words.collected().items()}

    assert found == {
        "project": ["No."],
        "halls": [
            "The hall is full.",
            ("%(n)s seat", "%(n)s seats"),
            "May",
            "Come and talk",
            ("One seat is left.", "%(n)s seats are left."),
        ],
    }


def test_a_sentence_without_chinese_is_told(house: Path) -> None:
    write(house / "halls/rules.py", 'A = _("Come in.")\nB = _("Please wait.")\n')
    say(house / "halls", ("Come in.", "请进。"), ("Please wait.", ""))

    assert words.untranslated() == ["halls: 'Please wait.'"]


def test_a_guessed_sentence_is_told(house: Path) -> None:
    write(house / "halls/rules.py", 'A = _("Come in.")\n')
    say(house / "halls", ("Come in.", "请进。"), flag="#, fuzzy\n")

    assert words.fuzzy() == ["halls: 'Come in.'"]
    assert words.untranslated() == ["halls: 'Come in.'"]


def test_one_sentence_said_in_two_ways_is_told(house: Path) -> None:
    say(house / "halls", ("Matter", "事项"), ("Close", "关闭"))
    say(house / "project", ("Matter", "诉求"), ("Close", "关闭"))

    assert words.two_ways() == ["'Matter': 事项 (halls) / 诉求 (project)"]


def test_collecting_keeps_what_is_said_and_drops_what_is_gone(house: Path) -> None:
    write(house / "halls/rules.py", 'A = _("Come in.")\nB = _("New here.")\n')
    say(house / "halls", ("Come in.", "请进。"), ("Long gone.", "早没了。"))

    words.collect()

    known = words.known(house / "halls")
    assert {m.id: m.string for m in known if m.id} == {"Come in.": "请进。", "New here.": ""}
    assert words.untranslated() == ["halls: 'New here.'"]


def test_compiling_happens_once_for_each_change(house: Path) -> None:
    say(house / "halls", ("Come in.", "请进。"))

    assert [words.compile_changed(), words.compile_changed()] == [1, 0]

    with (house / "halls" / words.CATALOGUE).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Come in.") == "请进。"
