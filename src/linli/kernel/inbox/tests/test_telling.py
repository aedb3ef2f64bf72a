from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import moved_to
from linli.kernel.inbox.actions import forget_person, mark_read, settle, tell, tell_all
from linli.kernel.inbox.models import Message, Outgoing
from linli.kernel.inbox.queries import inbox_of, unread_count, waiting_count, waiting_for
from linli.kernel.inbox.telling import Told, tells
from linli.kernel.inbox.tests.cast import MORNING, WANG_PHONE, person
from linli.kernel.journal.actions import record
from linli.kernel.journal.verbs import listeners
from linli.kernel.keys.fields import read
from linli.kernel.people.personal import export_of, undeclared

pytestmark = pytest.mark.django_db
CASE = 4711


def test_what_wang_ayi_is_told_speaks_the_language_she_reads_it_in() -> None:
    wang = person("王阿姨")
    tell(wang, "appeals.replied", text=_("Inbox"), case=CASE, params={})

    message = inbox_of(wang).get()
    with translation.override("en"):
        assert message.words == "Inbox"
    with translation.override("zh-hans"):
        assert message.words == "消息"


def test_values_moments_and_days_are_told_as_the_reader_writes_them() -> None:
    wang = person("王阿姨")
    text = "{number}: {when}, {day}, {kind}, {hours}"
    values = {
        "number": "261124-0417",
        "when": MORNING,
        "day": date(2026, 11, 25),
        "kind": _("Inbox"),
        "hours": 2,
    }
    message = tell(wang, "cases.due", text=text, params=values)

    message.refresh_from_db()
    with translation.override("en"):
        assert message.words == "261124-0417: 24 Nov, 09:00, 25 Nov, Inbox, 2"
    with translation.override("zh-hans"):
        assert message.words == "261124-0417: 11月24日 09:00, 11月25日, 消息, 2"


def test_what_waits_is_counted_until_it_is_settled_for_her_alone() -> None:
    wang, chen = person("王阿姨"), person("陈晓雨")
    for somebody in (wang, chen):
        tell(somebody, "appeals.judge", text="How was it?", case=CASE, waits=True)
    tell(wang, "appeals.replied", text="There is a reply.", case=CASE)

    assert (waiting_count(wang), waiting_count(chen), unread_count(wang)) == (1, 1, 2)
    assert settle(CASE, wang) == 1
    assert (waiting_count(wang), waiting_count(chen)) == (0, 1)
    assert settle(CASE) == 1
    assert list(waiting_for(chen)) == []


def test_a_reminder_still_on_its_way_is_called_back_when_the_thing_is_done() -> None:
    wang = person("王阿姨", WANG_PHONE)
    tell(wang, "appeals.judge", text="How was it?", case=CASE, waits=True, channels=("sms",))
    tell(wang, "appeals.replied", text="There is a reply.", case=CASE, channels=("sms",))

    settle(CASE, wang)

    assert list(Outgoing.objects.order_by("id").values_list("state", flat=True)) == ["dropped", "queued"]


def test_she_marks_what_she_has_read_and_nobody_elses() -> None:
    wang, chen = person("王阿姨"), person("陈晓雨")
    first = tell(wang, "a.b", text="one")
    tell(wang, "a.b", text="two")
    tell(chen, "a.b", text="three")

    assert mark_read(chen, [first.pk]) == 0
    assert mark_read(wang, [first.pk]) == 1
    assert mark_read(wang) == 1
    assert (unread_count(wang), unread_count(chen)) == (0, 1)


def test_pages_of_the_inbox_follow_each_other_without_gap_or_repeat() -> None:
    wang = person("王阿姨")
    for number in range(7):
        tell(wang, "a.b", text=str(number))

    first = list(inbox_of(wang, limit=4))
    second = list(inbox_of(wang, limit=4, before=first[-1].pk))

    assert [message.text for message in first + second] == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_text_message_leaves_in_her_own_language_and_lies_encrypted() -> None:
    smith = person("史密斯", WANG_PHONE, language="en")
    with translation.override("zh-hans"):
        tell(smith, "a.b", text=_("Inbox"), channels=("sms",))

    row = Outgoing.objects.get()
    assert (read(row, "text"), "Inbox" in row.text, row.to) == ("Inbox", False, "")


def test_a_module_says_in_one_place_who_is_told_and_the_doer_is_not() -> None:
    wang, chen = person("王阿姨"), person("陈晓雨")

    @tells("inbox.test_said", "Somebody wrote to {name}.", waits=True)
    def the_parties(entry: object) -> list[Told]:
        return [Told(wang, {"name": "王阿姨"}), Told(chen, {"name": "陈晓雨"})]

    try:
        with moved_to(MORNING):
            record("inbox.test_said", wang, by=chen)
    finally:
        listeners("inbox.test_said").clear()

    told = [(m.person, m.verb, m.params, m.waits, m.by_id, m.at) for m in Message.objects.all()]
    assert told == [(wang, "inbox.test_said", {"name": "王阿姨"}, True, chen.pk, MORNING)]


def test_who_is_erased_leaves_no_word_behind() -> None:
    wang, chen = person("王阿姨", WANG_PHONE), person("陈晓雨")
    tell(wang, "a.b", text="CANARY", channels=("sms",))
    tell(chen, "a.b", text="stays")

    record("people.erased", wang, by=chen)

    row = Outgoing.objects.get()
    assert (row.state, row.text, row.to, row.blanked_at is None) == ("dropped", "", "", False)
    assert [message.text for message in Message.objects.all()] == ["stays"]
    assert forget_person(wang.pk) == 0


def test_a_whole_community_is_told_in_a_few_queries(
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    people = [person(f"街坊{number}", language="en" if number % 2 else "") for number in range(300)]
    for count, queries in ((10, 5), (300, 15)):
        with django_assert_max_num_queries(queries):
            told = tell_all(people[:count], "a.b", text=_("Inbox"), channels=("sms",))
        assert [message.person for message in told] == people[:count]

    words = [read(row, "text") for row in Outgoing.objects.order_by("id")[:4]]
    assert words == ["消息", "Inbox", "消息", "Inbox"]


def test_what_is_kept_about_her_is_declared_and_told_when_she_asks() -> None:
    wang = person("王阿姨", WANG_PHONE)
    tell(wang, "a.b", text="Hello", channels=("sms",))

    assert undeclared(["inbox"]) == []
    records = export_of(wang)["records"]
    assert [row["text"] for row in records["inbox.message"]] == ["Hello"]
    assert [(row["text"], row["state"]) for row in records["inbox.outgoing"]] == [("Hello", "queued")]
