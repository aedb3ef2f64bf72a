import random
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.clock import moved_to
from linli.kernel.inbox import jobs
from linli.kernel.inbox.actions import queue, settle, tell, try_again
from linli.kernel.inbox.channels import configure
from linli.kernel.inbox.models import Channel, Outgoing
from linli.kernel.inbox.outbox import LEASE, RETRIES, Outcome, Report, claim, due, send_due, settled
from linli.kernel.inbox.queries import given_up, outbox_health
from linli.kernel.inbox.quiet import is_quiet, next_loud
from linli.kernel.inbox.tests.cast import MORNING, NIGHT, WANG_PHONE, person, sms_by
from linli.kernel.inbox.tests.providers import Gateway, read_json

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def text(words: str, at: datetime = MORNING, **more: object) -> Outgoing:
    return queue("sms", words, to=WANG_PHONE, moment=at, **more)


def states() -> list[str]:
    return list(Outgoing.objects.order_by("id").values_list("state", flat=True))


def test_a_message_leaves_with_number_words_and_reference(provider: Gateway) -> None:
    sms_by(provider, template={"mobile": "{to}", "content": "【邻里】{text}", "out_id": "{ref}", "v": 2})
    row = text("水管修好了 {ref}")

    assert send_due(MORNING) == Report(sent=1)

    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == ("sent", MORNING, 1)
    expected = {"mobile": WANG_PHONE, "content": "【邻里】水管修好了 {ref}", "out_id": row.ref, "v": 2}
    assert read_json(provider.calls[0]) == expected
    assert provider.calls[0]["headers"]["Idempotency-Key"] == row.ref


def test_her_number_is_looked_up_when_the_message_leaves(provider: Gateway) -> None:
    sms_by(provider)
    wang, zhou = person("王阿姨", WANG_PHONE), person("周爷爷")
    for somebody in (wang, zhou):
        queue("sms", "有回复了", person=somebody, moment=MORNING)

    assert send_due(MORNING) == Report(sent=1, failed=1)
    assert [read_json(call)["phone"] for call in provider.calls] == [WANG_PHONE]
    assert [(row.person, row.error) for row in given_up()] == [(zhou, "no address")]


def test_four_hours_without_a_gateway_lose_nothing_and_send_nothing_twice(provider: Gateway) -> None:
    sms_by(provider)
    provider.mood = "503 away"
    for number in range(60):
        text(f"第{number}条", MORNING + number * 4 * MINUTE)
    opens = MORNING + timedelta(hours=4)
    run_until(MORNING, opens)
    assert set(states()) == {"queued"}
    assert provider.passed_on() == []

    provider.mood = "open"
    run_until(opens, opens + 15 * MINUTE)

    assert set(states()) == {"sent"}
    assert provider.passed_on() == sorted(Outgoing.objects.values_list("ref", flat=True))


def run_until(start: datetime, end: datetime) -> None:
    moment = start
    while moment < end:
        while send_due(moment).tried:
            pass
        moment += MINUTE / 2


def test_a_gateway_that_takes_the_message_but_loses_the_answer_still_rings_once(provider: Gateway) -> None:
    sms_by(provider)
    text("换好了")
    provider.mood = "takes it and hangs up"
    assert send_due(MORNING) == Report(postponed=1)

    provider.mood = "open"
    assert send_due(MORNING + 10 * MINUTE) == Report(sent=1)
    assert (len(provider.calls), len(provider.passed_on())) == (2, 1)


def test_a_sender_that_dies_leaves_the_message_to_the_next_with_the_same_reference(provider: Gateway) -> None:
    channel = sms_by(provider)
    row = text("换好了")
    assert claim(due(channel, MORNING).get(), MORNING) is True

    assert send_due(MORNING + LEASE / 2) == Report()
    assert send_due(MORNING + LEASE) == Report(sent=1)
    assert provider.passed_on() == [row.ref]


def test_a_late_sender_cannot_overwrite_what_a_later_one_did(provider: Gateway) -> None:
    channel = sms_by(provider)
    text("换好了")
    stale = due(channel, MORNING).get()
    assert claim(stale, MORNING) is True
    send_due(MORNING + LEASE)

    settled(Outcome(stale, "queued", "timeout"), {"sms": channel}, MORNING + LEASE)
    assert states() == ["sent"]


def test_a_provider_that_says_no_is_not_asked_again(provider: Gateway) -> None:
    sms_by(provider, ok_field="code", ok_value="0")
    text("一")
    provider.mood = '200 {"code": 17}'
    assert send_due(MORNING) == Report(failed=1)
    text("二")
    provider.mood = "400 bad number"
    assert send_due(MORNING) == Report(failed=1)
    assert [row.error for row in given_up()] == ["HTTP 400", "code=17"]


@pytest.mark.parametrize("mood", ["500 x", "429 slow down", "401 key", "302 elsewhere", "hangs up"])
def test_trouble_on_their_side_is_tried_again_after_five_minutes(provider: Gateway, mood: str) -> None:
    sms_by(provider)
    row = text("换好了")
    provider.mood = mood

    assert send_due(MORNING) == Report(postponed=1)
    row.refresh_from_db()
    assert timedelta(seconds=300) <= row.next_try_at - MORNING < timedelta(seconds=345)


def test_after_48_retries_it_is_given_up_shown_and_can_be_sent_by_hand(provider: Gateway) -> None:
    sms_by(provider)
    row = text("换好了")
    provider.mood = "500 x"
    moment, reports = MORNING, []
    while not reports or not reports[-1].given_up:
        reports.append(send_due(moment))
        moment += timedelta(minutes=6)
    assert len(reports) == RETRIES + 1
    assert [found.pk for found in given_up()] == [row.pk]

    provider.mood = "open"
    assert try_again(row) is True
    row.refresh_from_db()
    assert send_due(row.next_try_at) == Report(sent=1)
    assert provider.passed_on() == [row.ref]


def test_a_dead_gateway_is_left_alone_for_a_minute_and_the_rest_keep_their_tries(provider: Gateway) -> None:
    sms_by(provider)
    provider.mood = "500 x"
    for number in range(40):
        text(str(number))

    assert send_due(MORNING) == Report(postponed=24)
    assert send_due(MORNING + MINUTE / 2) == Report()
    assert sorted(Outgoing.objects.values_list("attempts", flat=True)) == [0] * 16 + [1] * 24

    provider.mood = "open"
    assert send_due(MORNING + MINUTE) == Report(sent=16)


def test_at_night_residents_sleep_unless_it_is_urgent(provider: Gateway) -> None:
    sms_by(provider)
    wang = person("王阿姨", WANG_PHONE)
    for words, urgent in (("明天来修", False), ("燃气泄漏，请开窗离开", True)):
        queue("sms", words, person=wang, moment=NIGHT, urgent=urgent)

    assert send_due(NIGHT) == Report(sent=1)
    assert [read_json(call)["text"] for call in provider.calls] == ["燃气泄漏，请开窗离开"]
    assert send_due(NIGHT + timedelta(hours=7, minutes=59)) == Report()
    assert send_due(NIGHT + timedelta(hours=8)) == Report(sent=1)


def test_an_evening_outage_does_not_ring_at_midnight(provider: Gateway) -> None:
    sms_by(provider)
    wang = person("王阿姨", WANG_PHONE)
    before_ten = NIGHT - timedelta(minutes=61)
    row = queue("sms", "明天来修", person=wang, moment=before_ten)
    provider.mood = "500 x"
    send_due(before_ten)

    row.refresh_from_db()
    assert row.next_try_at == NIGHT + timedelta(hours=8)


def test_without_a_channel_the_message_waits_for_one(provider: Gateway) -> None:
    text("换好了")
    assert send_due(MORNING) == Report()
    sms_by(provider)
    assert send_due(MORNING) == Report(sent=1)


def test_a_code_that_came_too_late_is_not_sent_and_not_kept(provider: Gateway) -> None:
    sms_by(provider)
    row = text("验证码 417417", secret=True, lives=timedelta(minutes=10), urgent=True)
    provider.mood = "500 x"
    assert send_due(MORNING) == Report(postponed=1)
    row.refresh_from_db()
    assert row.next_try_at == MORNING + timedelta(seconds=20)

    provider.mood = "open"
    assert send_due(MORNING + timedelta(minutes=10)) == Report(failed=1)
    row.refresh_from_db()
    assert (provider.calls, row.text, row.to, row.error) == ([], "", "", "expired")


def test_a_reminder_that_could_not_leave_is_dropped_when_the_thing_is_done(provider: Gateway) -> None:
    channel = sms_by(provider)
    wang = person("王阿姨", WANG_PHONE)
    with moved_to(MORNING):
        tell(wang, "appeals.judge", text="x", case=1, waits=True, channels=("sms",))
    row = due(channel, MORNING).get()
    claim(row, MORNING)
    settle(1)

    settled(Outcome(row, "queued", "timeout"), {"sms": channel}, MORNING)
    assert (states(), send_due(MORNING + 10 * MINUTE), provider.calls) == (["dropped"], Report(), [])


def test_the_job_sends_all_that_is_due_in_one_go(provider: Gateway) -> None:
    sms_by(provider)
    for number in range(60):
        text(str(number))
    with moved_to(MORNING):
        assert jobs.send_outbox() == 60
        assert jobs.send_outbox() == 0
    assert [name for name, _seconds, _job in jobs.JOBS] == ["inbox.outbox", "inbox.blank"]


@settings(deadline=None)
@given(
    clock=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 -- made aware below
    hours=st.tuples(st.times(), st.times()),
)
def test_whatever_the_quiet_hours_are_they_end_within_a_day(
    clock: datetime, hours: tuple[time, time]
) -> None:
    moment = clock.replace(tzinfo=UTC)
    channel = Channel(medium="sms", quiet_from=hours[0], quiet_to=hours[1])
    loud = next_loud(channel, moment)
    assert moment <= loud < moment + timedelta(days=1)
    assert not is_quiet(channel, loud)
    assert loud == moment or is_quiet(channel, moment)
    assert not is_quiet(Channel(medium="mail", quiet_from=hours[0], quiet_to=hours[1]), moment)


def test_an_idle_run_only_reads(provider: Gateway) -> None:
    sms_by(provider)
    text("明天", MORNING + timedelta(days=1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        send_due(MORNING)
        jobs.blank_before(MORNING, moment=MORNING)

    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


def test_old_words_are_blanked_and_waiting_ones_are_not(provider: Gateway) -> None:
    sms_by(provider)
    text("第一条")
    send_due(MORNING)
    text("第二条", MORNING + timedelta(days=31))

    assert jobs.blank_before(MORNING + timedelta(days=31), moment=MORNING + timedelta(days=31)) == 1
    assert [bool(row.text) for row in Outgoing.objects.order_by("id")] == [False, True]


def test_the_robot_is_given_twenty_a_minute(provider: Gateway) -> None:
    configure("wecom", {"url": provider.url, "allow_private": True}, by=None)
    for number in range(45):
        queue("wecom", f"第{number}条", moment=MORNING)

    sent = [send_due(MORNING + timedelta(seconds=20) * step).sent for step in range(9)]
    assert sent == [20, 0, 0, 20, 0, 0, 5, 0, 0]


def test_the_outbox_tells_how_it_is() -> None:
    assert outbox_health().waiting == 0
    text("换好了")
    tell(person("王阿姨"), "a.b", text="x", channels=("sms",))
    health = outbox_health()
    assert (health.waiting, health.oldest, health.given_up) == (2, MORNING, 0)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_moods_the_gateway_has_each_message_rings_at_most_once(provider: Gateway, seed: int) -> None:
    chance = random.Random(seed)
    sms_by(provider)
    for number in range(20):
        text(str(number), MORNING + chance.randrange(60) * MINUTE)
    moment = MORNING
    for _step in range(40):
        provider.mood = chance.choice(["open", "500 x", "hangs up", "takes it and hangs up", "429 x"])
        send_due(moment)
        moment += chance.randrange(1, 8) * MINUTE
    provider.mood = "open"
    Channel.objects.update(resting_until=None)
    while send_due(moment + timedelta(hours=1)).tried:
        pass

    assert set(states()) == {"sent"}
    assert provider.passed_on() == sorted(Outgoing.objects.values_list("ref", flat=True))
