import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection, models

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions, documents, personal, private, rights, signin
from linli.kernel.people.backend import AccountBackend
from linli.kernel.people.models import Account, Person
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, person, shijingshan
from linli.kernel.people.tests.together import together

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)
CANARIES = ("金丝雀姓名", "金丝雀称呼", "金丝雀证据", "金丝雀理由", "金丝雀口头")
ID = "999999195001010011"


@pytest.fixture
def wang(db: None) -> Person:
    places = shijingshan()
    chen = person("陈晓雨", places["north"], "clerk")
    somebody = actions.register(
        name=CANARIES[0],
        called=CANARIES[1],
        phone=WANG_PHONE,
        community=places["north"],
        birth_year=1950,
        now=MORNING,
    )
    signin.account_of(somebody)
    documents.add_document(somebody, "identity", ID, by=chen, now=MORNING)
    actions.claim_residence(somebody, places["home"], "living", on=ON, by=somebody, evidence=CANARIES[2])
    actions.claim_ownership(
        somebody, places["home"], share=Fraction(1, 2), on=ON, by=somebody, evidence=CANARIES[2]
    )
    private.reveal(somebody, "phone", by=chen, reason=CANARIES[3], now=MORNING)
    actions.give_mandate(somebody, chen, "matters", by=somebody, now=MORNING, basis=CANARIES[4])
    actions.give_consent(somebody, "photo", "2026-01", by=somebody, now=MORNING)
    return somebody


def export_text(who: Person) -> str:
    return json.dumps(personal.export_of(who), ensure_ascii=False)


def test_every_column_about_a_person_is_declared() -> None:
    assert personal.undeclared(["people"]) == []


def test_a_planted_undeclared_column_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    card = personal.apps.get_app_config("people").personal
    monkeypatch.setitem(card, "contact", {**card["contact"], "tell": ("kind",)})
    monkeypatch.delitem(card, "look")
    monkeypatch.setitem(card, "tenure", {**card["tenure"], "why": ""})

    assert personal.undeclared(["people"]) == [
        "people.Contact.borrowed",
        "people.Contact.cipher",
        "people.Contact.valid_from",
        "people.Contact.valid_to",
        "people.Contact.verified_at",
        "people.Tenure is kept without a why",
        "people.Look",
    ]


def test_she_takes_everything_with_her_in_one_text(wang: Person) -> None:
    told = json.loads(export_text(wang))

    assert told["format"] == "linli person 1"
    assert told["records"]["people.person"] == [
        {
            "kind": "natural",
            "name": CANARIES[0],
            "called": CANARIES[1],
            "birth_year": 1950,
            "community": "老山东里北社区",
        }
    ]
    assert [row["cipher"] for row in told["records"]["people.contact"]] == [WANG_PHONE]
    assert [row["cipher"] for row in told["records"]["people.document"]] == [ID]
    assert [(row["viewer"], row["reason"]) for row in told["records"]["people.look"]] == [
        ("陈晓雨", CANARIES[3])
    ]
    assert all(canary in json.dumps(told, ensure_ascii=False) for canary in CANARIES)
    assert "people.registered" in {row["verb"] for row in told["journal"]}


def test_nobody_elses_data_is_in_it(wang: Person) -> None:
    other = actions.register(name="李建军", called="李大爷", phone="10000000999", now=MORNING)

    assert "李" not in export_text(wang)
    assert "金丝雀" not in export_text(other)


def database_text() -> str:
    """Every value of every table that the ORM knows; what JSON writes as numbers of letters is read as letters."""
    tables = [model._meta.db_table for model in personal.apps.get_models()]
    known = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        rows = []
        for table in set(tables) & known:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the name of one of our own tables
            rows += cursor.fetchall()
    return re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), str(rows))


def test_after_erasing_no_word_of_her_is_left_and_the_keys_stay(wang: Person) -> None:
    assert all(canary in database_text() for canary in CANARIES)
    chen = Person.objects.get(name="陈晓雨")

    rights.erase(wang, by=wang, now=MORNING)

    left = database_text()
    assert [canary for canary in CANARIES if canary in left] == []
    assert (Person.objects.get(pk=wang.pk).erased_at, Person.objects.get(pk=wang.pk).name) == (MORNING, "")
    assert (wang.contacts.count(), wang.documents.count(), wang.residences.count()) == (0, 0, 0)
    assert AccountBackend().get_user(Account.objects.get(person=wang).pk) is None
    assert Entry.objects.filter(verb="people.erased", object_id=wang.pk).count() == 1
    assert Person.objects.get(pk=chen.pk).name == "陈晓雨"


def bytes_on_disk(folder: Path) -> bytes:
    """The database file with its write-ahead log."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("race.sqlite3*")))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own files")
def test_after_erasing_not_even_the_file_holds_a_word_of_her(many_connections: None, tmp_path: Path) -> None:
    def enter() -> Person:
        where = shijingshan()
        somebody = actions.register(
            name=CANARIES[0], called=CANARIES[1], community=where["north"], now=MORNING
        )
        actions.claim_residence(somebody, where["home"], "living", on=ON, by=somebody, evidence=CANARIES[2])
        return somebody

    wang = together(1, enter)[0]
    assert all(canary.encode() in bytes_on_disk(tmp_path) for canary in CANARIES[:3])

    assert together(1, lambda: rights.erase(wang, by=wang, now=MORNING)) == [None]

    assert [canary for canary in CANARIES if canary.encode() in bytes_on_disk(tmp_path)] == []


def test_her_number_is_free_for_the_next_person(wang: Person) -> None:
    rights.erase(wang, by=wang, now=MORNING)

    assert actions.confirm_by_phone(WANG_PHONE, now=MORNING) != wang


def test_only_she_or_her_desk_can_ask_and_only_once(wang: Person) -> None:
    with pytest.raises(Refused):
        rights.erase(wang, by=person("外人"), now=MORNING)
    rights.erase(wang, by=Person.objects.get(name="陈晓雨"), now=MORNING)
    wang.refresh_from_db()

    with pytest.raises(Refused):
        rights.erase(wang, by=None, now=MORNING)


def test_whoever_works_here_leaves_first() -> None:
    chen = person("陈晓雨", shijingshan()["north"], "clerk")
    with pytest.raises(Refused):
        rights.erase(chen, by=chen, now=MORNING)


def test_what_was_joined_with_her_is_erased_with_her(wang: Person) -> None:
    chen = Person.objects.get(name="陈晓雨")
    twin = actions.register(name="金丝雀二", community=wang.community, now=MORNING)
    actions.merge(twin, wang, reason="金丝雀三", by=chen, now=MORNING)

    rights.erase(wang, by=wang, now=MORNING)

    assert "金丝雀" not in database_text()


def test_declarations_name_real_models() -> None:
    assert all(issubclass(one.model, models.Model) for one in personal.declared())
