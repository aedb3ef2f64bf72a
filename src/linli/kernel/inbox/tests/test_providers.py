import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.inbox.actions import queue
from linli.kernel.inbox.channels import config_of, configure
from linli.kernel.inbox.gateways import Parcel, body_of
from linli.kernel.inbox.models import Channel, Outgoing
from linli.kernel.inbox.outbox import Report, send_due
from linli.kernel.inbox.signatures import SIGNATURE, STAMP, is_genuine, signed
from linli.kernel.inbox.tests.cast import MORNING, WANG_PHONE, person, sms_by
from linli.kernel.inbox.tests.providers import Gateway, MailServer, read_json
from linli.kernel.journal.models import Entry
from linli.kernel.people.signin import send_code

SECRET = "钥匙"


def outside(post_office: MailServer) -> dict[str, object]:
    return {
        "host": "127.0.0.1", "port": post_office.server_address[1], "security": "none", "allow_private": True,
        "from": "邻里 <linli@example.cn>",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_mail_arrives_with_its_words_and_its_reference(post_office: MailServer) -> None:
    configure("mail", outside(post_office), by=None)
    wang = person("王阿姨", mail="Wang@example.cn")
    row = queue("mail", "您反映的路灯修好了。\n请来看看。", person=wang, moment=MORNING)

    assert send_due(MORNING) == Report(sent=1)

    mail = message_from_bytes(post_office.mails[0], policy=policy.default)
    assert (mail["To"], mail["Message-ID"]) == ("wang@example.cn", f"<{row.ref}@example.cn>")
    assert mail["Subject"].strip() == "您反映的路灯修好了。 请来看看。"
    assert mail.get_content().splitlines() == ["您反映的路灯修好了。", "请来看看。"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "report"), [("450 later", Report(postponed=1)), ("550 nobody here", Report(failed=1))]
)
def test_a_mail_server_says_later_or_never(post_office: MailServer, answer: str, report: Report) -> None:
    configure("mail", outside(post_office), by=None)
    queue("mail", "x", to="wang@example.cn", moment=MORNING)
    post_office.answer = answer
    assert send_due(MORNING) == report
    assert post_office.mails == []


@pytest.mark.django_db
def test_a_mail_server_that_is_gone_is_tried_again(post_office: MailServer) -> None:
    configure("mail", outside(post_office), by=None)
    queue("mail", "x", to="wang@example.cn", moment=MORNING)
    post_office.shutdown()
    post_office.server_close()
    assert send_due(MORNING) == Report(postponed=1)


@pytest.mark.django_db
def test_an_address_that_breaks_the_mail_holds_up_nobody_else(
    post_office: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    configure("mail", outside(post_office), by=None)
    bad = queue("mail", "x", to="wang@example.cn\nBcc: all@example.cn", moment=MORNING)
    queue("mail", "x", to="chen@example.cn", moment=MORNING)

    assert send_due(MORNING) == Report(sent=1, postponed=1)

    bad.refresh_from_db()
    assert (bad.state, bad.error, len(post_office.mails)) == ("queued", "ValueError", 1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "wang@" not in caplog.text


@pytest.mark.django_db
def test_the_group_robot_speaks_and_its_no_is_understood(provider: Gateway) -> None:
    configure("wecom", {"url": provider.url, "allow_private": True, "form": "markdown"}, by=None)
    queue("wecom", "**3 件**今天到期", moment=MORNING)
    assert send_due(MORNING) == Report(sent=1)
    assert read_json(provider.calls[0]) == {
        "msgtype": "markdown",
        "markdown": {"content": "**3 件**今天到期"},
    }

    for code, report in ((45009, Report(postponed=1)), (93000, Report(failed=1))):
        provider.mood = f'200 {{"errcode": {code}}}'
        queue("wecom", "x", moment=MORNING)
        assert send_due(MORNING + timedelta(seconds=61)) == report


@pytest.mark.django_db
def test_a_form_provider_gets_a_form(provider: Gateway) -> None:
    sms_by(provider, template={"to": "{to}", "msg": "{text}"}, **{"as": "form"}, headers={"X-Key": "k"})
    queue("sms", "水&电=100%", to=WANG_PHONE, moment=MORNING)
    send_due(MORNING)
    call = provider.calls[0]
    assert call["content"] == b"to=10000000417&msg=%E6%B0%B4%26%E7%94%B5%3D100%25"
    assert (call["headers"]["Content-Type"], call["headers"]["X-Key"]) == (
        "application/x-www-form-urlencoded",
        "k",
    )


@settings(deadline=None)
@given(text=st.text(), to=st.text(max_size=20))
def test_whatever_the_words_are_the_shape_of_the_call_stays(text: str, to: str) -> None:
    import json

    text, to = text.encode("utf-8", "replace").decode(), to.encode("utf-8", "replace").decode()
    template = {"a": ["{to}", {"b": "x{text}y{ref}"}], "n": 1}
    parcel = Parcel("sms", to, text, "REF", MORNING, {"template": template})
    content, _type = body_of(parcel)
    assert json.loads(content) == {"a": [to, {"b": f"x{text}yREF"}], "n": 1}


@pytest.mark.django_db
def test_a_signed_call_can_be_checked_and_not_played_again(provider: Gateway) -> None:
    sms_by(provider, secret=SECRET)
    queue("sms", "x", to=WANG_PHONE, moment=MORNING)
    send_due(MORNING)
    call = provider.calls[0]
    given_ = {"stamp": call["headers"][STAMP], "signature": call["headers"][SIGNATURE]}

    assert is_genuine(SECRET, call["content"], **given_, now=MORNING + timedelta(minutes=5))
    assert not is_genuine(SECRET, call["content"], **given_, now=MORNING + timedelta(minutes=5, seconds=1))
    assert not is_genuine(SECRET, call["content"] + b" ", **given_, now=MORNING)
    assert not is_genuine("other", call["content"], **given_, now=MORNING)


@pytest.mark.parametrize("stamp", ["", "-1", "1e9", "９", "9" * 40, "abc"])
def test_a_strange_timestamp_is_no_signature(stamp: str) -> None:
    signature = signed(SECRET, b"x", MORNING)[SIGNATURE]
    assert not is_genuine(SECRET, b"x", stamp=stamp, signature=signature, now=MORNING)


@pytest.mark.django_db
def test_a_sign_in_code_reaches_the_phone_and_stays_nowhere(provider: Gateway) -> None:
    sms_by(provider)
    night = MORNING + timedelta(hours=14)
    send_code(WANG_PHONE, ip="192.0.2.1", now=night)
    kept = Outgoing.objects.values().get()
    assert send_due(night) == Report(sent=1)

    sent = read_json(provider.calls[0])
    code = re.search(r"\d{6}", sent["text"])
    assert (sent["phone"], code is not None) == (WANG_PHONE, True)
    assert code is not None and code[0] not in str(kept) and WANG_PHONE not in str(kept)
    row = Outgoing.objects.get()
    assert (row.state, row.text, row.to, row.blanked_at) == ("sent", "", "", night)
    assert not Entry.objects.filter(payload__contains=code[0]).exists()


@pytest.mark.django_db
def test_keys_of_a_channel_lie_encrypted_and_are_in_no_journal(provider: Gateway) -> None:
    channel = sms_by(provider, headers={"Authorization": "CANARY"})
    assert config_of(channel)["headers"] == {"Authorization": "CANARY"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT config FROM inbox_channel")
        assert "CANARY" not in str(cursor.fetchall())
    assert [("CANARY" in str(entry.payload), entry.verb) for entry in Entry.objects.all()] == [
        (False, "inbox.channel_set")
    ]
    sms_by(provider)
    assert Channel.objects.count() == 1
