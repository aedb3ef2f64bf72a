"""Matters of the past, laid in by the hundred."""

from datetime import timedelta

import pytest

from linli.kernel.cases.models import Case, Clock, Evaluation, Party, Step
from linli.kernel.journal.models import Entry
from linli.modules.appeals.actions.laying import Event, Judgement, Limit, Record, lay
from linli.modules.appeals.models import Appeal, State
from tests import make

pytestmark = pytest.mark.django_db


def closed_lamp(s: make.Scene, minute: int) -> Record:
    start = make.at("2026-09-01 09:00") + timedelta(minutes=minute)
    done = start + timedelta(hours=5)
    return Record(
        area=s.stair.pk, path=s.stair.path, community=s.community.pk, street=s.street.pk, raised_by=s.wang.pk,
        raised_at=start, state=State.CLOSED, state_since=done, channel="phone", text="楼道灯不亮", l1="02",
        l2="0203", kind="help", urgency="urgent_24h", operator=s.chen.pk, unit=s.property_firm.pk,
        handler=s.liu.pk, closed_at=done, dispatched_at=start, contacted_at=start, replied_at=done,
        events=[
            Event("appeals.received", start, s.chen.pk, behalf=s.wang.pk),
            Event("appeals.dispatched", start, s.chen.pk, body=s.property_firm.pk),
            Event("appeals.replied", done, s.liu.pk, body=s.property_firm.pk, text="换好了"),
            Event("appeals.closed", done, s.chen.pk),
        ],
        limits=[Limit("finish", "beijing", "2021.1", "finish.utility_24h", start, start + timedelta(days=1), done)],
        judgement=Judgement(done, s.chen.pk, "phone", solved=True, satisfied=True),
    )  # fmt: skip


def test_laid_matters_stand_whole_and_their_numbers_go_on(django_assert_max_num_queries) -> None:
    s = make.scene()
    before = Entry.objects.count()

    with django_assert_max_num_queries(20):
        keys = lay([closed_lamp(s, i) for i in range(100)])

    assert list(Case.objects.order_by("raised_at").values_list("pk", flat=True)) == keys
    assert [c.number for c in Case.objects.order_by("raised_at")][::99] == ["260901-0001", "260901-0100"]
    counts = [m.objects.count() for m in (Appeal, Party, Step, Clock, Evaluation)]
    assert counts == [100, 100, 400, 100, 100]
    assert Entry.objects.count() - before == 400
    case = Case.objects.get(pk=keys[0])
    assert (case.unit, case.handler, case.due_at, case.title) == (s.property_firm, s.liu, None, "楼道灯不亮")
