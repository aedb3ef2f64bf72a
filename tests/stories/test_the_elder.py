"""周爷爷 has no phone: a clerk writes it down, a receipt goes home with him, anyone with the code can look."""

import re

import pytest
from django.test import Client

from linli.kernel.cases.models import Case, Evaluation
from linli.kernel.journal.models import Entry
from linli.modules.appeals.models import Appeal
from tests import make
from tests.stories.scenes import Browsers, do

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_elder_without_a_phone_is_served_to_the_end() -> None:
    s = make.scene()
    browse = Browsers(s)
    typed = {
        "once": "desk:zhou", "text": "五楼水管渗水，墙皮鼓起来了", "area": s.community.pk, "door": "3-2", "spot": "501",
        "called": "周爷爷", "phone": "", "channel": "walk-in", "identity": "named",
    }  # fmt: skip
    receipt = browse("chen").post("/desk/new/", typed).text
    key = Appeal.objects.get().pk
    found = re.search(r"\b([2-9A-HJ-NP-Z]{3}) ([2-9A-HJ-NP-Z]{3}) ([2-9A-HJ-NP-Z]{4})\b", receipt)
    assert found is not None
    code = "".join(found.groups())
    assert code not in "".join(Entry.objects.exclude(payload=None).values_list("payload", flat=True))

    do(browse("chen"), key, "classify", kind="help", l2="0201", urgency="ordinary_7d")
    do(browse("chen"), key, "dispatch", unit=s.property_firm.pk, note="")
    do(browse("liu"), key, "sign")
    do(browse("liu"), key, "reply", text="换了一截立管", public="on")

    grandson = Client()
    page = grandson.post("/follow/", {"given": code.lower()}, follow=True)
    assert page.status_code == 200
    assert "换了一截立管" in page.text
    do(
        browse("chen"),
        key,
        "call_back",
        reached="yes",
        contacted="yes",
        solved="yes",
        satisfied="yes",
        words="师傅鞋套都带了",
    )

    assert Case.objects.get().state == "closed"
    assert list(Evaluation.objects.values_list("by__called", "operator", "via", "words")) == [
        ("周爷爷", s.chen.pk, "phone", "师傅鞋套都带了")
    ]


def test_a_wrong_code_shows_nothing() -> None:
    make.scene()

    page = Client().post("/follow/", {"given": "ABCDEFGHJK"}, follow=True)

    assert page.status_code in {200, 404, 409, 422}
    assert "timeline" not in page.text
