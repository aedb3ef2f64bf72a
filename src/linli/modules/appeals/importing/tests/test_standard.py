"""陈晓雨 brings her community's table into the house: what is right comes in, once."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from linli.kernel.cases.models import Case, Clock, Counter, Party, Step
from linli.kernel.journal.models import Entry
from linli.kernel.people.contacts import person_by_phone
from linli.kernel.people.models import Contact, Person
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.importing.command import main
from linli.modules.appeals.importing.report import Report
from linli.modules.appeals.importing.tests.tables import (
    HEAD,
    TABLE,
    WANG,
    WHOLE,
    WRONG,
    bring,
    told,
    write,
)
from linli.modules.appeals.models import Appeal

pytestmark = pytest.mark.django_db


def test_a_table_comes_in_whole_and_the_address_finds_the_community(tmp_path: Path, street: Area) -> None:
    report = bring(write(tmp_path / "t.csv", TABLE), street)

    assert report == Report(rows=3, imported=3)
    assert told() == WHOLE
    first = Case.objects.get(appeal__source_ref="110107002:A1")
    assert (first.raised_at, first.closed_at, first.due_at) == (
        datetime(2025, 3, 1, 1, 30, tzinfo=UTC),
        datetime(2025, 3, 3, 2, 0, tzinfo=UTC),
        None,
    )
    assert (
        Party.objects.count()
        == Step.objects.count()
        == Entry.objects.filter(verb="appeals.imported").count()
        == 3
    )
    assert not Clock.objects.exists()


def excel(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for line in TABLE:
        book.active.append(line)
    book.active.cell(2, 2).value = datetime(2025, 3, 1, 9, 30)  # noqa: DTZ001 -- Excel knows no zones
    book.active.cell(2, 6).value = 10000000417
    book.save(path)
    return path


def packed(path: Path) -> Path:
    path.write_bytes(gzip.compress(write(path.with_suffix(""), TABLE, "gb18030").read_bytes()))
    return path


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "gb18030", "xlsx", "gz", "tabs"])
def test_the_same_table_in_any_form_gives_the_same_matters(tmp_path: Path, street: Area, form: str) -> None:
    path = tmp_path / "t.csv"
    if form == "xlsx":
        path = excel(tmp_path / "t.xlsx")
    elif form == "gz":
        path = packed(tmp_path / "t.csv.gz")
    elif form == "tabs":
        path.write_text("\n".join("\t".join(line) for line in [HEAD, *TABLE]), encoding="utf-8")
    else:
        write(path, TABLE, form)

    assert bring(path, street) == Report(rows=3, imported=3)
    assert told() == WHOLE


def test_a_community_imports_its_own_table_and_its_committee_answers(tmp_path: Path, north: Area) -> None:
    bring(write(tmp_path / "t.csv", TABLE), north)

    committee = "老山东里北社区居民委员会"
    assert [(row[3], row[4]) for row in told()] == [
        ("老山东里北社区", committee),
        ("老山东里北社区", committee),
        ("老山东里北社区", None),
    ]


def test_one_phone_is_one_neighbour_and_no_phone_is_nobody(tmp_path: Path, north: Area) -> None:
    bring(write(tmp_path / "t.csv", TABLE), north)

    wang = person_by_phone("10000000417")
    assert wang is not None
    assert [(a.source_ref[-2:], a.identity) for a in Appeal.objects.filter(case__raised_by=wang).order_by("pk")] == [
        ("A1", "named"), ("A3", "named"),
    ]  # fmt: skip
    nameless = Person.objects.get(raised__appeal__source_ref__endswith=":A2")
    assert (nameless.kind, nameless.name) == ("pseudonym", "")
    assert Contact.objects.count() == 1


def test_a_community_is_found_by_any_of_the_names_a_desk_writes(tmp_path: Path, street: Area) -> None:
    names = ["老山东里北社区", "老山东里北", "老山东里北居委会", "老山东里北社区居民委员会", "火星社区"]
    rows = [[f"D{n}", "2025-01-01", "灯不亮", "", "", "", "", "", name] for n, name in enumerate(names)]
    with translation.override("en"):
        report = bring(write(tmp_path / "t.csv", rows, head=[*HEAD, "社区"]), street)

    assert report == Report(rows=5, imported=4, refused=1)
    assert {str(case.community) for case in Case.objects.all()} == {"老山东里北社区"}
    assert "There is no community “火星社区” here." in (tmp_path / "t.wrong.csv").read_text("utf-8-sig")


def test_a_rehearsal_tells_all_and_writes_nothing(tmp_path: Path, north: Area) -> None:
    path = write(tmp_path / "t.csv", [WANG, WANG, WRONG[0][0]])
    before = [model.objects.count() for model in (Case, Person, Entry, Counter, Body, Area)]

    report = bring(path, north, rehearsal=True)

    assert report == Report(rows=3, imported=1, duplicates=1, refused=1, rehearsal=True)
    assert [model.objects.count() for model in (Case, Person, Entry, Counter, Body, Area)] == before
    assert path.with_suffix(".wrong.csv").exists()


def test_the_command_rehearses_then_imports(
    tmp_path: Path, north: Area, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "t.csv", [WANG, WRONG[0][0]])
    with translation.override("en"):
        calls = [[str(path)], [str(path), "--area", "99"], [str(path), "--area", north.code, "--dry-run"]]
        codes = [main(argv) for argv in [*calls, [str(path), "--area", north.code]]]

    assert codes == [1, 1, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "Say for which area this file is, for example --area 110107002011.",
        "There is no area with the code 99.",
        "2 rows: 1 can be imported, 1 not, 0 known already.",
        "The refused rows, with reasons: t.csv.wrong.csv",
        "2 rows: 1 imported, 1 refused, 0 known already.",
        "The refused rows, with reasons: t.csv.wrong.csv",
    ]
