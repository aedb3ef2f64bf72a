"""One thread from the first sentence on: what each reader reads of cases that lead to one another."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.cases import threads
from linli.kernel.cases.actions import join, link, make_move, say
from linli.kernel.cases.chains import FARTHEST, chain_seen_by, neighbours_behind
from linli.kernel.cases.models import Case, Link, Step
from linli.kernel.cases.queries import cases_seen_by, steps_seen_by
from linli.kernel.cases.tests.conftest import GIVE, Lane
from linli.kernel.cases.threads import PAGE, thread_of
from linli.kernel.clock import SHANGHAI
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.standing import Standing

FAR = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
START = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
CASE = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["stair", "south"]), "by": st.sampled_from(["wang", "zhou", "outsider"]),
        "sensitivity": st.sampled_from(list(Sensitivity)), "given": st.booleans(),
        "joined": st.sampled_from([None, "zhou", "chen", "outsider"]), "under": st.integers(0, 10),
        "kind": st.sampled_from(list(Link.Kind)), "onward": st.booleans(),
        "said": st.lists(st.tuples(st.sampled_from(list(Step.Audience)), st.integers(0, 9)), max_size=3),
    }
)  # fmt: skip


def told(lane: Lane, cases: list[dict[str, Any]]) -> list[Case]:
    """A tree of cases: each but the first is linked with one before it, in either direction."""
    made: list[Case] = []
    for one in cases:
        case = lane.raised(
            area=getattr(lane, one["place"]), by=getattr(lane, one["by"]), sensitivity=one["sensitivity"]
        )
        if one["joined"]:
            join(case, person=getattr(lane, one["joined"]))
        if one["given"]:
            make_move(case, GIVE, by=lane.chen, unit=lane.firm, audience=Step.Audience.PUBLIC)
        for audience, minutes in one["said"]:
            step = say(case, by=lane.liu, text="一句话", audience=audience)
            Step.objects.filter(pk=step.pk).update(at=START + timedelta(minutes=minutes))
        if made:
            ends = [case, made[one["under"] % len(made)]]
            source, target = ends if one["onward"] else ends[::-1]
            link(source, target, kind=one["kind"], by=lane.chen)
        made.append(case)
    return made


def told_one_by_one(who: Standing, start: Case) -> list[int]:
    """The plain way: walk link by link, ask of each case whether it is seen, and sort all their lines."""
    todo, passed, lines = [start], set(), []
    while todo:
        case = todo.pop()
        seen = cases_seen_by(who).filter(pk=case.pk).exists()
        if case.pk in passed or (not seen and case.sensitivity == Sensitivity.SEALED):
            continue
        passed.add(case.pk)
        lines += list(steps_seen_by(who, case)) if seen else []
        todo += Case.objects.filter(leads_to__target=case) | Case.objects.filter(comes_from__source=case)
    return [step.pk for step in sorted(lines, key=lambda step: (step.at, step.pk))]


@FAR
@given(cases=st.lists(CASE, min_size=1, max_size=7), at=st.integers(0, 6))
def test_the_thread_is_every_single_timeline_the_reader_may_see_in_the_order_of_time(
    lane: Lane, cases: list[dict[str, Any]], at: int
) -> None:
    start = told(lane, cases)[at % len(cases)]
    for who in lane.everybody().values():
        if cases_seen_by(who).filter(pk=start.pk).exists():
            thread = thread_of(who, chain_seen_by(who, start))
            assert [step.pk for step in thread.steps] == told_one_by_one(who, start)


@FAR
@given(cases=st.lists(CASE, min_size=1, max_size=4), size=st.integers(1, 4))
def test_leafing_back_and_forth_tells_every_line_once(
    lane: Lane, cases: list[dict[str, Any]], size: int
) -> None:
    start, who = told(lane, cases)[0], lane.everybody()["赵主任"]
    if start.sensitivity == Sensitivity.SEALED:
        return
    chain = chain_seen_by(who, start)
    whole = [step.pk for step in thread_of(who, chain).steps]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threads, "PAGE", size)
        pages = [thread_of(who, chain)]
        while pages[0].earlier:
            pages.insert(0, thread_of(who, chain, before=pages[0].earlier))
        onward = [pages[0]]
        while onward[-1].later:
            onward.append(thread_of(who, chain, after=onward[-1].later))
    assert [[s.pk for page in way for s in page.steps] for way in (pages, onward)] == [whole, whole]


def linked(lane: Lane, *, count: int) -> Case:
    """王阿姨's own matter, the topic it became, as many more of hers that repeat it, and one of 周爷爷's."""
    first, topic = lane.raised(title="想要个亭子"), lane.raised(by=lane.chen, title="东里小亭")
    link(first, topic, kind=Link.Kind.BECOMES, by=lane.chen)
    join(topic, person=lane.wang)
    link(lane.raised(by=lane.zhou), first, kind=Link.Kind.REPEATS, by=lane.chen)
    for n in range(count):
        more = lane.raised(title=f"亭子 {n}")
        link(more, first, kind=Link.Kind.REPEATS, by=lane.chen)
        make_move(more, GIVE, by=lane.chen, unit=lane.firm, audience=Step.Audience.PUBLIC)
    return first


@pytest.mark.parametrize("count", [1, 30])
def test_a_thread_costs_the_same_for_one_and_thirty_linked_cases(
    lane: Lane, count: int, django_assert_num_queries: Any
) -> None:
    first, who = linked(lane, count=count), lane.everybody()["王阿姨"]

    with django_assert_num_queries(5):
        chain = chain_seen_by(who, first)
        thread = thread_of(who, chain)
        behind = neighbours_behind(chain)
        for stretch in thread.stretches:
            assert stretch.title
            assert all(str(step.by) for step in stretch.steps)

    assert (len(chain.cases), len(thread.steps), behind) == (count + 2, min(2 * count + 1, PAGE), 2)


def test_each_line_stands_under_the_case_it_belongs_to(lane: Lane) -> None:
    lamp, topic = (
        lane.raised(title="楼道灯不亮"),
        lane.raised(by=lane.chen, title="全楼换灯", public_title="换灯"),
    )
    link(lamp, topic, kind=Link.Kind.BECOMES, by=lane.chen)
    join(topic, person=lane.wang)
    make_move(topic, GIVE, by=lane.chen, unit=lane.firm, audience=Step.Audience.PUBLIC)
    say(lamp, by=lane.wang, text="谢谢")

    who = lane.everybody()["王阿姨"]
    chain = chain_seen_by(who, lamp)
    thread = thread_of(who, chain)

    assert [(s.case.number, s.title, [step.verb for step in s.steps]) for s in thread.stretches] == [
        (lamp.number, "楼道灯不亮", ["repair.raised"]),
        (topic.number, "换灯", ["repair.given"]),
        (lamp.number, "楼道灯不亮", ["cases.said"]),
    ]
    assert [(str(chain.relation(case)), case) for case in chain.others()] == [("这件事变成了", topic)]


def test_a_neighbour_reads_no_word_and_no_name_of_another(lane: Lane) -> None:
    hers, his = lane.raised(), lane.raised(by=lane.zhou, title="周爷爷家门口的灯", text="我腿脚不好")
    link(hers, his, kind=Link.Kind.REPEATS, by=lane.chen)
    join(his, person=lane.wang)
    say(his, by=lane.zhou, text="也是我说的", audience=Step.Audience.PUBLIC)
    join(his, person=lane.outsider)
    say(his, by=lane.outsider, text="", verb="repair.joined", audience=Step.Audience.PUBLIC)

    who = lane.everybody()["王阿姨"]
    thread = thread_of(who, chain_seen_by(who, hers))

    assert [(str(step.by), step.text) for step in thread.steps] == [
        ("您", "三天了"), ("一位街坊", "也是我说的"), ("一位街坊", ""),
    ]  # fmt: skip
    assert thread.titles == {hers.pk: "楼道灯不亮", his.pk: "repair"}


def test_those_who_handle_it_read_who_raised_it_only_where_its_kind_says_so(lane: Lane) -> None:
    case, who = lane.raised(), lane.everybody()["陈晓雨"]
    say(case, by=lane.liu, text="明天上门")

    def names() -> list[str]:
        return [str(step.by) for step in thread_of(who, chain_seen_by(who, case)).steps]

    assert names() == ["一位街坊", "刘师傅"]
    threads.names_known("repair", lambda _who, cases: {case.pk for case in cases})
    try:
        assert names() == ["王阿姨", "刘师傅"]
    finally:
        threads._knows.pop("repair")


def test_neighbours_are_counted_once_each_and_the_desk_is_none(lane: Lane) -> None:
    his, hers = lane.raised(by=lane.zhou), lane.raised()
    topic = lane.raised(by=lane.chen)
    link(hers, his, kind=Link.Kind.REPEATS, by=lane.chen)
    link(his, topic, kind=Link.Kind.BECOMES, by=lane.chen)
    join(his, person=lane.wang)
    join(topic, person=lane.outsider)

    chain = chain_seen_by(lane.everybody()["外人"], topic)
    office = lane.raised(by=lane.chen, kind="project")
    link(topic, office, kind=Link.Kind.REPEATS, by=lane.chen)

    assert neighbours_behind(chain_seen_by(lane.everybody()["陈晓雨"], office)) == 3
    assert (list(chain.cases), chain.hidden) == ([topic.pk], {his.pk, hers.pk})
    assert neighbours_behind(chain) == 3


def test_what_is_sealed_ends_the_way_for_whoever_may_not_see_it(lane: Lane) -> None:
    hers, sealed, beyond = (
        lane.raised(),
        lane.raised(by=lane.zhou, sensitivity=Sensitivity.SEALED),
        lane.raised(),
    )
    link(hers, sealed, kind=Link.Kind.BECOMES, by=lane.liu)
    link(sealed, beyond, kind=Link.Kind.BECOMES, by=lane.liu)

    chains = {name: chain_seen_by(lane.everybody()[name], hers) for name in ("王阿姨", "陈晓雨")}

    assert {name: (list(c.cases), c.hidden, c.edges) for name, c in chains.items()} == dict.fromkeys(
        chains, ([hers.pk], frozenset(), ())
    )


def test_a_circle_ends_and_a_very_long_chain_stops(lane: Lane) -> None:
    ring = [lane.raised() for _ in range(3)]
    for one, next_one in zip(ring, [*ring[1:], ring[0]], strict=True):
        link(one, next_one, kind=Link.Kind.PART_OF, by=lane.chen)
    long = [lane.raised() for _ in range(FARTHEST + 5)]
    for one, next_one in pairwise(long):
        link(one, next_one, kind=Link.Kind.BECOMES, by=lane.chen)

    who = lane.everybody()["王阿姨"]

    assert set(chain_seen_by(who, ring[0]).cases) == {case.pk for case in ring}
    assert set(chain_seen_by(who, long[0]).cases) == {case.pk for case in long[: FARTHEST + 1]}


def test_a_key_of_a_line_she_may_not_read_is_no_place_in_the_thread(lane: Lane) -> None:
    case, other = lane.raised(), lane.raised(by=lane.zhou)
    who = lane.everybody()["王阿姨"]
    strange = Step.objects.get(case=other)

    thread = thread_of(who, chain_seen_by(who, case), before=strange.pk)

    assert ([s.case_id for s in thread.steps], thread.earlier, thread.later) == ([case.pk], None, None)


def test_who_opened_a_project_in_office_is_named_as_staff_is(lane: Lane) -> None:
    hers, project = lane.raised(), lane.raised(by=lane.chen, kind="project")
    link(hers, project, kind=Link.Kind.BECOMES, by=lane.chen)
    join(project, person=lane.wang)
    say(project, by=lane.chen, text="亭子开工", audience=Step.Audience.PUBLIC)

    who = lane.everybody()["王阿姨"]
    thread = thread_of(who, chain_seen_by(who, hers))

    assert [str(step.by) for step in thread.steps] == ["您", "陈晓雨"]


def test_whoever_spoke_for_a_neighbour_is_named_to_her_and_to_nobody_else(lane: Lane) -> None:
    case = lane.raised()
    join(case, person=lane.zhou)
    say(case, by=lane.outsider, behalf=lane.wang, text="替我妈说一句", audience=Step.Audience.PUBLIC)

    read = {}
    for name in ("王阿姨", "周爷爷", "陈晓雨"):
        who = lane.everybody()[name]
        step = thread_of(who, chain_seen_by(who, case)).steps[-1]
        read[name] = (str(step.by), str(step.behalf))

    assert read == {
        "王阿姨": ("外人", "您"), "周爷爷": ("一位街坊", "None"), "陈晓雨": ("一位街坊", "None"),
    }  # fmt: skip
