"""An anonymous report stays anonymous in every page, export, log and journal row."""

import logging

import pytest
from django.apps import apps
from django.test import Client

from linli.kernel.clock import now, today
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries import rates
from tests import make
from tests.stories.scenes import Browsers, do, raise_matter

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS, DEVICE = "203.0.113.77", "CanaryPhone/7.7"
SESSIONS = {"sessions.session"}


def whole_database() -> str:
    """Every value of every row, but for the browser's own session."""
    told = []
    for model in apps.get_models():
        if model._meta.label_lower in SESSIONS:
            continue
        told += [str(row) for row in model._default_manager.values()]
    return "\n".join(told)


def test_nothing_anywhere_leads_to_who_reported(caplog: pytest.LogCaptureFixture) -> None:
    s = make.scene()
    caplog.set_level(logging.DEBUG)
    phone = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=DEVICE)
    phone.post("/where/", {"area": s.community.code, "next": "/raise/"})

    answer = raise_matter(phone, s, "有人把电动车推进楼道充电，飞线从三楼拉下来", identity="anonymous")

    assert answer.status_code == 200
    appeal = Appeal.objects.select_related("case__raised_by").get()
    reporter = appeal.case.raised_by
    assert (reporter.kind, reporter.name, reporter.called, hasattr(reporter, "account")) == (
        "pseudonym",
        "",
        "",
        False,
    )
    do(Browsers(s)("chen"), appeal.pk, "classify", kind="report", l2="0205", urgency="urgent_24h")
    everything = whole_database() + caplog.text + rates.table(rates.rows(today(), today(), now=now()))
    for canary in (ADDRESS, DEVICE):
        assert canary not in everything


def test_a_signed_in_neighbour_who_reports_anonymously_is_not_linked() -> None:
    s = make.scene()
    browse = Browsers(s)

    answer = raise_matter(browse("li"), s, "有人把电动车推进楼道充电，飞线从三楼拉下来", identity="anonymous")

    assert answer.status_code == 200
    appeal = Appeal.objects.select_related("case").get()
    assert appeal.case.raised_by_id != s.li.pk
    li = str(s.li.pk)
    rows = [
        str(row)
        for model in apps.get_models()
        if model._meta.app_label in {"cases", "appeals", "inbox", "files"}
        for row in model._default_manager.values()
    ]
    assert [row for row in rows if li in row] == []
    assert browse("li").get(f"/matters/{appeal.pk}/").status_code == 404
    for name in ("chen", "zhao", "liu"):
        assert "李大爷" not in browse(name).get(f"/matters/{appeal.pk}/").text
