"""What is wrong in a table comes back with its reason; what cannot be a table is refused whole."""

import csv
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Case
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report, safe
from linli.modules.appeals.importing.rows import look_at, plain, rows_of
from linli.modules.appeals.importing.tests.tables import (
    HEAD,
    WANG,
    WRONG,
    ZHOU,
    bring,
    write,
)
from linli.modules.appeals.models import Appeal

pytestmark = pytest.mark.django_db


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
