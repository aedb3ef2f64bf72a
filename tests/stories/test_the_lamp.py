"""The stairwell lamp: spoken into the phone, sent to the property firm, fixed, called back, satisfied."""

import pytest

from linli.kernel.cases.models import Case, Evaluation
from linli.kernel.files.models import File
from linli.kernel.journal.models import Entry
from linli.modules.appeals.models import Appeal
from tests import make
from tests.stories.scenes import Browsers, do, photo, raise_matter, recording

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_lamp_is_raised_by_voice_and_judged_by_phone() -> None:
    s = make.scene()
    browse = Browsers(s)
    raised = raise_matter(browse("wang"), s, "", recording=recording(), photos=photo())
    assert raised.status_code == 200
    key = Appeal.objects.get().pk

    desk = browse("chen").get("/desk/")
    assert "data-job" in desk.text
    do(browse("chen"), key, "transcribe", text="3号楼2单元一楼到二楼的灯不亮三天了，前天李大爷差点摔着")
    do(browse("chen"), key, "classify", kind="help", l2="0203", urgency="urgent_24h")
    do(browse("chen"), key, "dispatch", unit=s.property_firm.pk, note="楼道照明由物业负责")
    do(browse("liu"), key, "sign")
    do(browse("liu"), key, "contact", text="下午来换")
    do(browse("liu"), key, "reply", text="换了三个声控灯座，都亮了", public="on", photos=photo("fixed.png"))
    do(
        browse("chen"),
        key,
        "call_back",
        reached="yes",
        contacted="yes",
        solved="yes",
        satisfied="yes",
        words="亮堂了",
    )

    case = Case.objects.get(pk=key)
    assert (case.state, case.unit, case.handler) == ("closed", s.property_firm, s.liu)
    assert list(Evaluation.objects.values_list("solved", "satisfied", "words", "operator")) == [
        (True, True, "亮堂了", s.chen.pk)
    ]
    assert sorted(File.objects.filter(group_id=key).values_list("kind", flat=True)) == [
        "audio",
        "photo",
        "photo",
    ]
    thread = browse("wang").get(f"/matters/{key}/").text
    assert "换了三个声控灯座，都亮了" in thread
    verbs = list(Entry.objects.filter(object_id=key).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "appeals.received", "appeals.transcribed", "appeals.classified", "appeals.dispatched", "cases.said", "appeals.signed",
        "appeals.contacted", "appeals.replied", "cases.judged", "appeals.closed",
    ]  # fmt: skip


def test_an_outsider_sees_neither_the_matter_nor_its_photo() -> None:
    s = make.scene()
    browse = Browsers(s)
    raise_matter(browse("wang"), s, "楼道灯不亮", photos=photo())
    key, file = Appeal.objects.get().pk, File.objects.get()

    assert browse("wang").get(f"/files/{file.pk}/full/").status_code == 200
    for name in ("outsider", "lin", "li"):
        assert browse(name).get(f"/matters/{key}/").status_code == 404
        assert browse(name).get(f"/files/{file.pk}/full/").status_code == 404


def test_a_push_down_to_the_community_is_refused_with_its_reason() -> None:
    s = make.scene()
    browse = Browsers(s)
    raise_matter(browse("wang"), s, "暖气不热，屋里才十二度")
    key = Appeal.objects.get().pk
    do(browse("chen"), key, "classify", kind="help", l2="0503", urgency="urgent_24h")

    answer = do(browse("chen"), key, "dispatch", unit=s.committee.pk, note="")

    assert answer.status_code == 409
    assert Case.objects.get(pk=key).unit is None


def test_an_exclusion_is_proposed_at_the_desk_and_decided_by_the_reviewer() -> None:
    s = make.scene()
    browse = Browsers(s)
    raise_matter(browse("wang"), s, "门禁坏了")
    key = Appeal.objects.get().pk
    do(browse("chen"), key, "classify", kind="help", l2="0103", urgency="ordinary_7d")
    do(browse("chen"), key, "dispatch", unit=s.property_firm.pk, note="")
    do(browse("liu"), key, "sign")
    do(browse("liu"), key, "reply", text="修好了", public="on")
    do(browse("chen"), key, "exclude", code="unreachable", evidence="三次没人接")
    assert do(browse("chen"), key, "review", upheld="yes", note="同意").status_code == 409

    do(browse("qian"), key, "review", upheld="yes", note="通话记录属实")

    assert Appeal.objects.get().excluded == "unreachable"
