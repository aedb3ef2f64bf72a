"""The house keeps its own plan, and each check would notice a breach."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as route
from django.utils import translation

from linli.kernel.journal.verbs import listened_verbs, listeners, on
from tests import house, make
from tests.addresses import Address, all_addresses, undeclared

SOURCE = house.ROOT / "src" / "linli"
EXCUSED: dict[str, str] = {}
ADDRESSES = list(all_addresses())
LANGUAGES = ("zh-hans", "en")


# The plan


@pytest.mark.parametrize("module", house.modules_of(SOURCE), ids=lambda path: path.name)
def test_a_module_uses_only_the_names_of_the_grammar(module: Path) -> None:
    assert house.names_outside_the_grammar(module) == []


def test_every_module_has_a_card_that_says_in_one_line_what_it_is() -> None:
    assert house.modules_without_a_card(SOURCE) == []
    assert house.cards_without_a_sentence(SOURCE) == []


def test_no_file_hides_behind_an_empty_word() -> None:
    assert house.empty_words(SOURCE) == []


def test_files_and_functions_stay_small() -> None:
    assert house.long_files(SOURCE) == []
    assert house.long_functions(SOURCE, EXCUSED) == []


def test_no_excuse_outlives_its_reason() -> None:
    long = {name.rsplit(": ", 1)[0] for name in house.long_functions(SOURCE)}

    assert set(EXCUSED) - long == set()
    assert all(EXCUSED.values())


def test_every_kernel_room_has_a_floor_and_looks_only_down() -> None:
    assert house.rooms_without_a_floor(SOURCE) == []
    assert house.rooms_above_their_floor(SOURCE) == []


def test_modules_do_not_know_each_other_nor_the_project() -> None:
    assert house.modules_that_know_each_other(SOURCE) == []


def test_engines_run_without_django() -> None:
    assert house.engines_that_know_django(SOURCE) == []


def test_every_folder_is_on_the_map() -> None:
    assert house.folders_not_on_the_map(SOURCE, (house.ROOT / "MAP.md").read_text()) == []


def test_no_model_points_into_another_module() -> None:
    assert house.foreign_keys_between(apps.get_models()) == []


# Verbs


def said_verbs() -> dict[str, object]:
    return {
        verb: text for card in apps.get_app_configs() for verb, text in getattr(card, "verbs", {}).items()
    }


def test_every_verb_listened_to_is_said_by_somebody() -> None:
    assert listened_verbs() - set(said_verbs()) == set()


def test_every_verb_has_a_sentence_in_both_languages() -> None:
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = {verb: str(text) for verb, text in said_verbs().items()}

    same = [verb for verb in said_verbs() if texts["zh-hans"][verb] == texts["en"][verb]]

    assert same == []
    assert [verb for verb, text in texts["en"].items() if not text.isascii() and "“" not in text] == []


# Addresses


def test_every_address_says_who_may_open_it() -> None:
    assert undeclared(ADDRESSES) == []


CLOSED = [a for a in ADDRESSES if a.is_declared and "anyone" not in a.view.allow]
POSTS = [a for a in CLOSED if "POST" in a.view.methods]


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED, ids=lambda a: a.name)
def test_a_visitor_is_asked_to_sign_in(client: Client, address: Address) -> None:
    method = "get" if "GET" in address.view.methods else "post"

    answer = getattr(client, method)(address.path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/in/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [a for a in POSTS if "signed_in" not in a.view.allow], ids=lambda a: a.name
)
def test_a_post_refuses_a_stranger(client: Client, address: Address) -> None:
    scene = make.scene()
    client.force_login(scene.people["outsider"].account)

    answer = client.post(address.path)

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("address", POSTS, ids=lambda a: a.name)
@pytest.mark.django_db
def test_a_post_without_its_token_is_refused(address: Address) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address.path).status_code == 403


# A breach of each is noticed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small house that keeps the plan."""
    for folder in ("modules/appeals", "kernel/answers", "kernel/people", "engines/triage"):
        (tmp_path / folder).mkdir(parents=True)
    card = '"""Appeals: a matter raised once."""\n'
    (tmp_path / "modules/appeals/apps.py").write_text(card)
    (tmp_path / "modules/appeals/rules.py").write_text("def may() -> bool:\n    return True\n")
    (tmp_path / "kernel/answers/__init__.py").write_text("")
    (tmp_path / "kernel/people/models.py").write_text("from linli.kernel.answers import YES\n")
    (tmp_path / "engines/triage/__init__.py").write_text("import json\n")
    return tmp_path


CHECKS: tuple[Callable[[Path], list[str]], ...] = (
    house.modules_without_a_card,
    house.cards_without_a_sentence,
    house.empty_words,
    house.long_files,
    house.long_functions,
    house.rooms_without_a_floor,
    house.rooms_above_their_floor,
    house.modules_that_know_each_other,
    house.engines_that_know_django,
    lambda tree: house.names_outside_the_grammar(tree / "modules/appeals"),
    lambda tree: house.folders_not_on_the_map(tree, "modules appeals kernel answers people engines triage"),
)


def test_the_small_house_keeps_the_plan(tree: Path) -> None:
    assert [check(tree) for check in CHECKS] == [[] for _ in CHECKS]


LONG = "def f() -> None:\n" + "    print(1)\n" * 21
BREACHES = [
    ("modules/appeals/stuff.py", "", 9, "stuff.py"),
    ("modules/halls/rules.py", "", 0, "halls"),
    ("modules/appeals/apps.py", "import os\n", 1, "modules/appeals/apps.py"),
    ("kernel/people/utils.py", "", 2, "kernel/people/utils.py"),
    ("kernel/people/big.py", "x = 1\n" * 301, 3, "kernel/people/big.py: 301 lines"),
    ("kernel/people/long.py", LONG, 4, "kernel/people/long.py:f: 21 lines"),
    ("kernel/cellar/models.py", "", 5, "cellar"),
    ("kernel/answers/x.py", "from linli.kernel.people.models import Person\n", 6, "kernel/answers/x.py imports linli.kernel.people.models"),
    ("modules/appeals/queries.py", "import linli.modules.halls.models\n", 7, "modules/appeals/queries.py imports linli.modules.halls.models"),
    ("engines/triage/model.py", "import django\n", 8, "engines/triage/model.py imports django"),
    ("kernel/people/attic/models.py", "", 10, "kernel/people/attic"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "check", "told"), BREACHES, ids=lambda value: str(value)[:40])
def test_a_planted_breach_is_told(tree: Path, file: str, text: str, check: int, told: str) -> None:
    (tree / file).parent.mkdir(parents=True, exist_ok=True)
    (tree / file).write_text(text)

    assert told in CHECKS[check](tree)


def test_an_excuse_covers_one_function_and_no_other(tree: Path) -> None:
    (tree / "kernel/people/long.py").write_text(LONG + LONG.replace("f()", "g()"))

    assert house.long_functions(tree, ["kernel/people/long.py:f"]) == ["kernel/people/long.py:g: 21 lines"]


def test_a_foreign_key_by_label_is_told() -> None:
    class Hall(models.Model):  # noqa: DJ008 -- never shown
        class Meta:
            app_label = "planted"

    Hall.__module__ = "planted.modules.halls.models"

    class Seat(models.Model):  # noqa: DJ008 -- never shown
        hall = models.ForeignKey(Hall, models.CASCADE, related_name="+")

        class Meta:
            app_label = "planted"

    Seat.__module__ = "planted.modules.volunteers.models"
    try:
        assert house.foreign_keys_between([Hall, Seat], "planted.modules.") == ["Seat.hall"]
    finally:
        apps.all_models.pop("planted")
        apps.clear_cache()


def test_a_verb_nobody_says_is_told() -> None:
    listener = on("halls.never_said")(lambda _entry: None)
    try:
        assert listened_verbs() - set(said_verbs()) == {"halls.never_said"}
    finally:
        listeners("halls.never_said").remove(listener)


def test_an_address_without_a_declaration_is_told() -> None:
    def open_door(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    addresses = list(all_addresses([route("door/<int:pk>/", open_door)]))

    assert undeclared(addresses) == ["door/<int:pk>/"]
    assert addresses[0].path == "/door/1/"
