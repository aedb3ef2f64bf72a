"""What is kept about a person is known, told to her when she asks, and gone when she asks for that."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.people import looks, personal
from linli.kernel.people.actions import register
from linli.kernel.people.jobs import JOBS
from linli.kernel.people.models import Look
from linli.kernel.people.personal import PLAIN_KEYS, declared, export_text, undeclared
from linli.modules.appeals.models import Appeal, Identity
from tests import make
from tests.addresses import Address, all_addresses
from tests.trust.house import told_by

WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|REPLACE|SAVEPOINT|BEGIN)", re.IGNORECASE)
LABELS = [card.label for card in apps.get_app_configs()]
OURS = [model for model in apps.get_models() if model.__module__.startswith("linli.")]
NOBODYS = {
    "cases.Counter", "appeals.CatalogueRow", "appeals.Duty", "inbox.Channel", "people.Attempt", "people.Code",
    "places.Area", "places.Body", "places.Choice", "places.EstateMember", "places.GazetteerEntry", "places.Post",
    "search.Follower",
    "journal.Entry", "journal.Seal",
}  # fmt: skip
"""Places, catalogues and counters; and the journal, whose words ``journal.erase`` takes."""


@pytest.fixture(autouse=True)
def its_own_folder(settings: Any, tmp_path: Path) -> None:
    settings.LINLI_DATA = tmp_path


# The register


def test_every_field_that_leads_to_a_person_is_declared_in_every_room() -> None:
    assert undeclared(LABELS) == []


def test_every_other_table_is_known_to_be_about_nobody() -> None:
    told = {facts.model._meta.label for facts in declared()}

    assert {model._meta.label for model in OURS} - told == NOBODYS


def test_a_new_table_that_leads_to_a_person_is_found_however_far_it_lies() -> None:
    class Remark(models.Model):  # noqa: DJ008 -- never shown
        appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="+")
        text = models.TextField()

        class Meta:
            app_label = "planted"

    class Note(models.Model):  # noqa: DJ008 -- never shown
        owner_id = models.BigIntegerField()

        class Meta:
            app_label = "planted"

    try:
        planted = [Remark, Note]
        every = apps.get_models
        apps.get_models = lambda *args, **more: [*every(*args, **more), *planted]  # type: ignore[method-assign]
        assert undeclared(["planted"]) == ["planted.Remark", "planted.Note"]
    finally:
        del apps.get_models
        apps.all_models.pop("planted")
        apps.clear_cache()


def test_a_new_column_of_a_declared_table_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    card = apps.get_app_config("appeals").personal
    silent = tuple(name for name in card["appeal"]["silent"] if name != "suggestion")
    monkeypatch.setitem(card, "appeal", {**card["appeal"], "silent": silent})

    assert undeclared(["appeals"]) == ["appeals.Appeal.suggestion"]


def test_plain_keys_of_owners_follow_a_merge() -> None:
    owned = {
        f"{facts.model._meta.label}.{column}"
        for facts in declared()
        for column in facts.owner
        if column in PLAIN_KEYS
    }
    moved = {f"{facts.model._meta.label}.{column}" for facts in declared() for column in facts.plain}

    assert owned - moved == {"people.RosterLine.person_id"}, "a frozen list stays as it was"


# The whole way, in a house of its own


UNSEEN = {"sqlite": set(), "postgresql": {"files", "backup"}}
"""PostgreSQL keeps its files elsewhere, and its dump is packed: there the tables are what is looked into."""
STORIES: dict[str, dict[str, Any]] = {}


@pytest.fixture
def story(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Told once for each of the two databases."""
    kind = database_url.partition(":")[0]
    if kind not in STORIES:
        data = tmp_path_factory.mktemp("canary") / "data"
        data.mkdir()
        STORIES[kind] = told_by("forget", data=data, url=database_url)
    return STORIES[kind]


def test_everything_kept_about_her_is_in_one_file_within_a_minute(story: dict[str, Any]) -> None:
    told, records = story["told"], story["told"]["export"]["records"]

    assert (told["whole"], told["took"] < 60) == ([True] * 5, True)
    assert {label: len(rows) for label, rows in records.items() if label not in {"cases.step", "people.look"}} == {
        "people.person": 1, "people.account": 1, "people.contact": 1, "people.document": 1, "cases.case": 1,
        "cases.party": 2, "cases.clock": 5, "cases.evaluation": 1, "files.file": 2, "inbox.message": 3,
        "inbox.outgoing": 2, "appeals.appeal": 1,
    }  # fmt: skip
    assert {row["kind"] for row in records["files.file"]} == {"photo", "audio"}
    assert set(told["export"]["contents"]) == {str(row["id"]) for row in records["files.file"]}
    assert {content["type"] for content in told["export"]["contents"].values()} == {"image/jpeg", "audio/wav"}
    assert {"appeals.received", "appeals.joined"} <= {row["verb"] for row in told["export"]["journal"]}


def test_she_sees_within_five_seconds_who_opened_her_matter(story: dict[str, Any]) -> None:
    assert (story["looks"]["named"], story["looks"]["seconds"] < 5) == (True, True)


def test_nothing_of_her_is_left_anywhere(story: dict[str, Any]) -> None:
    blind = {where for where, found in story["before"].items() if not found}
    assert blind == UNSEEN[story["vendor"]], "the eyes that look afterwards saw her before"
    assert story["answer"] == 302
    assert story["after"] == {"tables": [], "sessions": [], "search": [], "files": [], "backup": []}
    assert story["bytes_left"] == []


def test_the_matter_stays_with_its_figures_and_the_words_of_those_at_work(story: dict[str, Any]) -> None:
    assert story["rates"] == story["rates_after"]
    assert story["rates"] != {}
    assert (story["title"], story["public_title"]) == ("楼道照明 · 老山东里北社区 3号楼2单元",) * 2
    assert (story["state"], story["reply"]) == ("closed", "换了声控灯座")


def test_the_journal_still_verifies(story: dict[str, Any]) -> None:
    assert story["journal"] is True


# Looks


def pages_with_a_key(case: int, person: int) -> dict[str, str]:
    """Every page of the house, about this matter or about none; where a person is asked for, about her."""
    found = {}
    for address in all_addresses():
        if _opens(address):
            named = {"pk": case} if [gap for gap, _filling in address.converters] == ["<int:pk>"] else {}
            found[address.name] = reverse(address.name, kwargs=named)
    asked = {"appeals:find": "?q=7531", "appeals:new": f"?for={person}"}
    return {name: path + asked.get(name, "") for name, path in found.items()}


def _opens(address: Address) -> bool:
    fits = [gap for gap, _filling in address.converters] in ([], ["<int:pk>"])
    return address.is_declared and "GET" in address.view.methods and fits


@pytest.mark.django_db
@pytest.mark.parametrize("identity", [Identity.NAMED, Identity.HIDDEN])
def test_no_staff_page_of_the_whole_house_shows_her_without_a_look(identity: str) -> None:
    s = make.scene()
    s.people["canary"] = register(
        name="金丝雀", called="金丝雀", phone="10000007531", community=s.community, now=now()
    )
    case = replied(s, make.appeal(s, by="canary", identity=identity))
    shown = {
        (viewer, name)
        for viewer in ("chen", "liu", "he", "zhao", "sun", "qian", "lin", "root")
        for name, path in pages_with_a_key(case, s.canary.pk).items()
        if shows_her(s, viewer, path)
    }

    named = {
        ("liu", "matter"),
        ("liu", "slip"),
        ("zhao", "matter"),
        ("zhao", "slip"),
        ("sun", "matter"),
        ("sun", "slip"),
    }
    desk = {("chen", name) for name in ("matter", "slip", "calls", "find", "new")}
    expected = desk | named if identity == Identity.NAMED else desk
    assert {(viewer, name.removeprefix("appeals:")) for viewer, name in shown} == expected


def replied(s: make.Scene, appeal: Appeal) -> int:
    from linli.modules.appeals.tests import neighbours

    return int(neighbours.replied(s, appeal).pk)


def shows_her(s: make.Scene, viewer: str, path: str) -> bool:
    """Whether her name or her masked number stands on the page; if so, the look was noted before it was sent."""
    Look.objects.all().delete()
    answer = make.sign_in(Client(), s.people[viewer]).get(path)
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.text
    shown = "金丝雀" in text or "7531" in text.replace("q=7531", "").replace('value="7531"', "")
    looks.write_noted()
    noted = [look.viewer for look in Look.objects.filter(subject=s.people["canary"])]
    assert not shown or noted == [s.people[viewer]], f"{viewer} reads her name on {path} without a trace"
    return shown


@pytest.mark.django_db
def test_reading_a_matter_writes_nothing_and_asks_for_no_lock() -> None:
    s = make.scene()
    appeal = make.appeal(s)
    browser = make.sign_in(Client(), s.chen)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(f"/matters/{appeal.pk}/").status_code == 200

    assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []
    assert len(list(looks.folder().glob("*.json"))) == 1


@pytest.mark.django_db
def test_a_look_is_written_once_a_day_for_each_viewer_and_matter() -> None:
    s = make.scene()
    first, second = make.appeal(s), make.appeal(s, text="门禁坏了")
    for name in ("chen", "zhao", "chen"):
        for appeal in (first, second, first):
            assert make.sign_in(Client(), s.people[name]).get(f"/matters/{appeal.pk}/").status_code == 200
    assert looks.write_noted() == 9
    make.sign_in(Client(), s.chen).get(f"/matters/{first.pk}/")

    assert list(looks.folder().iterdir()) == []
    assert sorted(Look.objects.values_list("viewer__name", "reason")) == sorted(
        (viewer, appeal.case.number) for viewer in ("陈晓雨", "赵红梅") for appeal in (first, second)
    )
    page = make.sign_in(Client(), s.wang).get("/me/").text
    assert f"陈晓雨 · 打开过您的事项 {first.case.number}" in page


@pytest.mark.django_db
def test_a_note_met_twice_adds_nothing_and_a_broken_one_is_put_aside() -> None:
    s = make.scene()
    looks.note(s.chen, [looks.Seen(s.wang.pk, 7, "261124-0007"), looks.Seen(s.chen.pk, 7)], now=now())
    (note,) = looks.folder().iterdir()
    kept = note.read_text()
    looks.write_noted()
    note.write_text(kept)
    (looks.folder() / "half.json").write_text('[{"viewer"')
    gone = json.loads(kept)[0] | {"subject": 12345}
    (looks.folder() / "restored.json").write_text(json.dumps([gone]))

    looks.write_noted()

    assert [(look.viewer, look.subject, look.reason) for look in Look.objects.all()] == [
        (s.chen, s.wang, "261124-0007")
    ]
    assert [file.name for file in looks.folder().iterdir()] == ["half.broken"]


@pytest.mark.django_db
def test_where_the_look_cannot_be_noted_the_name_is_not_shown(tmp_path: Path, settings: Any) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    (tmp_path / "file").write_text("")
    settings.LINLI_DATA = tmp_path / "file"

    with pytest.raises(Refused):
        looks.note(s.chen, [looks.Seen(s.wang.pk, appeal.pk, "1")], now=now())
    answer = make.sign_in(Client(), s.chen).get(f"/matters/{appeal.pk}/")

    assert (answer.status_code, "王秀英" in answer.text) == (409, False)


def test_the_worker_comes_every_two_seconds_and_idles_without_a_query() -> None:
    assert [seconds for name, seconds, _job in JOBS if name == "people.write_looks"] == [2]
    assert looks.write_noted() == 0


@pytest.mark.django_db
def test_her_file_is_the_same_text_for_every_reader_of_json() -> None:
    s = make.scene()
    make.appeal(s)

    told = json.loads("".join(export_text(s.wang)))

    assert told["contents"] == {}
    assert told["records"] == json.loads(json.dumps(personal.export_of(s.wang), default=str))["records"]
