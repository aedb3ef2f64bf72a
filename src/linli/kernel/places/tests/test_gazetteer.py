"""A district's file becomes the live tree, once and dated."""

import os
from datetime import date
from pathlib import Path

import pytest

from linli.kernel.places.gazetteer import import_district
from linli.kernel.places.models import Area

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[5]
PLACES = (ROOT / os.environ.get("LINLI_SHARED", "../shared")).resolve() / "data" / "places"
FILES = {
    "110101_beijing_dongcheng.csv": 187,
    "110107_beijing_shijingshan.csv": 163,
    "320613_jiangsu_nantong_chongchuan.csv": 202,
    "370681_shandong_longkou.csv": 488,
    "370881_shandong_qufu.csv": 340,
    "440118_guangdong_guangzhou_zengcheng.csv": 384,
}


@pytest.fixture
def places() -> Path:
    if not PLACES.exists():
        assert os.environ.get("CI") != "true", f"{PLACES} is missing"
        pytest.skip(f"NOT TESTED: the district files are not at {PLACES}; set LINLI_SHARED.")
    return PLACES


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
