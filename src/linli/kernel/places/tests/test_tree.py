"""The street office keeps the tree; what lies where is always answered from it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.places import actions, queries
from linli.kernel.places.building import build
from linli.kernel.places.gazetteer import found_district
from linli.kernel.places.models import Area, Body

Kind = Area.Kind
CLERK = 7  # the key of whoever acts; the room knows no people
DAY = date(2026, 11, 24)


@pytest.fixture
def shijingshan(db: None) -> Area:
    return found_district("110107", by=CLERK, on=DAY).district


@pytest.fixture
def north(shijingshan: Area) -> Area:
    return Area.objects.get(code="110107002011")


@pytest.fixture
def south(shijingshan: Area) -> Area:
    return Area.objects.get(code="110107002015")


def test_a_dwelling_lies_in_its_stair_building_community_street_and_district(north: Area) -> None:
    build(north, [(3, 2, 6, 3)], by=CLERK, on=DAY)

    dwelling = Area.objects.get(path="110107/110107002/110107002011/b3/u2/501/")

    assert [str(area) for area in queries.containing(dwelling)] == [
        "石景山区", "老山街道", "老山东里北社区", "3号楼", "2单元", "501室",
    ]  # fmt: skip
    assert dwelling.parent is not None
    assert [str(area) for area in queries.children(dwelling.parent)][:4] == [
        "101室",
        "102室",
        "103室",
        "201室",
    ]


def test_an_address_reads_as_it_is_written_on_an_envelope(north: Area) -> None:
    build(north, [(3, 2, 6, 3)], by=CLERK, on=DAY)
    stair = Area.objects.get(path__endswith="/b3/u2/")
    dwelling = Area.objects.get(path__endswith="/b3/u2/501/")

    assert queries.address(stair) == "老山东里北社区 3号楼2单元"
    assert queries.address(dwelling) == "老山东里北社区 3号楼2单元501室"
    assert queries.address(Area.objects.get(code="110107002")) == "老山街道"
    with translation.override("en"):
        assert queries.address(stair) == "Laoshan Dongli North Community, Building 3, Stair 2"


def test_thirty_addresses_cost_one_query(north: Area) -> None:
    build(north, [(3, 2, 6, 3)], by=CLERK, on=DAY)
    dwellings = list(Area.objects.filter(kind=Kind.DWELLING)[:30])

    with CaptureQueriesContext(connection) as asked:
        found = queries.addresses(dwellings)

    assert (len(found), len(asked)) == (30, 1)


def test_building_the_same_house_again_adds_nothing_and_a_taller_one_only_the_new_floor(north: Area) -> None:
    assert build(north, [(3, 2, 6, 3)], by=CLERK, on=DAY) == 1 + 2 + 36
    assert build(north, [(3, 2, 6, 3)], by=CLERK, on=DAY) == 0
    assert build(north, [(3, 2, 7, 3)], by=CLERK, on=DAY) == 6

    top = Area.objects.get(path__endswith="/b3/u1/703/")
    assert top.parent == Area.objects.get(path__endswith="/b3/u1/")
    assert Entry.objects.filter(verb="places.built").count() == 2


def test_a_property_area_spans_buildings_of_two_communities(north: Area, south: Area) -> None:
    build(north, [(3, 1, 1, 1)], by=CLERK, on=DAY)
    build(south, [(8, 1, 1, 1)], by=CLERK, on=DAY)
    street = Area.objects.get(code="110107002")
    estate = actions.add_area(
        parent=street, kind=Kind.ESTATE, code="e1", name="老山东里小区", by=CLERK, on=DAY
    )
    three, eight = Area.objects.filter(kind=Kind.BUILDING).order_by("code")

    actions.span(estate, [three, eight], by=CLERK, on=DAY)
    firm = actions.found_body(kind=Body.Kind.PROPERTY_FIRM, name="安居物业", area=estate, by=CLERK, on=DAY)

    home = Area.objects.get(path__endswith="/b8/u1/101/")
    assert list(queries.buildings_of(estate, on=DAY)) == [three, eight]
    assert [list(queries.estates_of(a, on=DAY)) for a in (home, north, south, street)] == [[estate]] * 4
    assert list(queries.estates_of(Area.objects.get(code="110107002017"), on=DAY)) == []
    assert set(queries.bodies_serving(home, on=DAY)) == {
        firm,
        Body.objects.get(name="老山东里南社区居民委员会"),
        Body.objects.get(name="老山街道办事处"),
        Body.objects.get(name="石景山区接诉即办中心"),
    }


def test_a_building_belongs_to_one_property_area_at_a_time(north: Area) -> None:
    build(north, [(3, 1, 1, 1)], by=CLERK, on=DAY)
    building = Area.objects.get(kind=Kind.BUILDING)
    first = actions.add_area(parent=north, kind=Kind.ESTATE, code="e1", name="甲小区", by=CLERK, on=DAY)
    second = actions.add_area(parent=north, kind=Kind.ESTATE, code="e2", name="乙小区", by=CLERK, on=DAY)
    actions.span(first, [building], by=CLERK, on=DAY)

    with pytest.raises(Refused, match=r"already|已"):
        actions.span(second, [building], by=CLERK, on=DAY)

    actions.release(first, building, by=CLERK, on=DAY)
    actions.span(second, [building], by=CLERK, on=date(2026, 11, 25))
    assert list(queries.estates_of(building, on=date(2026, 11, 25))) == [second]


def test_a_community_without_a_team_or_a_supervision_committee_is_told(north: Area) -> None:
    kinds = Body.Kind
    for kind in (kinds.SECURITY_TEAM, kinds.PERSUASION_TEAM):
        actions.found_body(kind=kind, name=f"{kind.label}", area=north, by=CLERK, on=DAY)
    build(north, [(3, 1, 1, 1)], by=CLERK, on=DAY)
    building = Area.objects.get(kind=Kind.BUILDING)

    [gap] = [gap for gap in queries.coverage_gaps(DAY) if gap.community == north]
    assert gap.missing == (kinds.SUPERVISION, kinds.EMERGENCY_TEAM)

    actions.found_body(kind=kinds.EMERGENCY_TEAM, name="应急小分队", area=building, by=CLERK, on=DAY)
    watch = actions.found_body(kind=kinds.SUPERVISION, name="居务监督委员会", area=north, by=CLERK, on=DAY)
    assert north not in [gap.community for gap in queries.coverage_gaps(DAY)]

    actions.close_body(watch, by=CLERK, on=DAY)
    [gap] = [gap for gap in queries.coverage_gaps(date(2026, 11, 25)) if gap.community == north]
    assert gap.missing == (kinds.SUPERVISION,)


def test_two_characters_find_a_place_and_one_finds_none(shijingshan: Area) -> None:
    found = [str(area) for area in queries.named("东里", within=Area.objects.get(code="110107002"))]

    assert found == ["老山东里北社区", "老山东里社区", "老山东里南社区"]
    assert list(queries.named("东", within=shijingshan)) == []
    assert [str(a) for a in queries.named("laoshan xili", within=shijingshan)] == ["老山西里社区"]


def test_an_area_with_something_inside_cannot_be_closed(north: Area) -> None:
    with pytest.raises(Refused):
        actions.close_area(north, by=CLERK, on=DAY)

    committee = Body.objects.get(area=north)
    actions.close_body(committee, by=CLERK, on=DAY)
    actions.close_area(north, by=CLERK, on=DAY)

    assert queries.area_by_code("110107002011") is None
    assert Area.objects.get(pk=north.pk).valid_to == DAY
    with pytest.raises(Refused):
        actions.close_area(north, by=CLERK, on=DAY)


def test_the_code_of_a_closed_area_may_be_used_again(shijingshan: Area, north: Area) -> None:
    actions.close_body(Body.objects.get(area=north), by=CLERK, on=DAY)
    actions.close_area(north, by=CLERK, on=DAY)
    street = Area.objects.get(code="110107002")

    again = actions.add_area(
        parent=street,
        kind=Kind.COMMUNITY,
        code="110107002011",
        name="老山东里北社区",
        by=CLERK,
        on=date(2026, 12, 1),
    )

    assert queries.area_by_code("110107002011") == again != north


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.STREET, "x"),
        (Kind.BUILDING, "b/3"),
        (Kind.BUILDING, ""),
        (Kind.BUILDING, "三"),
        (Kind.BUILDING, "b" * 120),
    ],
)
def test_what_does_not_fit_into_a_community_is_refused(north: Area, kind: str, code: str) -> None:
    with pytest.raises(Refused):
        actions.add_area(parent=north, kind=kind, code=code, name="不行", by=CLERK)

    assert not Area.objects.filter(name="不行").exists()


def test_a_post_is_added_once_and_told_in_the_journal(north: Area) -> None:
    committee = Body.objects.get(area=north)
    posts = [(p.title, p.seats_min, p.seats, p.leads) for p in committee.posts.order_by("id")]
    assert posts == [("主任", 1, 1, True), ("副主任", 1, 2, False), ("委员", 3, 6, False)]

    actions.add_post(committee, title="文书", seats=1, by=CLERK)
    with pytest.raises(Refused):
        actions.add_post(committee, title="文书", by=CLERK)

    entry = Entry.objects.filter(verb="places.post_added").get()
    assert (entry.actor_id, entry.path, entry.sensitivity) == (CLERK, north.path, 0)


codes = st.lists(st.sampled_from(["a", "ab", "b", "b1", "z-", "0"]), min_size=1, max_size=4)


@pytest.mark.django_db
@settings(deadline=None, max_examples=60)
@given(st.lists(codes, max_size=12, unique_by=tuple), codes)
def test_under_finds_exactly_the_paths_that_begin_so(chains: list[list[str]], inside: list[str]) -> None:
    Area.objects.all().delete()
    paths = {"/".join(chain) + "/" for chain in chains}
    wanted = "/".join(inside) + "/"
    Area.objects.bulk_create(Area(code="x", kind=Kind.SPOT, name="x", path=p, valid_from=DAY) for p in paths)

    found = set(Area.objects.filter(path__under=wanted).values_list("path", flat=True))

    assert found == {path for path in paths if path.startswith(wanted)}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of the table")
def test_under_reads_an_index_and_not_the_whole_tree(north: Area) -> None:
    plan = Area.objects.filter(path__under=north.path).order_by().explain()

    assert "SEARCH places_area USING INDEX" in plan
