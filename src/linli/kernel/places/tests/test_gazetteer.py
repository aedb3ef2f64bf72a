"""A district's file becomes the live tree, once and dated."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.places.command import main
from linli.kernel.places.gazetteer import (
    GazetteerReport,
    communities_of_district,
    districts,
    found_district,
    import_district,
    import_gazetteer,
    streets_of,
)
from linli.kernel.places.gazetteer.country import country_files, places_in
from linli.kernel.places.gazetteer.founding import patterns
from linli.kernel.places.gazetteer.names import ground_name
from linli.kernel.places.models import Area, Body, GazetteerEntry

pytestmark = pytest.mark.django_db

FILES = {
    "110101_beijing_dongcheng.csv": 187,
    "110107_beijing_shijingshan.csv": 163,
    "320613_jiangsu_nantong_chongchuan.csv": 202,
    "370681_shandong_longkou.csv": 488,
    "370881_shandong_qufu.csv": 340,
    "440118_guangdong_guangzhou_zengcheng.csv": 384,
}


@pytest.fixture
def places(shared: Path) -> Path:
    return shared / "data" / "places"


def test_laoshan_dongli_north_stands_in_the_tree_after_the_import(places: Path) -> None:
    report = import_district(places / "110107_beijing_shijingshan.csv", on=date(2026, 11, 24))

    north = Area.objects.get(code="110107002011", valid_to=None)
    assert (north.name, north.path, north.kind, north.valid_from, str(north.parent)) == (
        "老山东里北社区",
        "110107/110107002/110107002011/",
        "community",
        date(2026, 11, 24),
        "老山街道",
    )
    assert (report.added, report.renamed, report.kept, report.absent) == (163, 0, 0, ())


@pytest.mark.parametrize(("name", "lines"), FILES.items())
def test_every_district_file_imports_whole_and_a_second_time_changes_nothing(
    places: Path, name: str, lines: int
) -> None:
    first = import_district(places / name)
    second = import_district(places / name)

    assert (first.added, first.kept) == (lines, 0)
    assert (second.added, second.renamed, second.kept, second.absent) == (0, 0, lines, ())
    assert Area.objects.filter(path__under=first.district.path).count() == lines


def test_a_renamed_community_keeps_its_row_and_what_left_the_file_stays_open(
    tmp_path: Path, db: None
) -> None:
    file = tmp_path / "district.csv"
    head = "code,name,level,parent_code\n110107,石景山区,district,1101\n110107002,老山街道,street,110107\n"
    file.write_text(
        head
        + "110107002011,老山东里北社区,community,110107002\n110107002013,老山东里社区,community,110107002\n"
    )
    import_district(file)
    before = Area.objects.get(code="110107002011")

    file.write_text(head + "110107002011,老山北里社区,community,110107002\n")
    report = import_district(file)

    after = Area.objects.get(code="110107002011")
    assert (after.pk, after.name) == (before.pk, "老山北里社区")
    assert (report.added, report.renamed, report.kept, report.absent) == (0, 1, 2, ("110107002013",))
    entry = Entry.objects.filter(verb="places.district_imported").latest("id")
    assert json.loads(entry.payload or "") == {
        "added": 0,
        "old_names": {"110107002011": "老山东里北社区"},
        "absent": ["110107002013"],
    }


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("110107,石景山区,district,1101\n110107002011,北,community,110107002\n", "110107002011"),
        ("110107,石景山区,street,1101\n", "Line 2"),
        ("110107,石景山区,district,1101\n110107002,老山街道,street,110108\n", "Line 3"),
        ("110107,石景山区,district,1101\n110108,海淀区,district,1101\n", "exactly one district"),
        ("", "exactly one district"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_whole(
    tmp_path: Path, db: None, lines: str, reason: str
) -> None:
    file = tmp_path / "district.csv"
    file.write_text("code,name,level,parent_code\n" + lines)

    with translation.override("en"), pytest.raises(Refused, match=reason):
        import_district(file)

    assert Area.objects.count() == 0


def test_the_wizard_finds_any_district_without_a_database() -> None:
    shijingshan = next(district for district in districts() if district.code == "110107")
    dongguan = next(district for district in districts() if district.code == "441900")

    assert len(districts()) == 2978
    assert (str(shijingshan), str(dongguan)) == ("北京市石景山区", "广东省东莞市")
    assert [place.name for place in streets_of("110107")] == [
        "八宝山街道", "老山街道", "八角街道", "古城街道", "苹果园街道", "金顶街街道", "广宁街道", "五里坨街道", "鲁谷街道",
    ]  # fmt: skip
    assert sum(1 for _ in communities_of_district("110107")) == 153
    assert streets_of("999999") == []


def test_the_shipped_files_hold_every_community_of_the_country(places: Path) -> None:
    given = {place.code: place.name for place in places_in(places / "china_communities.csv.xz")}
    shipped = {p.code: p.name for f in country_files()[1:] for p in places_in(f) if p.level == "community"}

    assert len(given) == 620_573
    assert shipped == given


def test_found_district_gives_every_level_its_standing_body(db: None) -> None:
    report = found_district("370881", on=date(2026, 11, 24))
    found_district("370881", on=date(2026, 11, 25))

    streets, communities = len(streets_of("370881")), sum(1 for _ in communities_of_district("370881"))
    kinds = Counter(Body.objects.values_list("kind", flat=True))
    assert report.added == 1 + streets + communities
    assert kinds == {"hotline": 1, "street_office": streets, "residents_committee": communities}
    village = Body.objects.get(area__code="370881110223")
    assert (village.name, str(village.area)) == ("大庙村村民委员会", "大庙村")
    assert [(post.title, post.seats_min, post.seats) for post in village.posts.order_by("id")] == [
        ("主任", 1, 1), ("副主任", 1, 2), ("委员", 1, 4),
    ]  # fmt: skip


def test_the_posts_of_a_committee_add_up_to_what_the_law_allows() -> None:
    sizes = {
        level: (
            sum(p.get("seats_min", 0) for p in pattern["posts"]),
            sum(p.get("seats", 1) for p in pattern["posts"]),
        )
        for level, pattern in patterns().items()
        if pattern["kind"] == "residents_committee"
    }
    assert sizes == {"community": (5, 9), "village": (3, 7)}


def test_a_gazetteer_import_can_be_stopped_and_run_again(tmp_path: Path, db: None) -> None:
    file = tmp_path / "codes.csv"
    file.write_text(
        "code,name\n11,北京市\n1101,市辖区\n110107,石景山区\nnonsense,此行有误\n", encoding="utf-8"
    )
    with pytest.raises(Refused, match="4"):
        import_gazetteer(file)

    file.write_text(
        "code,name\n11,北京市\n1101,市辖区\n110107,石景山区\n110107002,老山街道\n", encoding="utf-8-sig"
    )
    assert import_gazetteer(file) == GazetteerReport(added=4, renamed=0, kept=0)
    file.write_text(
        "code,name\n11,北京市\n1101,市辖区\n110107,石景山\n110107002,老山街道\n", encoding="utf-8"
    )
    assert import_gazetteer(file) == GazetteerReport(added=0, renamed=1, kept=3)
    entry = GazetteerEntry.objects.get(code="110107002")
    assert (entry.level, entry.parent_code, entry.name) == ("street", "110107", "老山街道")


@pytest.mark.parametrize("text", ["", "kode,name\n11,北京市\n", "code,name\n11\n", "code,name\n11,\n"])
def test_a_file_without_codes_and_names_is_refused(tmp_path: Path, db: None, text: str) -> None:
    file = tmp_path / "codes.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Refused):
        import_gazetteer(file)


def test_a_newer_gazetteer_in_the_database_wins_over_the_shipped_one(tmp_path: Path, db: None) -> None:
    file = tmp_path / "codes.csv"
    file.write_text(
        "code,name\n110107,石景山区\n110107002,老山街道\n110107002099,新建社区居委会\n", encoding="utf-8"
    )
    import_gazetteer(file)

    assert found_district("110107").added == 3
    assert Area.objects.get(code="110107002099").name == "新建社区"


@pytest.mark.parametrize(
    ("code", "name", "ground"),
    [
        ("110101001001", "多福巷社区居委会", "多福巷社区"),
        ("370881002002", "旧县二街社区居民委员会", "旧县二街社区"),
        ("370681004230", "洼南村委会", "洼南村"),
        ("370881110223", "大庙村村民委员会", "大庙村"),
        ("110107002011", "老山东里北社区", "老山东里北社区"),
        ("150102001001", "和平居委会", "和平社区"),
        ("659001102501", "一连队", "一连队"),
        ("110101001001", "居委会", "居委会"),
    ],
)
def test_a_committee_is_named_after_its_ground(code: str, name: str, ground: str) -> None:
    assert ground_name(code, name) == ground


def test_the_command_tells_what_it_did(tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("code,name,level,parent_code\n110107,石景山区,district,1101\n", encoding="utf-8")

    assert (main([str(file)]), main(["--found", "110107"]), main(["--found", "999999"])) == (0, 0, 1)

    lines = capsys.readouterr().out.splitlines()
    assert [any(word in line for word in ("163", "162", "999999", "1")) for line in lines] == [
        True,
        True,
        True,
    ]
    assert Area.objects.count() == 163
