"""Who finds what, and what the index forgets."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.cases.actions import join, make_move, open_case, say
from linli.kernel.cases.kinds import Kind, Move, register
from linli.kernel.cases.models import Case, Step
from linli.kernel.cases.queries import cases_seen_by
from linli.kernel.journal.actions import record
from linli.kernel.journal.jobs import seal_now
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person
from linli.kernel.search.actions import draft, forget, index, index_waiting
from linli.kernel.search.following import follow, index_now, rebuild
from linli.kernel.search.models import Doc
from linli.kernel.search.queries import search
from linli.kernel.search.splitting import plain
from linli.kernel.search.tests.conftest import Town

pytestmark = pytest.mark.django_db
GIVE = Move("found.given", ("open",), None)
register(Kind(name="found", label="found", states=("open",), moves=(GIVE,)))
register(Kind(name="mediation", label="mediation", states=("open",), moves=()))


def appeal(town: Town, text: str, *, by: Person | None = None, area: Any = None, **more: Any) -> Case:
    """A matter raised by the kernel's own action."""
    case = open_case(
        kind="found", verb="found.raised", state="open", title=text[:20], area=area or town.north,
        by=by or town.wang, sensitivity=more.pop("sensitivity", Sensitivity.PARTIES), text=text,
        public_title=more.pop("public_title", ""),
    )  # fmt: skip
    if more.get("unit"):
        make_move(case, GIVE, by=town.chen, unit=more["unit"])
    return case


def three_seconds_later() -> None:
    """What the two jobs do, one after the other."""
    seal_now()
    index_now()


def found(town: Town, who: Person | None, words: str, **more: Any) -> list[int]:
    return [hit.object_id for hit in search(town.standing(who), words, **more)]


def test_a_two_character_word_is_found_by_those_who_may_see_it_and_by_nobody_else(town: Town) -> None:
    leak = appeal(town, "三号楼楼道顶上漏水三天了", unit=town.lifts)
    appeal(town, "电梯坏了", by=town.zhou, area=town.south)
    three_seconds_later()

    who = {"王阿姨": town.wang, "陈晓雨": town.chen, "刘师傅": town.liu, "孙科长": town.sun}
    assert {name: found(town, person, "漏水") for name, person in who.items()} == {
        name: [leak.pk] for name in who
    }
    assert [found(town, person, "漏水") for person in (town.zhou, town.outsider, None)] == [[], [], []]
    assert [found(town, town.chen, words) for words in ("漏", "楼道漏水", "水漏", "电梯")] == [
        [leak.pk], [leak.pk], [], [],
    ]  # fmt: skip


def test_a_sealed_matter_is_found_by_its_parties_and_its_body_alone(town: Town) -> None:
    sealed = appeal(town, "邻居噪音扰民", unit=town.lifts, sensitivity=Sensitivity.SEALED)
    three_seconds_later()

    finders = [p for p in (town.wang, town.chen, town.liu, town.sun, town.zhou) if found(town, p, "噪音")]
    assert (sealed.sensitivity, finders) == (Sensitivity.SEALED, [town.wang, town.liu])


def test_who_joins_finds_it_and_who_no_longer_handles_it_does_not(town: Town) -> None:
    case = appeal(town, "小区路灯不亮", unit=town.lifts, public_title="路灯照明")
    three_seconds_later()
    assert (found(town, town.zhou, "路灯"), found(town, town.liu, "路灯")) == ([], [case.pk])

    join(case, person=town.zhou)
    make_move(case, GIVE, by=town.chen, unit=None)

    assert found(town, town.liu, "路灯") == [], "at once, although the index still holds the old scope"
    three_seconds_later()
    assert (found(town, town.zhou, "路灯"), found(town, town.liu, "路灯")) == ([case.pk], [])


def test_each_finds_the_words_of_the_thread_as_far_as_she_may_read_it(town: Town) -> None:
    case = appeal(town, "路灯不亮")
    join(case, person=town.zhou)
    say(case, by=town.chen, text="师傅明天带灯泡来", audience=Step.Audience.PUBLIC)
    say(case, by=town.wang, text="我家门牌是五零一")
    say(case, by=town.chen, text="此人多次投诉", audience=Step.Audience.STAFF)
    record("found.joined", case, by=town.zhou)
    three_seconds_later()

    words = ("路灯", "灯泡", "门牌", "投诉")
    assert {who.name: [w for w in words if found(town, who, w)] for who in (town.wang, town.zhou, town.chen)} == {
        "王阿姨": ["路灯", "灯泡", "门牌"], "周爷爷": ["灯泡"], "陈晓雨": ["路灯", "灯泡", "门牌"],
    }  # fmt: skip


def test_staff_who_joined_as_a_neighbour_finds_the_matter_once(town: Town) -> None:
    case = appeal(town, "路灯不亮")
    join(case, person=town.chen)
    record("found.joined", case, by=town.chen)
    three_seconds_later()
    assert found(town, town.chen, "路灯") == [case.pk]


def test_the_result_shows_the_matter_as_it_stands(town: Town) -> None:
    case = appeal(town, "电梯坏了", unit=town.lifts)
    three_seconds_later()

    (hit,) = search(town.standing(town.wang), "电梯")
    assert hit.case is not None
    assert (hit.kind, hit.object_id, hit.case.number, hit.case.unit_id) == (
        "case", case.pk, case.number, town.lifts.pk,
    )  # fmt: skip


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


def test_a_confidential_kind_is_never_indexed(town: Town) -> None:
    with pytest.raises(ValueError, match="never indexed"):
        draft("mediation", 1, title="调解", sensitivity=Sensitivity.SEALED)
    open_case(
        kind="mediation", verb="mediation.asked", state="open", title="邻里纠纷", area=town.north, by=town.wang,
        sensitivity=Sensitivity.SEALED, text="楼上漏水不赔",
    )  # fmt: skip
    three_seconds_later()
    assert (found(town, town.wang, "漏水"), Doc.objects.count()) == ([], 0)


def test_pages_follow_one_another_newest_first_without_gaps(town: Town) -> None:
    cases = [appeal(town, f"第{n}次反映停车位不够").pk for n in range(7)]
    three_seconds_later()

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
    three_seconds_later()
    assert (cost("下水道", 1), cost("暖气", 30)) == (3, 3)


def test_words_changed_before_and_after_they_were_indexed_leave_no_stale_find(town: Town) -> None:
    case = appeal(town, "电梯坏了")
    for title, posted in (("门禁坏了", False), ("水管坏了", True), ("煤气坏了", False), ("暖气坏了", True)):
        Case.objects.filter(pk=case.pk).update(title=title)
        Step.objects.filter(case=case).update(text=title)
        record("found.corrected", case, by=town.chen)
        seal_now()
        follow()
        if posted:
            index_waiting()
    words = ("电梯", "门禁", "水管", "煤气", "暖气", "坏了")
    assert {w: found(town, town.chen, w) for w in words if found(town, town.chen, w)} == {
        "暖气": [case.pk], "坏了": [case.pk],
    }  # fmt: skip


def test_what_is_said_again_is_not_written_again(town: Town) -> None:
    case = appeal(town, "电梯坏了")
    three_seconds_later()
    record("found.nudged", case, by=town.wang)
    seal_now()
    with CaptureQueriesContext(connection) as seen:
        follow()
    assert [q["sql"] for q in seen if "search_doc" in q["sql"] and not q["sql"].startswith("SELECT")] == []


def test_forgetting_in_every_state(town: Town) -> None:
    indexed, changed = appeal(town, "猫病了"), appeal(town, "猫跑了")
    three_seconds_later()
    waiting = appeal(town, "猫丢了")
    Step.objects.filter(case=changed).update(text="狗跑了")
    record("found.corrected", changed, by=town.chen)
    seal_now()
    follow()
    assert sorted(Doc.objects.values_list("state", flat=True)) == [0, 1, 2]

    assert (forget("case", waiting.pk, indexed.pk, changed.pk), forget("case", indexed.pk)) == (3, 0)
    three_seconds_later()
    assert (found(town, town.chen, "猫"), found(town, town.chen, "狗"), Doc.objects.count()) == ([], [], 0)


def test_who_is_erased_is_read_anew_in_every_matter_of_hers(town: Town) -> None:
    case = appeal(town, "我是王阿姨，电话打不通")
    three_seconds_later()
    record("people.erased", town.wang, by=town.chen)
    assert [found(town, town.chen, words) for words in ("王阿姨", "电话")] == [[], []]
    three_seconds_later()

    case.refresh_from_db()
    assert [found(town, town.chen, words) for words in ("电话", case.title)] == [[], [case.pk]]


def test_an_idle_round_of_the_worker_only_reads(town: Town) -> None:
    appeal(town, "电梯坏了")
    three_seconds_later()
    with CaptureQueriesContext(connection) as seen:
        index_now()
    assert {q["sql"].split()[0] for q in seen} == {"SELECT"}


def test_a_rebuild_finds_the_same_things_and_what_nobody_told_it(town: Town) -> None:
    cases = [appeal(town, text).pk for text in ("电梯坏了", "路灯不亮", "电梯困人")]
    seal_now()
    index(draft("guide", 1, title="电梯年检指南", sensitivity=0, everybody=True))
    told: list[tuple[int, int]] = []

    assert rebuild(lambda done, total: told.append((done, total)), batch=2) == 4
    assert (found(town, town.chen, "电梯"), told) == ([cases[2], cases[0], 1], [(2, 4), (4, 4)])
    assert follow() == 0, "the rebuild has read the journal to its end"


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
    three_seconds_later()
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
    three_seconds_later()
    assert found(town, town.chen, "zqxcanary") == [case.pk]

    Case.objects.filter(pk=case.pk).update(title="")
    Step.objects.filter(case=case).update(text="")
    forget("case", case.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy.sqlite3")])
        cursor.execute("SELECT hex(block) FROM search_words_data")
        blocks = "".join(row[0] for row in cursor.fetchall())
    assert b"zqxcanary".hex().upper() not in blocks
    assert b"zqxcanary" not in (tmp_path / "copy.sqlite3").read_bytes()
