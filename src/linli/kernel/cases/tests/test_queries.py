"""Who sees which case, and how far into its thread."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.cases.actions import join, make_move, say
from linli.kernel.cases.models import Case, Step
from linli.kernel.cases.queries import cases_seen_by, steps_seen_by
from linli.kernel.cases.tests.conftest import GIVE, Lane
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.standing import NOBODY

FAR = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
RAISED = st.tuples(
    st.sampled_from(["stair", "south"]), st.booleans(), st.booleans(), st.sampled_from(list(Sensitivity))
)


@FAR
@given(raised=st.lists(RAISED, min_size=1, max_size=5))
def test_everybody_sees_exactly_her_part_of_the_cases(
    lane: Lane, raised: list[tuple[str, bool, bool, int]]
) -> None:
    expected: dict[str, set[int]] = {name: set() for name in lane.everybody()}
    for place, given_away, joined, sensitivity in raised:
        case = lane.raised(area=getattr(lane, place), sensitivity=sensitivity)
        if given_away:
            make_move(case, GIVE, by=lane.chen, unit=lane.firm)
        if joined:
            join(case, person=lane.zhou)
        open_to_area = sensitivity < Sensitivity.SEALED
        sees = {
            "王阿姨": True, "周爷爷": joined, "外人": False, "陈晓雨": open_to_area and place == "stair",
            "刘师傅": given_away, "赵主任": open_to_area, "林芳": open_to_area and place == "south",
        }  # fmt: skip
        for name, does in sees.items():
            expected[name] |= {case.pk} if does else set()

    every = {pk for seen in expected.values() for pk in seen}
    for name, standing in lane.everybody().items():
        assert (
            set(cases_seen_by(standing).filter(pk__in=every).values_list("pk", flat=True)) == expected[name]
        ), name
    assert list(cases_seen_by(NOBODY)) == []


def test_a_case_seen_for_two_reasons_is_seen_once(lane: Lane) -> None:
    case = lane.raised()
    join(case, person=lane.chen)
    assert list(cases_seen_by(lane.everybody()["陈晓雨"])) == [case]


def test_each_reads_the_thread_as_far_as_it_is_hers(lane: Lane) -> None:
    case = lane.raised()
    make_move(case, GIVE, by=lane.chen, unit=lane.firm, audience=Step.Audience.PUBLIC)
    join(case, person=lane.zhou)
    say(case, by=lane.liu, text="明天上门", audience=Step.Audience.PARTIES)
    say(case, by=lane.chen, text="催一下物业", audience=Step.Audience.STAFF)

    read = {name: [s.verb for s in steps_seen_by(who, case)] for name, who in lane.everybody().items()}
    raised, given, said = "repair.raised", "repair.given", "cases.said"
    assert {name: read[name] for name in ("王阿姨", "周爷爷", "陈晓雨", "刘师傅", "赵主任")} == {
        "王阿姨": [raised, given, said], "周爷爷": [given],
        "陈晓雨": [raised, given, said, said], "刘师傅": [raised, given, said, said],
        "赵主任": [raised, given, said, said],
    }  # fmt: skip


def test_of_a_sealed_case_the_desk_reads_no_line_for_staff(lane: Lane) -> None:
    case = lane.raised(sensitivity=Sensitivity.SEALED)
    say(case, by=lane.liu, text="内部", audience=Step.Audience.STAFF)
    assert [s.text for s in steps_seen_by(lane.everybody()["陈晓雨"], case)] == []
    assert Case.objects.count() == 1
