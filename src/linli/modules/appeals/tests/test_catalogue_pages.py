"""管理员 keeps the dispatch catalogue; a change is a new dated row, and nobody else may make it."""

import re
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.kernel.answers import Refused
from linli.kernel.clock import today
from linli.kernel.journal.models import Entry
from linli.modules.appeals.actions import catalogue as actions
from linli.modules.appeals.models import CatalogueRow, Duty
from linli.modules.appeals.queries import catalogue as queries
from linli.modules.appeals.rules.catalogue import Line, told_with_source
from tests import make

pytestmark = pytest.mark.django_db
LAMP = "0203"
MOMENT = make.at("2026-11-24 09:00")
TODAY, EVE = date(2026, 11, 24), date(2026, 11, 23)


def form(**more: object) -> dict[str, object]:
    return {
        "unit_name": "东里物业公司", "helpers": "老山街道办事处；社区居委会", "urgency": "urgent_24h", "part": "assist",
        "note": "按业主大会的约定", "on": "2026-11-24", **more,
    }  # fmt: skip


def rows(s: make.Scene) -> list[tuple[str, date, date | None, str]]:
    found = CatalogueRow.objects.filter(l2=LAMP).order_by("id").select_related("area")
    return [(row.unit_name, row.valid_from, row.valid_to, row.area.name) for row in found]


@time_machine.travel(MOMENT, tick=False)
def test_a_change_is_a_new_row_and_the_old_one_ends_the_day_before(client: Client) -> None:
    s = make.scene()
    old = rows(s)[0][0]
    make.sign_in(client, s.root)

    answer = client.post(f"/settings/catalogue/{LAMP}/change/", form())

    assert (answer.status_code, answer["Location"]) == (302, "/settings/catalogue/?area=110107")
    assert rows(s) == [(old, make.LONG_AGO, EVE, "石景山区"), ("东里物业公司", TODAY, None, "石景山区")]
    new = queries.catalogue_row(LAMP, path=s.stair.path, on=TODAY)
    assert new is not None
    assert (new.helpers, new.urgency, new.to_grid) == ("老山街道办事处;社区居委会", "urgent_24h", False)
    assert queries.duty_part(LAMP, path=s.stair.path, on=TODAY) == "assist"
    assert Entry.objects.filter(verb="appeals.catalogue_changed", actor_id=s.root.pk).count() == 1


@time_machine.travel(MOMENT, tick=False)
def test_yesterday_is_refused_and_the_words_stay_in_the_form(client: Client) -> None:
    s = make.scene()
    before = rows(s)
    make.sign_in(client, s.root)

    page = client.post(f"/settings/catalogue/{LAMP}/change/", form(on="2026-11-23", note="第十七条"))

    assert page.status_code == 409
    assert "第十七条" in page.text
    assert rows(s) == before


@time_machine.travel(MOMENT, tick=False)
def test_a_community_has_a_row_of_its_own_and_its_neighbour_keeps_the_districts(client: Client) -> None:
    s = make.scene()
    theirs = queries.catalogue_row(LAMP, path=s.other_community.path, on=TODAY)
    make.sign_in(client, s.root)

    client.post(f"/settings/catalogue/{LAMP}/change/?area={s.community.code}", form(part="none"))

    ours = queries.catalogue_row(LAMP, path=s.stair.path, on=TODAY)
    assert ours is not None and theirs is not None
    assert (ours.unit, ours.area) == (s.property_firm, s.community)
    assert queries.catalogue_row(LAMP, path=s.other_community.path, on=TODAY) == theirs
    assert queries.duty_part(LAMP, path=s.stair.path, on=TODAY) is None


@time_machine.travel(MOMENT, tick=False)
def test_a_planned_change_ends_what_is_changed_before_it() -> None:
    s = make.scene()
    root, later = s.as_("root"), TODAY + timedelta(days=10)

    actions.change(s.district, Line(LAMP, "甲"), on=later, by=root)
    actions.change(s.district, Line(LAMP, "乙"), on=TODAY, by=root)
    actions.change(s.district, Line(LAMP, "丙"), on=TODAY, by=root)

    assert [row[:3] for row in rows(s)[1:]] == [
        ("甲", later, None), ("乙", TODAY, EVE), ("丙", TODAY, later - timedelta(days=1)),
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.change(s.district, Line(LAMP, "丙"), on=TODAY, by=root)


def test_the_desk_and_a_neighbour_change_nothing(client: Client) -> None:
    s = make.scene()
    before = rows(s)
    for name, status in (("chen", 404), ("sun", 404), ("wang", 404)):
        make.sign_in(client, s.people[name])
        assert client.post(f"/settings/catalogue/{LAMP}/change/", form()).status_code == status
        assert client.get("/settings/catalogue/").status_code == 403
    with pytest.raises(Refused):
        actions.change(s.district, Line(LAMP, "甲"), on=today(), by=s.as_("sun"))

    assert rows(s) == before


def test_the_list_is_found_by_group_and_by_word(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    whole, group, found, none = (
        client.get(f"/settings/catalogue/{q}") for q in ("", "?l1=02", "?q=0203", "?q=没有这样的事")
    )

    assert [page.text.count('<th scope="row">') for page in (whole, group, found, none)] == [110, 7, 1, 0]
    assert client.get("/settings/catalogue/9999/").status_code == 404
    assert client.get("/settings/catalogue/?area=999").status_code == 404


def test_the_list_costs_the_same_for_one_row_and_for_all(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    client.get("/settings/catalogue/")
    with CaptureQueriesContext(connection) as all_rows:
        client.get("/settings/catalogue/")
    CatalogueRow.objects.exclude(l2=LAMP).delete()
    with CaptureQueriesContext(connection) as one_row:
        client.get("/settings/catalogue/")

    assert len(all_rows) == len(one_row) <= 12


def upload(text: str, name: str = "table.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("gb18030"))


def sent(client: Client, s: make.Scene, text: str) -> object:
    return client.post(
        "/settings/catalogue/table/", {"area": s.district.code, "on": str(today()), "file": upload(text)}
    )


def test_the_exported_table_comes_back_without_a_change(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    exported = client.get("/settings/catalogue/table.csv").content.decode("utf-8-sig")

    page = sent(client, s, exported)

    assert page.status_code == 200
    assert (page.context["changes"], page.context["faults"], page.context["same"]) == ([], [], 110)


def test_a_corrected_table_is_looked_at_first_and_then_put_in_force(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    before = CatalogueRow.objects.count()
    table = "l2,name_zh,first_unit,co_units,urgency,grid_direct,note,provenance\n203,灯,社区居委会,东里物业公司,urgent_24h,是,,\n"

    page = sent(client, s, table)
    assert CatalogueRow.objects.count() == before
    answer = client.post("/settings/catalogue/table/adopt/", {"sealed": page.context["sealed"]})

    assert answer.status_code == 302
    assert CatalogueRow.objects.count() == before + 1
    assert rows(s)[-1][:3] == ("社区居委会", today(), None)
    assert queries.duty_part(LAMP, path=s.stair.path, on=today()) == "lead"


def test_wrong_rows_are_told_by_number_and_nothing_can_be_put_in_force(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    head = "l2,first_unit,co_units,urgency,grid_direct,note\n"
    table = (
        head
        + "0203,,,urgent_24h,yes,\n9999,甲,,urgent_24h,,\n0204,甲,,soon,,\n0205,甲,,ordinary_7d,maybe,\n0206,甲,,ordinary_7d,,\n0206,乙,,ordinary_7d,,\n"
    )

    page = sent(client, s, table)

    assert [fault.number for fault in page.context["faults"]] == [2, 3, 4, 5, 7]
    assert "/settings/catalogue/table/adopt/" not in page.text
    assert sent(client, s, "l2,first_unit\n0203,甲\n").context["faults"][0].number == 2
    assert client.post("/settings/catalogue/table/adopt/", {"sealed": "made up"}).status_code == 409


def test_a_name_that_is_a_formula_is_no_formula_in_the_table(client: Client) -> None:
    s = make.scene()
    CatalogueRow.objects.filter(l2=LAMP).update(unit_name="=HYPERLINK(1)")
    make.sign_in(client, s.root)

    text = client.get("/settings/catalogue/table.csv").content.decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


def test_a_new_district_begins_with_the_shipped_catalogue() -> None:
    from linli.web.views.setup import begin

    district = begin(
        {
            "district": "110107",
            "name": "管理员",
            "username": "guanli",
            "password": "a-long-password-1",
            "rules": "beijing",
        }
    )

    assert CatalogueRow.objects.filter(area=district, valid_from=today(), valid_to=None).count() == 110
    assert Duty.objects.filter(area=district).exists()


class AnyOrderOfChanges(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("甲乙丙")), max_size=8))
    def test_one_row_is_in_force_on_every_day_and_it_is_the_last_one_said(
        self, changes: list[tuple[int, str]]
    ) -> None:
        with time_machine.travel(MOMENT, tick=False):
            s = make.scene()
            said, starts = [rows(s)[0][0]] * 10, set[int]()
            for day, name in changes:
                self.change(s, day, name, refused=said[day] == name)
                if said[day] != name:
                    until = min((start for start in starts if start > day), default=10)
                    said[day:until] = [name] * (until - day)
                    starts.add(day)

            in_force = [
                CatalogueRow.objects.filter(queries.valid_on(TODAY + timedelta(days=day)), l2=LAMP)
                for day in range(10)
            ]
            assert [[row.unit_name for row in found] for found in in_force] == [[name] for name in said]

    def change(self, s: make.Scene, day: int, name: str, *, refused: bool) -> None:
        line = Line(LAMP, name, part=queries.parts_in_force(s.district.path, TODAY).get(LAMP, "none"))
        with pytest.raises(Refused) if refused else nullcontext():
            actions.change(s.district, line, on=TODAY + timedelta(days=day), by=s.as_("root"))


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("[L]民法典§943定期公开", [("Statute", "民法典§943定期公开")]),
        (
            "[W]24小时档；[K]以公告为准",
            [("Published source", "24小时档；"), ("Working default", "以公告为准")],
        ),
        ("[S][L]协商议事优先", [("Press report, Statute", "协商议事优先")]),
        ("先看这里[D]可直派", [("", "先看这里"), ("Working default", "可直派")]),
        ("没有标记", [("", "没有标记")]),
        ("", []),
    ],
)
def test_the_marks_of_a_note_are_told_in_words(note: str, told: list[tuple[str, str]]) -> None:
    with translation.override("en"):
        assert told_with_source(note) == told


def test_no_page_of_the_catalogue_shows_a_raw_mark(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    page = client.get("/settings/catalogue/").text

    assert re.findall(r"\[[LWSKD]\]", page) == []
    assert ("法条" in page, "默认做法" in page) == (True, True)
