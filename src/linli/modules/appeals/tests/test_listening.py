"""A recording and the machine: what it hears is a suggestion; whoever sits at the desk writes it down."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.kernel.clock import moved_to
from linli.kernel.inbox.tests.listeners import Listener, listener
from linli.kernel.journal.models import Entry
from linli.modules.appeals.actions import forgetting, intake, listening
from linli.modules.appeals.jobs import listen_to_recordings
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries import listening as queries
from linli.modules.appeals.tests.neighbours import signed_in, sound, typed
from tests import make

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
MORNING = make.at("2026-11-24 09:00")


@pytest.fixture
def machine(settings: Any) -> Iterator[Listener]:
    with listener() as server:
        settings.SPEECH_URL, settings.SPEECH_NAME = server.ear().url, "区里的转写机"
        settings.SPEECH_INSIDE, settings.SPEECH_SECONDS = True, 5
        yield server


@pytest.fixture
def s() -> Iterator[make.Scene]:
    with moved_to(MORNING):
        yield make.scene()


def spoken(s: make.Scene, *, agreed: bool = True, **more: Any) -> Appeal:
    """王阿姨 says it into her phone, and ticks the machine or not."""
    wang = signed_in(Client(headers=ENGLISH), s, "wang")
    tick = {"machine": "yes"} if agreed else {}
    assert wang.post("/raise/", typed(s, text="", recording=sound(), **tick, **more)).status_code == 200
    return Appeal.objects.order_by("-pk").first()


def desk_page(s: make.Scene, appeal: Appeal) -> str:
    return make.sign_in(Client(headers=ENGLISH), s.chen).get(f"/matters/{appeal.pk}/").text


def first_card(s: make.Scene) -> str:
    return make.sign_in(Client(headers=ENGLISH), s.chen).get("/desk/").text.split("data-job>")[1]


def test_what_it_heard_stands_beside_the_recording_until_the_desk_has_listened(
    s: make.Scene, machine: Listener
) -> None:
    appeal = spoken(s)
    make.appeal(s)

    assert listen_to_recordings() == 1

    appeal.refresh_from_db()
    page = desk_page(s, appeal)
    assert (appeal.text, appeal.needs_words, appeal.l2, appeal.case.title) == (
        "",
        True,
        "",
        "Voice recording",
    )
    assert "What a machine heard; it may be wrong:" in page
    assert "A machine wrote this. Listen, correct it, then save." in page
    assert page.count("三号楼楼道灯不亮") == 2
    assert "Recording: listen" in first_card(s)
    assert machine.asked[0]["file"].startswith(b"RIFF")
    assert listen_to_recordings() == 0


@pytest.mark.parametrize(
    ("text", "told"), [("三号楼楼道灯不亮", "kept"), ("三号楼二单元楼道灯不亮", "corrected")]
)
def test_the_desk_confirms_it_and_the_record_says_whose_words_they_are(
    s: make.Scene, machine: Listener, text: str, told: str
) -> None:
    appeal = spoken(s)
    listen_to_recordings()
    appeal.refresh_from_db()

    intake.transcribe(appeal, by=s.as_("chen"), text=text)

    appeal.refresh_from_db()
    assert (appeal.text, appeal.needs_words, "heard" in appeal.suggestion) == (text, False, False)
    entry = Entry.objects.get(verb="appeals.transcribed")
    assert json.loads(entry.payload)["machine"] == told


def test_without_her_tick_no_recording_leaves_the_house(s: make.Scene, machine: Listener) -> None:
    spoken(s, agreed=False)

    assert listen_to_recordings() == 0
    assert machine.asked == []


def test_without_a_machine_she_is_not_asked_and_nothing_is_looked_for(
    s: make.Scene, django_assert_num_queries: Any
) -> None:
    spoken(s)
    wang = signed_in(Client(headers=ENGLISH), s, "wang")

    assert "Let a machine write it down first" not in wang.get("/raise/").text
    with django_assert_num_queries(0):
        assert listen_to_recordings() == 0


def test_she_reads_whom_her_voice_would_go_to_before_she_agrees(s: make.Scene, machine: Listener) -> None:
    page = signed_in(Client(headers=ENGLISH), s, "wang").get("/raise/").text

    assert "Only if you tick this, your recording goes to 区里的转写机" in page
    assert '<input type="checkbox" name="machine" value="yes">' in page
    assert "区里的转写机" in Client(headers=ENGLISH).get("/privacy/").text


@pytest.mark.parametrize("says", [(500, b"oops"), (200, b"garbage")])
def test_an_outage_is_tried_again_later_and_later_and_the_recording_stays_on_top(
    s: make.Scene, machine: Listener, says: Any
) -> None:
    appeal = spoken(s)
    machine.says = says
    tries = []

    for minutes in range(0, 300, 1):
        with moved_to(MORNING + timedelta(minutes=minutes)):
            before = len(machine.asked)
            listen_to_recordings()
            tries += [minutes] * (len(machine.asked) - before)

    appeal.refresh_from_db()
    assert tries == [0, 1, 6, 36, 156]
    assert set(appeal.suggestion["heard"]) == {"failed"}
    assert "The machine could not make it out; only listening helps." in desk_page(s, appeal)
    assert "Recording: listen" in first_card(s)


def test_another_language_is_not_shown_and_not_asked_for_again(s: make.Scene, machine: Listener) -> None:
    appeal = spoken(s)
    machine.says = (200, {"text": "Thanks for watching!"})

    assert [listen_to_recordings(), listen_to_recordings()] == [0, 0]

    page = desk_page(s, appeal)
    assert len(machine.asked) == 1
    assert "Thanks for watching" not in page
    assert "The machine could not make it out; only listening helps." in page


def test_a_clerk_who_was_faster_is_not_overwritten(s: make.Scene, machine: Listener) -> None:
    appeal = spoken(s)
    intake.transcribe(Appeal.objects.get(pk=appeal.pk), by=s.as_("chen"), text="楼道灯不亮")

    assert listening.listen(appeal, machine.ear(), moment=MORNING) is False

    appeal.refresh_from_db()
    assert (appeal.text, "heard" in appeal.suggestion) == ("楼道灯不亮", False)


def test_one_that_cannot_be_heard_does_not_hold_the_next_one_up(s: make.Scene, machine: Listener) -> None:
    first, second = spoken(s), spoken(s, spot="西门")
    machine.says = (500, b"")
    listening.listen(first, machine.ear(), moment=MORNING)
    machine.says = (200, {"text": "垃圾桶满了"})

    assert listen_to_recordings() == 1

    second.refresh_from_db()
    assert second.suggestion["heard"]["text"] == "垃圾桶满了"


def test_those_it_has_heard_already_never_stand_before_a_new_one(
    s: make.Scene, machine: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A district leaves more of them lying than are looked through at once."""
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 2)
    spoken(s)
    machine.says = (200, {"text": "Thanks for watching!"})
    spoken(s, spot="东门")
    listen_to_recordings()
    machine.says = (200, {"text": "垃圾桶满了"})
    third = spoken(s, spot="西门")

    assert listen_to_recordings() == 1

    third.refresh_from_db()
    assert third.suggestion["heard"]["text"] == "垃圾桶满了"


def test_who_is_forgotten_is_forgotten_by_the_machines_note_too(s: make.Scene, machine: Listener) -> None:
    appeal = spoken(s)
    listen_to_recordings()

    forgetting.forget_words(s.wang.pk)

    appeal.refresh_from_db()
    assert "三号楼" not in str(appeal.suggestion)
