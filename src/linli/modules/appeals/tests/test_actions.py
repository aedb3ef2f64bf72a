"""One matter, verb by verb."""

from datetime import date, timedelta

import pytest

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Clock, Evaluation, Step
from linli.kernel.clock import moved_to
from linli.kernel.journal.models import Entry
from linli.modules.appeals.actions import closing, dispatching, handling, intake, scoring
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.models import Appeal, Kind, State, Urgency
from tests import make

pytestmark = pytest.mark.django_db


def sent(s: make.Scene, **more: object) -> Appeal:
    """A lamp matter at the property firm."""
    appeal = make.appeal(s, **more)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"), note="楼道照明由物业负责")
    return appeal


def in_hand(s: make.Scene) -> Appeal:
    appeal = sent(s)
    dispatching.sign(appeal, by=s.as_("liu"))
    return appeal


def replied(s: make.Scene) -> Appeal:
    appeal = in_hand(s)
    handling.reply(appeal, by=s.as_("liu"), text="灯座换好了，二楼三楼都亮了。")
    return appeal


def test_a_lamp_is_raised_sent_fixed_called_back_and_closed() -> None:
    s = make.scene()
    with moved_to(make.at("2026-11-24 09:00")):
        appeal = make.appeal(s)
        intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
        dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
    with moved_to(make.at("2026-11-24 10:00")):
        dispatching.sign(appeal, by=s.as_("liu"))
        handling.contact(appeal, by=s.as_("liu"), text="下午来换")
    with moved_to(make.at("2026-11-24 16:00")):
        handling.reply(appeal, by=s.as_("liu"), text="换好了")
    with moved_to(make.at("2026-11-25 09:00")):
        verdict = Verdict(solved=True, satisfied=True, words="亮堂了", contacted_in_time=True)
        closing.call_back(appeal, by=s.as_("chen"), verdict=verdict)

    case = appeal.case
    assert (case.state, case.unit, case.handler, case.due_at) == (State.CLOSED, s.property_firm, s.liu, None)
    assert list(Entry.objects.filter(object_id=case.pk).order_by("id").values_list("verb", flat=True)) == [
        "appeals.received", "appeals.classified", "appeals.dispatched", "appeals.signed", "appeals.contacted",
        "appeals.replied", "cases.judged", "appeals.closed",
    ]  # fmt: skip
    clocks = {c.name: (c.starts_at, c.due_at, c.met_at) for c in Clock.objects.filter(case=case)}
    assert clocks["finish"] == (
        make.at("2026-11-24 09:00"), make.at("2026-11-25 09:00"), make.at("2026-11-24 16:00"),
    )  # fmt: skip
    assert list(Evaluation.objects.values_list("by", "operator", "solved", "satisfied", "via")) == [
        (s.wang.pk, s.chen.pk, True, True, "phone")
    ]


def test_a_dissatisfied_neighbour_sends_it_back_to_the_unit() -> None:
    s = make.scene()
    appeal = replied(s)
    closing.judge(
        appeal, by=s.as_("wang"), verdict=Verdict(solved=False, satisfied=False, words="三楼还黑着")
    )
    assert appeal.case.state == State.REPLIED

    closing.reopen(appeal, by=s.as_("chen"), reason="三楼没修")

    assert (appeal.case.state, appeal.times_reopened, appeal.case.closed_at) == (State.HANDLING, 1, None)
    assert Clock.objects.filter(case=appeal.case, name="finish", met_at=None, dropped_at=None).count() == 1


def test_what_law_limits_is_explained_and_closed_with_the_judgement_kept() -> None:
    s = make.scene()
    appeal = replied(s)
    with pytest.raises(Refused, match=r"Call the neighbour back first|先回访"):
        closing.explain(appeal, by=s.as_("chen"), text="灯要等大修")
    closing.call_back(appeal, by=s.as_("chen"), verdict=Verdict(solved=False, satisfied=True))

    closing.explain(appeal, by=s.as_("chen"), text="整栋换线要等明年大修，已经报名。")

    assert appeal.case.state == State.CLOSED
    assert Evaluation.objects.get().solved is False


def test_only_the_desk_of_the_community_sends_it_out() -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)

    for name in ("wang", "outsider", "lin", "liu", "qian"):
        with pytest.raises(Refused):
            dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_(name))

    assert appeal.case.state == State.RECEIVED


def test_a_matter_without_a_category_is_not_sent() -> None:
    s = make.scene()
    appeal = make.appeal(s)

    with pytest.raises(Refused):
        dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))

    assert appeal.case.unit is None


def test_a_departments_work_is_not_pushed_down_to_the_community() -> None:
    s = make.scene()
    appeal = make.appeal(s, text="暖气不热，才十二度")
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0503", urgency=Urgency.URGENT)

    with pytest.raises(Refused):
        dispatching.dispatch(appeal, unit=s.committee, by=s.as_("chen"))

    dispatching.dispatch(appeal, unit=s.heat, by=s.as_("chen"))
    assert appeal.case.unit == s.heat


def test_a_matter_the_community_only_assists_in_is_not_led_by_it() -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)

    with pytest.raises(Refused, match=r"may not lead|不能牵头"):
        dispatching.dispatch(appeal, unit=s.committee, by=s.as_("chen"))


def test_an_objection_is_decided_above_and_the_unit_answers_for_it_until_then() -> None:
    s = make.scene()
    appeal = in_hand(s)
    dispatching.object_to(appeal, by=s.as_("liu"), reason="这是路灯，不是楼道灯")
    assert (appeal.case.state, appeal.case.unit) == (State.OBJECTED, s.property_firm)
    with pytest.raises(Refused):
        dispatching.redispatch(appeal, unit=s.department, by=s.as_("chen"))

    dispatching.redispatch(appeal, unit=s.department, by=s.as_("zhao"), note="路灯归城管委")

    objection = appeal.case.objections.get()
    assert (appeal.case.state, appeal.case.unit, objection.upheld) == (State.DISPATCHED, s.department, True)
    assert objection.decided_by == s.zhao


def test_a_limit_is_extended_once_and_before_its_end() -> None:
    s = make.scene()
    with moved_to(make.at("2026-11-24 09:00")):
        appeal = in_hand(s)
        handling.extend(appeal, by=s.as_("liu"), reason="配件明天到")
        with pytest.raises(Refused):
            handling.extend(appeal, by=s.as_("liu"), reason="还要等")

    finish = Clock.objects.get(case=appeal.case, name="finish")
    assert (finish.extension, finish.due_at) == ("7 day", make.at("2026-12-02 23:59:59"))


def test_the_long_list_takes_a_plan_and_a_day_and_stops_the_clock() -> None:
    s = make.scene()
    appeal = in_hand(s)
    with pytest.raises(Refused):
        handling.hang(appeal, by=s.as_("liu"), plan="等大修", review_on=date(2027, 3, 1))

    with moved_to(make.at("2026-11-24 09:00")):
        handling.hang(appeal, by=s.as_("zhao"), plan="列入明年改造", review_on=date(2027, 3, 1))

    assert appeal.case.state == State.HUNG
    assert Clock.objects.get(case=appeal.case, name="finish").dropped_at is not None


def test_the_street_whistles_and_both_are_scored() -> None:
    s = make.scene()
    make.role(s.people["he"], "handler", s.district, s.department)
    appeal = in_hand(s)
    whistle = handling.whistle(
        appeal, by=s.as_("zhao"), caller=s.street_office, called=s.department, task="到场看线路"
    )
    assert whistle.arrive_by - whistle.at == timedelta(minutes=30)
    handling.arrive(whistle, appeal, by=s.as_("he"))
    handling.score_whistle(whistle, appeal, by=s.as_("zhao"), score=5)
    handling.score_whistle(whistle, appeal, by=s.as_("he"), score=4)

    whistle.refresh_from_db()
    assert (whistle.arrived_at is not None, whistle.score_of_called, whistle.score_of_caller) == (True, 5, 4)
    with pytest.raises(Refused):
        handling.whistle(appeal, by=s.as_("liu"), caller=s.street_office, called=s.department, task="来")


def test_an_exclusion_is_reviewed_by_somebody_else() -> None:
    s = make.scene()
    make.role(s.chen, "reviewer", s.community)
    appeal = replied(s)
    proposal = scoring.propose_exclusion(appeal, by=s.as_("chen"), code="unreachable", evidence="三次没人接")
    with pytest.raises(Refused):
        scoring.review_exclusion(proposal, appeal, by=s.as_("chen"), upheld=True, note="同意")

    scoring.review_exclusion(proposal, appeal, by=s.as_("qian"), upheld=True, note="通话记录属实")

    appeal.refresh_from_db()
    assert appeal.excluded == "unreachable"


def test_seven_neighbours_say_me_too_and_nobody_says_it_twice() -> None:
    s = make.scene()
    appeal = sent(s)
    for i in range(7):
        intake.me_too(appeal, by=make.person(f"邻居{i}"))
    with pytest.raises(Refused):
        intake.me_too(appeal, by=s.wang)
    intake.me_too(appeal, by=s.li)
    with pytest.raises(Refused):
        intake.me_too(appeal, by=s.li)

    assert Appeal.objects.get(pk=appeal.pk).joined == 8


def test_a_neighbour_nudges_once_a_day() -> None:
    s = make.scene()
    appeal = sent(s)
    with moved_to(make.at("2026-11-24 20:00")):
        intake.nudge(appeal, by=s.as_("wang"))
        with pytest.raises(Refused):
            intake.nudge(appeal, by=s.as_("wang"))
    with moved_to(make.at("2026-11-25 08:00")):
        intake.nudge(appeal, by=s.as_("wang"))

    assert Step.objects.filter(case=appeal.case, verb="appeals.nudged").count() == 2


def test_two_clerks_cannot_send_the_same_matter_twice() -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    stale = Appeal.objects.select_related("case").get(pk=appeal.pk)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))

    with pytest.raises(Refused, match=r"Somebody else changed this first|刚才有人先改过"):
        dispatching.dispatch(stale, unit=s.heat, by=s.as_("chen"))

    assert Appeal.objects.select_related("case").get().case.unit == s.property_firm
