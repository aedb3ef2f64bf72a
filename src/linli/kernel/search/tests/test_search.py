"""Who finds what, and what the index forgets."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.cases.actions import join, open_case
from linli.kernel.cases.kinds import Kind, register
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person
from linli.kernel.search.actions import draft, forget, index, index_waiting, rebuild
from linli.kernel.search.cases import index_case
from linli.kernel.search.models import Doc
from linli.kernel.search.queries import search
from linli.kernel.search.splitting import plain
from linli.kernel.search.tests.conftest import Town

pytestmark = pytest.mark.django_db
register(Kind(name="found", label="found", states=("open",), moves=()))


def appeal(town: Town, text: str, *, by: Person | None = None, area: Any = None, **more: Any) -> Case:
    """A matter raised and put into the index, as an action of a module does it."""
    unit = more.pop("unit", None)
    case = open_case(
        kind="found", verb="found.raised", state="open", title=text[:20], area=area or town.north,
        by=by or town.wang, sensitivity=more.pop("sensitivity", Sensitivity.PARTIES), text=text,
    )  # fmt: skip
    if unit:
        Case.objects.filter(pk=case.pk).update(unit=unit)
        case.unit = unit
    index_case(case, text=text, url=f"/appeals/{case.pk}/", new=True)
    return case


def found(town: Town, who: Person | None, words: str, **more: Any) -> list[int]:
    return [hit.object_id for hit in search(town.standing(who), words, **more)]


def test_a_two_character_word_is_found_by_those_who_may_see_it_and_by_nobody_else(town: Town) -> None:
    leak = appeal(town, "三号楼楼道顶上漏水三天了", unit=town.lifts)
    appeal(town, "电梯坏了", by=town.zhou, area=town.south)
    index_waiting()

    who = {"王阿姨": town.wang, "陈晓雨": town.chen, "刘师傅": town.liu, "孙科长": town.sun}
    assert {name: found(town, person, "漏水") for name, person in who.items()} == dict.fromkeys(
        who, [leak.pk]
    )
    assert [found(town, person, "漏水") for person in (town.zhou, town.outsider, None)] == [[], [], []]
    assert [found(town, town.chen, words) for words in ("漏", "楼道漏水", "水漏", "电梯")] == [
        [leak.pk], [leak.pk], [], [],
    ]  # fmt: skip


def test_a_sealed_matter_is_found_by_its_parties_and_its_body_alone(town: Town) -> None:
    sealed = appeal(town, "邻居噪音扰民", unit=town.lifts, sensitivity=Sensitivity.SEALED)
    index_waiting()

    finders = [p for p in (town.wang, town.chen, town.liu, town.sun, town.zhou) if found(town, p, "噪音")]
    assert (sealed.sensitivity, finders) == (Sensitivity.SEALED, [town.wang, town.liu])


def test_who_joins_finds_it_and_who_no_longer_handles_it_does_not(town: Town) -> None:
    case = appeal(town, "小区路灯不亮", unit=town.lifts)
    index_waiting()
    assert (found(town, town.zhou, "路灯"), found(town, town.liu, "路灯")) == ([], [case.pk])

    join(case, person=town.zhou)
    Case.objects.filter(pk=case.pk).update(unit=None)
    case.unit = None
    index_case(case, text="小区路灯不亮", url="")

    assert found(town, town.liu, "路灯") == [], "at once, although the index still holds the old scope"
    index_waiting()
    assert (found(town, town.zhou, "路灯"), found(town, town.liu, "路灯")) == ([case.pk], [])


def test_what_everybody_may_read_is_found_signed_out(town: Town) -> None:
    index(
        draft(
            "guide",
            1,
            title="老年卡办理指南",
            text="带身份证",
            url="/guides/1/",
            sensitivity=0,
            everybody=True,
        )
    )
    index(draft("note", 2, title="老年卡内部口径", path=town.north.path, sensitivity=1))
    index_waiting()

    (hit,) = search(town.standing(None), "老年卡")
    assert (hit.kind, hit.object_id, hit.url, hit.title) == (
        "guide", 1, "/guides/1/", (("老年卡", True), ("办理指南", False)),
    )  # fmt: skip


def test_a_confidential_kind_is_never_indexed() -> None:
    with pytest.raises(ValueError, match="never indexed"):
        draft("mediation", 1, title="调解", sensitivity=Sensitivity.SEALED)


def test_pages_follow_one_another_newest_first_without_gaps(town: Town) -> None:
    cases = [appeal(town, f"第{n}次反映停车位不够").pk for n in range(7)]
    index_waiting()

    pages, after = [], None
    while page := search(town.standing(town.chen), "停车位", limit=3, after=after):
        pages.append([hit.object_id for hit in page])
        after = page[-1].cursor
    assert pages == [cases[6:3:-1], cases[3:0:-1], cases[:1]]


def test_a_page_costs_the_same_queries_for_one_hit_and_for_thirty(town: Town) -> None:
    def cost(words: str, hits: int) -> int:
        who = town.standing(town.chen)
        with CaptureQueriesContext(connection) as seen:
            assert len(search(who, words, limit=30)) == hits
        return len(seen)

    for n in range(30):
        appeal(town, f"{n}号楼暖气不热")
    appeal(town, "下水道堵了")
    index_waiting()
    assert (cost("下水道", 1), cost("暖气", 30)) == (3, 3)


def test_words_changed_before_and_after_they_were_indexed_leave_no_stale_find(town: Town) -> None:
    case = appeal(town, "电梯坏了")
    for text, again in (("门禁坏了", False), ("水管坏了", True), ("煤气坏了", False), ("暖气坏了", True)):
        index_case(case, text=text, url="")
        case.title = text
        index_case(case, text=text, url="")
        if again:
            index_waiting()
    words = ("电梯", "门禁", "水管", "煤气", "暖气", "坏了")
    assert {w: found(town, town.chen, w) for w in words if found(town, town.chen, w)} == {
        "暖气": [case.pk], "坏了": [case.pk],
    }  # fmt: skip


def test_forgetting_in_every_state(town: Town) -> None:
    waiting, indexed, changed = appeal(town, "猫丢了"), appeal(town, "猫病了"), appeal(town, "猫跑了")
    Doc.objects.exclude(object_id=waiting.pk).update(at="2026-11-24T00:00:00Z")
    Doc.objects.filter(object_id=waiting.pk).delete()
    index_waiting()
    waiting = appeal(town, "猫丢了")
    index_case(changed, text="狗跑了", url="")

    assert [forget("case", case.pk) for case in (waiting, indexed, changed)] == [True, True, True]
    assert forget("case", indexed.pk) is False
    index_waiting()
    assert (found(town, town.chen, "猫"), found(town, town.chen, "狗"), Doc.objects.count()) == ([], [], 0)


def test_an_idle_round_of_the_worker_only_reads(town: Town) -> None:
    appeal(town, "电梯坏了")
    assert (index_waiting(), index_waiting()) == (1, 0)
    with CaptureQueriesContext(connection) as seen:
        index_waiting()
    assert [q["sql"].split()[0] for q in seen] == ["SELECT"]


def test_a_rebuild_finds_the_same_things(town: Town) -> None:
    cases = [appeal(town, text).pk for text in ("电梯坏了", "电梯困人", "路灯不亮")]
    index_waiting()
    told: list[tuple[int, int]] = []

    assert rebuild(lambda done, total: told.append((done, total))) == 3
    assert (found(town, town.chen, "电梯"), told) == ([cases[1], cases[0]], [(3, 3)])


# Against the plain definition: seen by the rule of cases, and the words stand in the text.

TEXTS = st.text(st.sampled_from("漏水电梯楼道坏了一A3 "), min_size=2, max_size=8).filter(str.strip)
RAISED = st.tuples(TEXTS, st.sampled_from(["north", "south"]), st.booleans(), st.sampled_from([1, 2, 3]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    raised=st.lists(RAISED, min_size=1, max_size=6), words=st.text("漏水电梯楼道坏了", min_size=1, max_size=2)
)
def test_search_finds_exactly_what_may_be_seen_and_holds_the_word(
    town: Town, raised: list[tuple[str, str, bool, int]], words: str
) -> None:
    made = [
        appeal(town, text, area=getattr(town, area), unit=town.lifts if unit else None, sensitivity=level)
        for text, area, unit, level in raised
    ]
    index_waiting()
    holding = {case.pk for case, (text, *_rest) in zip(made, raised, strict=True) if words in plain(text)}
    for person in (town.wang, town.chen, town.liu, town.sun, town.zhou, None):
        seen = set(cases_seen_by(town.standing(person)).filter(pk__in=holding).values_list("pk", flat=True))
        assert set(found(town, person, words, limit=50)) & {case.pk for case in made} == seen


# Nothing stays behind in the file


@pytest.mark.django_db(transaction=True)
def test_forgotten_words_are_gone_from_the_database_file(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the file of a PostgreSQL table is overwritten by its own vacuum")
    town, canary = Town(), "金丝雀zqxcanary"
    for n in range(200):
        appeal(town, f"第{n}件事：楼道漏水")
    case = appeal(town, canary)
    index_waiting()
    assert found(town, town.chen, "zqxcanary") == [case.pk]

    forget("case", case.pk)
    Case.objects.filter(pk=case.pk).update(title="")
    for step in case.steps.all():
        step.text = ""
        step.save()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy.sqlite3")])
        cursor.execute("SELECT hex(block) FROM search_words_data")
        blocks = "".join(row[0] for row in cursor.fetchall())
    assert b"zqxcanary".hex().upper() not in blocks
    assert b"zqxcanary" not in (tmp_path / "copy.sqlite3").read_bytes()
