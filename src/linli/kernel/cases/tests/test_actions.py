"""What happens to a case: opened, moved by declared arrows alone, linked, joined, judged, always on record."""

from datetime import datetime

import pytest

from linli.kernel.answers import Refused
from linli.kernel.cases.actions import (
    hash_of_code,
    join,
    judge,
    link,
    make_move,
    new_query_code,
    say,
)  # fmt: skip
from linli.kernel.cases.models import Case, Evaluation, Link, Party, Step
from linli.kernel.cases.tests.conftest import DONE, GIVE, NUDGE, REOPEN, Lane
from linli.kernel.clock import SHANGHAI, moved_to
from linli.kernel.journal.models import Entry

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
LATER = datetime(2026, 11, 24, 15, 30, tzinfo=SHANGHAI)


def verbs(case: Case) -> list[str]:
    return list(Entry.objects.filter(object_id=case.pk).order_by("pk").values_list("verb", flat=True))


def test_wang_raises_a_matter_and_everything_of_it_is_there_at_once(lane: Lane) -> None:
    with moved_to(MORNING):
        first, second = lane.raised(), lane.raised()

    assert (first.number, second.number) == ("261124-0001", "261124-0002")
    assert (first.community, first.street, first.path) == (lane.north, lane.street, lane.stair.path)
    assert (first.state, first.turn, first.raised_at, first.unit) == ("open", 0, MORNING, None)
    assert [(p.person, p.part) for p in first.parties.all()] == [(lane.wang, Party.Part.REPORTER)]
    assert [(s.verb, s.by, s.text) for s in first.steps.all()] == [("repair.raised", lane.wang, "三天了")]
    assert verbs(first) == ["repair.raised"]


def test_the_count_begins_anew_each_day_in_beijing(lane: Lane) -> None:
    moments = [datetime(2026, 11, 24, 23, 59, tzinfo=SHANGHAI), datetime(2026, 11, 25, 0, 1, tzinfo=SHANGHAI)]
    numbers = []
    for moment in moments:
        with moved_to(moment):
            numbers.append(lane.raised().number)
    assert numbers == ["261124-0001", "261125-0001"]


def test_the_desk_raises_it_for_zhou_who_has_no_phone_and_both_are_on_record(lane: Lane) -> None:
    case = lane.raised(by=lane.zhou, operator=lane.chen)

    (step,) = case.steps.all()
    (entry,) = Entry.objects.filter(object_id=case.pk)
    assert (case.raised_by, case.operator) == (lane.zhou, lane.chen)
    assert (step.by, step.behalf) == (lane.chen, lane.zhou)
    assert (entry.actor_id, entry.behalf_id) == (lane.chen.pk, lane.zhou.pk)


def test_a_failed_opening_leaves_nothing_not_even_a_number(lane: Lane) -> None:
    with moved_to(MORNING):
        with pytest.raises(TypeError):
            lane.raised(unheard_of=lane, path="twice")
        assert (Case.objects.count(), Step.objects.count(), Entry.objects.count()) == (0, 0, 0)
        assert lane.raised().number == "261124-0001"


def test_a_case_walks_its_arrows_and_each_is_written_down(lane: Lane) -> None:
    with moved_to(MORNING):
        case = lane.raised()
        make_move(case, GIVE, by=lane.chen, unit=lane.firm, text="请今天上门")
    with moved_to(LATER):
        make_move(case, NUDGE, by=lane.wang)
        make_move(case, DONE, by=lane.liu, body=lane.firm)

    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.turn, stored.unit, stored.closed_at) == ("done", 3, lane.firm, LATER)
    assert (case.state, case.turn, case.closed_at) == (stored.state, stored.turn, stored.closed_at)
    assert verbs(case) == ["repair.raised", "repair.given", "repair.nudged", "repair.done"]
    assert [s.verb for s in case.steps.order_by("pk")] == verbs(case)


def test_an_arrow_that_keeps_the_state_keeps_its_since(lane: Lane) -> None:
    with moved_to(MORNING):
        case = lane.raised()
    with moved_to(LATER):
        make_move(case, NUDGE, by=lane.wang)
    assert (case.state_since, case.turn) == (MORNING, 1)


def test_opened_again_it_is_no_longer_closed(lane: Lane) -> None:
    case = lane.raised()
    for move, more in ((GIVE, {"unit": lane.firm}), (DONE, {}), (REOPEN, {})):
        make_move(case, move, by=lane.chen, **more)
    assert (Case.objects.get().state, Case.objects.get().closed_at) == ("given", None)


def test_no_unit_no_way_into_a_state_that_somebody_answers_for(lane: Lane) -> None:
    case = lane.raised()
    with pytest.raises(Refused, match=r"unit|单位"):
        make_move(case, GIVE, by=lane.chen)
    make_move(case, GIVE, by=lane.chen, unit=lane.firm)
    with pytest.raises(Refused, match=r"unit|单位"):
        make_move(case, NUDGE, by=lane.chen, unit=None)
    assert (Case.objects.get().unit, Case.objects.get().turn) == (lane.firm, 1)


def test_an_arrow_that_does_not_begin_here_is_refused_and_writes_nothing(lane: Lane) -> None:
    case = lane.raised()
    with pytest.raises(Refused):
        make_move(case, DONE, by=lane.liu)
    assert (Case.objects.get().state, verbs(case), Step.objects.count()) == ("open", ["repair.raised"], 1)


def test_who_looked_before_somebody_else_moved_it_is_refused(lane: Lane) -> None:
    case = lane.raised()
    stale, nudged = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    make_move(nudged, NUDGE, by=lane.wang)

    with pytest.raises(Refused):
        make_move(stale, GIVE, by=lane.chen, unit=lane.firm)

    assert (Case.objects.get().state, Case.objects.get().turn, Step.objects.count()) == ("open", 1, 2)


def test_a_word_moves_nothing(lane: Lane) -> None:
    case = lane.raised()
    say(case, by=lane.chen, text="明天师傅来", audience=Step.Audience.PUBLIC)
    assert (Case.objects.get().turn, verbs(case)) == (0, ["repair.raised", "cases.said"])


def test_who_says_me_too_twice_is_one_party(lane: Lane) -> None:
    case = lane.raised()
    assert [join(case, person=lane.zhou), join(case, person=lane.zhou)] == [True, False]
    assert case.parties.count() == 2


def test_one_matter_becomes_another_once(lane: Lane) -> None:
    one, two = lane.raised(), lane.raised()
    for _ in range(2):
        link(one, two, kind=Link.Kind.BECOMES, by=lane.chen)
    assert list(Link.objects.values_list("source", "target", "kind")) == [(one.pk, two.pk, "becomes")]


def test_a_later_judgement_stands_beside_the_earlier_one(lane: Lane) -> None:
    case = lane.raised()
    judge(case, by=lane.wang, via="phone", operator=lane.chen, solved=False, satisfied=False)
    judge(case, by=lane.wang, via="web", solved=True, satisfied=True, words="修好了")

    told = Evaluation.objects.order_by("pk").values_list("solved", "operator", "via")
    assert list(told) == [(False, lane.chen.pk, "phone"), (True, None, "web")]


def test_a_query_code_is_kept_only_as_a_hash_and_may_be_typed_any_way(lane: Lane) -> None:
    code = new_query_code()
    case = lane.raised(query_code=code)
    typed = f" {code[:5].lower()}-{code[5:]} "
    assert Case.objects.get(query_code_hash=hash_of_code(typed)) == case
    assert code not in str(Case.objects.values().get())
    assert len({new_query_code() for _ in range(500)}) == 500
