"""陈晓雨 brings her community's table into the house: what is right comes in, what is wrong comes back."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Case, Clock, Counter, Party, Step
from linli.kernel.journal.models import Entry
from linli.kernel.people.contacts import person_by_phone
from linli.kernel.people.models import Contact, Person
from linli.kernel.places.gazetteer import found_district
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.importing import load as loading
from linli.modules.appeals.importing.command import main
from linli.modules.appeals.importing.load import load
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report, safe
from linli.modules.appeals.importing.rows import look_at, plain, rows_of
from linli.modules.appeals.models import Appeal

pytestmark = pytest.mark.django_db

HEAD = ["编号", "时间", "内容", "地址", "类别", "电话", "状态", "办结时间"]
WANG = [
    "A1",
    "2025-03-01 09:30",
    "3号楼二单元的灯不亮",
    "3号楼2单元",
    "物业管理",
    "10000000417",
    "已办结",
    "2025-03-03 10:00",
]
ZHOU = ["A2", "2025/03/02 10:00", "门口堆着旧家具。请清走", "老山东里社区5号楼", "", "", "办理中", ""]
WANG_AGAIN = [
    "A3",
    "2025年3月5日 08:00",
    "灯又不亮了",
    "3号楼2单元",
    "物业管理",
    "100-0000 0417",
    "待派单",
    "",
]
TABLE = [WANG, ZHOU, WANG_AGAIN]


@pytest.fixture
def street(db: None) -> Area:
    found_district("110107")
    return Area.objects.get(code="110107002")


@pytest.fixture
def north(street: Area) -> Area:
    return Area.objects.get(code="110107002011")


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8-sig", head: list[str] = HEAD) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def bring(path: Path, area: Area, **how: Any) -> Report:
    return load(path, read_chart("standard"), area=area, wrong=path.with_suffix(".wrong.csv"), **how)


def told() -> list[tuple[str, str, str, str, str | None]]:
    cases = Case.objects.order_by("raised_at").select_related("appeal", "community", "unit")
    return [
        (
            case.title,
            case.state,
            case.appeal.source_ref,
            str(case.community),
            str(case.unit) if case.unit else None,
        )
        for case in cases
    ]


WHOLE = [
    ("3号楼二单元的灯不亮", "closed", "110107002:A1", "None", None),
    ("门口堆着旧家具", "handling", "110107002:A2", "老山东里社区", "老山东里社区居民委员会"),
    ("灯又不亮了", "received", "110107002:A3", "None", None),
]


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


WRONG = [
    (["B1", "昨天", "灯不亮", "", "", "", "", ""], "“昨天” in “时间” is not a time."),
    (["B2", "", "灯不亮", "", "", "", "", ""], "The time is missing."),
    (["B3", "2125-01-01 00:00", "灯不亮", "", "", "", "", ""], "The time lies in the future."),
    (["B4", "2025-01-01 00:00", "", "3号楼", "", "", "", ""], "The row does not say what it is about."),
    (["B5", "2025-01-01 00:00", "灯不亮", "", "", "", "不知道", ""], "“不知道” in “状态” is not known."),
    (["B6", "2025-01-01 00:00", "灯不亮", "", "", "", "已办结", ""], "It is closed but has no closing time."),
    (["B7", "2025-01-02 00:00", "灯不亮", "", "", "", "已办结", "2025-01-01"], "It was closed before it was raised."),
    (["B8", "2025-01-01 00:00", "灯不亮", "", "", "", "办理中", "2025-01-05"], "It has a closing time but is not closed."),
    (["B9", "2025-01-01 00:00", "灯不亮", "", "", "110", "", ""], "“110” is not a phone number."),
    (["C" * 70, "2025-01-01 00:00", "灯不亮", "", "", "", "", ""], "The number of the row is too long."),
    (["B10", "2025-01-01 00:00", "灯" * 5001, "", "", "", "", ""], "“内容” is longer than 5000 characters."),
    (["B11", "2025-01-01 00:00", "=HYPERLINK(1)", "", "", "", "", "", "多", "余"], "The row has more cells than there are columns."),
]  # fmt: skip


def test_every_wrong_row_comes_back_with_its_number_its_reason_and_its_cells(
    tmp_path: Path, north: Area
) -> None:
    path = write(tmp_path / "t.csv", [WANG, *(row for row, _reason in WRONG), ZHOU])
    with translation.override("en"):
        report = bring(path, north)

    assert report == Report(rows=len(WRONG) + 2, imported=2, refused=len(WRONG))
    with path.with_suffix(".wrong.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert head == ["Row", "Reason", *HEAD]
    expected = [[str(3 + n), reason, *safe(row)] for n, (row, reason) in enumerate(WRONG)]
    assert lines == expected
    assert lines[-1][4] == "'=HYPERLINK(1)"


def test_the_corrected_file_brings_in_what_was_wrong_and_nothing_twice(tmp_path: Path, north: Area) -> None:
    path = write(
        tmp_path / "t.csv",
        [WANG, WRONG[0][0], ["B12", "2025-01-01", "-5℃，暖气不热", "", "", "", "不知道", ""]],
    )
    bring(path, north)
    wrong = path.with_suffix(".wrong.csv")
    wrong.write_text(
        wrong.read_text("utf-8-sig").replace("昨天", "2025-01-01").replace("不知道", ""), "utf-8"
    )

    assert bring(wrong, north) == Report(rows=2, imported=2)
    assert bring(path, north) == Report(rows=3, duplicates=1, refused=2)
    assert Appeal.objects.get(source_ref="110107002011:B12").text == "-5℃，暖气不热"


def test_a_unit_that_does_not_serve_the_place_is_refused_until_it_does(tmp_path: Path, north: Area) -> None:
    head, row = [*HEAD, "承办单位"], [*ZHOU, "安居物业"]
    path = write(tmp_path / "t.csv", [row], head=head)
    with translation.override("en"):
        assert bring(path, north) == Report(rows=1, refused=1)
    assert "No unit called “安居物业” serves this place." in path.with_suffix(".wrong.csv").read_text(
        "utf-8-sig"
    )

    Body.objects.create(kind="property_firm", name="安居物业", area=north, valid_from=north.valid_from)

    assert bring(path, north) == Report(rows=1, imported=1)
    assert str(Case.objects.get().unit) == "安居物业"


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


def lines(count: int) -> list[list[str]]:
    return [[f"N{n}", "2025-01-01 08:00", f"第{n}件事", "", "", "", "", ""] for n in range(count)]


def test_an_interrupted_import_goes_on_where_it_stopped(
    tmp_path: Path, north: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "t.csv", [*lines(1200), WRONG[0][0]])
    written, real = [], loading.write

    def power_cut(batch: list[Any], **by: Any) -> None:
        real(batch, **by)
        written.append(len(batch))
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(loading, "write", power_cut)
    with pytest.raises(KeyboardInterrupt):
        bring(path, north)
    monkeypatch.undo()
    assert (written, Case.objects.count()) == ([500, 500], 500)

    assert bring(path, north) == Report(rows=1201, imported=700, refused=1, earlier=500)
    assert Case.objects.count() == Appeal.objects.values("source_ref").distinct().count() == 1200
    assert not Counter.objects.filter(name__startswith="import:").exists()
    assert bring(path, north) == Report(rows=1201, duplicates=1200, refused=1)


def test_two_imports_of_one_file_at_once_do_not_both_write(tmp_path: Path, north: Area) -> None:
    path = write(tmp_path / "t.csv", lines(3))
    chart = read_chart("standard")
    finder = loading.Finder(chart, north, None, False)
    first, second = (
        loading.begin(look_at(path), chart, finder, loading.WrongRows(tmp_path / "w.csv")) for _ in "12"
    )

    loading.advance(first, 4)
    with pytest.raises(Refused):
        loading.advance(second, 4)

    late = loading.begin(look_at(path), chart, finder, loading.WrongRows(tmp_path / "w.csv"))
    loading.advance(late, 7)  # negative control: whoever knows the position may move it
    assert Counter.objects.get(pk=first.key).value == 7


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The first row must name the columns."),
        ("编号,内容\nA1,灯不亮\n".encode(), "The file has no column “时间"),
        ("编号,编号\n1,2\n".encode(), "The column “编号” occurs twice."),
        ("编号,时间,内容\n".encode(), "The file holds no rows."),
        (b"\xff\xff\xff\xff\x80", "The letters of this file cannot be read."),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused_before_the_first_row(
    tmp_path: Path, north: Area, content: bytes, reason: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)

    with translation.override("en"), pytest.raises(Refused, match=reason):
        bring(path, north)

    assert not Case.objects.exists()


def test_rows_are_numbered_as_excel_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('编号,内容\nA1,"两行\n的字"\n\n,\nA2,短\n', encoding="utf-8")

    rows = [(row.number, row.cells["编号"]) for row in rows_of(look_at(path))]

    assert rows == [(2, "A1"), (5, "A2")]


@pytest.mark.parametrize(
    ("told_map", "reason"),
    [
        ('source="x"', "columns"),
        ('source="x"\ntime_zone="Mars/North"\ndate_formats=[]\n[columns]', "Mars"),
        ('source="x"\ntime_zone="UTC"\ndate_formats=[]\n[columns]\ntext="a"\nraised_at="b"\nodd="c"', "odd"),
        ('source="x"\ntime_zone="UTC"\ndate_formats=[]\n[columns]\ntext="a"', "raised_at"),
        (
            'source="x"\ntime_zone="UTC"\ndate_formats=[]\n[columns]\ntext="a"\nraised_at="b"\n[values.state]\n"a"="b"',
            "state",
        ),
        (
            'source="x"\nfound_units="x"\ntime_zone="UTC"\ndate_formats=[]\n[columns]\ntext="a"\nraised_at="b"',
            "body kinds",
        ),
        ("= no toml", "map.toml"),
    ],
)
def test_a_map_that_means_something_impossible_is_refused(tmp_path: Path, told_map: str, reason: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(told_map)

    with pytest.raises(Refused, match=reason):
        read_chart(str(path))


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


@given(st.text(max_size=12))
def test_a_cell_made_safe_for_excel_comes_back_as_it_was(cell: str) -> None:
    [once] = safe([cell])
    assert not once.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(once) == plain(cell) or cell.startswith(("\t", "\r", "'"))


cells = st.fixed_dictionaries({
    "编号": st.sampled_from(["", "1", "2", "3", "x" * 80]),
    "时间": st.sampled_from(["", "2025-01-01", "2025-01-03 10:00", "morgen", "2999-01-01"]),
    "内容": st.text(alphabet="灯不亮=,\"\n'", max_size=6),
    "状态": st.sampled_from(["", "已办结", "办理中", "重复", "奇怪"]),
    "办结时间": st.sampled_from(["", "2025-01-02", "x"]),
})  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(table=st.lists(cells, min_size=1, max_size=12))
def test_whatever_the_table_holds_every_row_is_accounted_for(
    table: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    Case.objects.all().delete()
    north = Area.objects.filter(code="c").first() or Area.objects.create(
        code="c", kind="community", name="c", path="c/", valid_from="2020-01-01"
    )
    path = write(
        tmp_path_factory.mktemp("t") / "t.csv", [list(row.values()) for row in table], head=list(table[0])
    )

    try:
        first, second = bring(path, north), bring(path, north)
    except Refused:
        assert not any(any(map(plain, row.values())) for row in table)
        return

    filled = sum(any(map(plain, row.values())) for row in table)
    assert first.accounted and second.accounted and first.rows == filled
    assert Case.objects.count() == first.imported
    assert (second.imported, second.duplicates, second.refused) == (
        0,
        first.imported + first.duplicates,
        first.refused,
    )
