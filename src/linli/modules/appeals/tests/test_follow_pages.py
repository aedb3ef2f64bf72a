"""Without an account: nothing leads back to an anonymous neighbour, and the code on the paper is enough."""

from typing import Any

import pytest
from django.test import Client

from linli.kernel.cases.actions import hash_of_code
from linli.kernel.cases.models import Case, Evaluation, Step
from linli.kernel.files.models import File
from linli.kernel.inbox.models import Message
from linli.kernel.journal.models import Entry
from linli.kernel.people.models import Account, Attempt, Person
from linli.modules.appeals.actions import intake
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.tests.neighbours import (
    LAMP,
    code_on,
    from_community,
    photo,
    replied,
    signed_in,
    typed,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def test_a_visitor_chooses_a_community_first(reader: Client) -> None:
    make.scene()
    page = reader.get("/raise/")
    assert (page.status_code, page.headers["Location"]) == (302, "/where/?next=%2Fraise%2F")


def test_a_visitor_who_wants_to_be_known_signs_in_and_finds_her_words(reader: Client) -> None:
    s = make.scene()
    from_community(reader, s)

    page = reader.post("/raise/", typed(s, photos=[photo()]))
    assert (page.status_code, page.headers["Location"]) == (302, "/in/?next=%2Fraise%2F")
    signed_in(reader, s, "wang")

    again = reader.get("/raise/")

    assert LAMP in again.text
    assert "Photo 1 is kept: lamp.jpg" in again.text
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("door", ["visitor", "wang"])
def test_nothing_leads_back_to_an_anonymous_reporter(reader: Client, door: str) -> None:
    s = make.scene()
    from_community(reader, s)
    if door == "wang":
        signed_in(reader, s, "wang")
    people, entries = (
        set(Person.objects.values_list("pk", flat=True)),
        set(Entry.objects.values_list("pk", flat=True)),
    )

    page = reader.post(
        "/raise/", typed(s, identity="anonymous", photos=[photo()]), REMOTE_ADDR="203.0.113.77"
    )

    appeal = Appeal.objects.select_related("case__raised_by").get()
    reporter = appeal.case.raised_by
    assert page.status_code == 200
    assert (reporter.kind, reporter.name, reporter.called, reporter.pk in people) == (
        "pseudonym",
        "",
        "",
        False,
    )
    assert not Account.objects.filter(person=reporter).exists()
    assert set(File.objects.values_list("by_id", flat=True)) == {reporter.pk}
    written = Entry.objects.exclude(pk__in=entries)
    assert set(written.values_list("actor_id", "behalf_id")) <= {(reporter.pk, None), (None, None)}
    assert "203.0.113.77" not in "".join(
        str(row) for row in [*Entry.objects.values(), *Attempt.objects.values()]
    )
    assert str(s.wang.pk) not in "".join(key for key in Attempt.objects.values_list("key", flat=True))
    assert str(appeal.pk) not in str(dict(reader.session))
    assert not Message.objects.filter(person=s.wang).exists()


def test_the_code_is_told_once(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    code = code_on(reader.post("/raise/", typed(s)))
    appeal = Appeal.objects.get()

    later = [reader.get(f"/matters/{appeal.pk}/").text, reader.get(f"/matters/{appeal.pk}/receipt/").text]

    assert [code in page or code.replace(" ", "") in page for page in later] == [False, False]
    assert code.replace(" ", "") not in str(list(Case.objects.values()))


def test_an_anonymous_neighbour_follows_adds_and_judges_by_code(reader: Client) -> None:
    s = make.scene()
    from_community(reader, s)
    code = code_on(reader.post("/raise/", typed(s, identity="anonymous", photos=[photo()])))
    appeal = replied(s, Appeal.objects.select_related("case").get())
    other = Client(headers={"accept-language": "en"})
    picture = File.objects.get()
    assert other.get(f"/files/{picture.pk}/small/").status_code == 404

    page = other.post("/follow/", {"given": code.lower()}, follow=True)

    assert page.redirect_chain == [(f"/follow/{appeal.pk}/", 302)]
    assert LAMP in page.text
    assert "换了声控灯座，两盏都亮了" in page.text
    assert other.get(f"/files/{picture.pk}/small/").status_code == 200
    other.post(f"/follow/{appeal.pk}/add/", {"text": "二楼那盏还会闪"})
    answer = other.post(f"/follow/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes", "words": "亮了"})
    assert answer.headers["Location"] == f"/follow/{appeal.pk}/"
    assert list(Evaluation.objects.values_list("solved", "satisfied", "words", "by")) == [
        (True, True, "亮了", appeal.case.raised_by_id)
    ]
    assert Case.objects.get().state == State.CLOSED
    assert list(Step.objects.filter(verb="appeals.word_added").values_list("text", flat=True)) == [
        "二楼那盏还会闪"
    ]


def test_without_the_code_there_is_nothing(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)

    assert reader.get(f"/follow/{appeal.pk}/").status_code == 404
    assert (
        reader.post(f"/follow/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes"}).status_code == 404
    )
    wrong = reader.post("/follow/", {"given": "ABCDEFGH23"})
    assert wrong.status_code == 409
    assert "No matter has this code." in wrong.text


def test_codes_are_not_guessed_for_long(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    code = code_on(reader.post("/raise/", typed(s)))
    guesser = Client(headers={"accept-language": "en"}, REMOTE_ADDR="203.0.113.5")
    for n in range(30):
        guesser.post("/follow/", {"given": f"ABCDEFGH{n:02d}"})

    page = guesser.post("/follow/", {"given": code})

    assert page.status_code == 409
    assert "Too many tries" in page.text
    assert "203.0.113.5" not in "".join(Attempt.objects.values_list("key", flat=True))


def test_the_square_brings_the_code_along_and_a_look_writes_nothing(
    reader: Client, django_assert_num_queries: Any
) -> None:
    make.scene()
    with django_assert_num_queries(1):
        page = reader.get("/follow/?c=ABCDEFGH23")
    assert 'value="ABCDEFGH23"' in page.text
    assert not Attempt.objects.exists()


def test_leaving_forgets_the_codes(reader: Client) -> None:
    s = make.scene()
    from_community(reader, s)
    code = code_on(reader.post("/raise/", typed(s, identity="anonymous")))
    appeal = Appeal.objects.get()
    reader.post("/follow/", {"given": code})

    reader.post("/follow/leave/")

    assert reader.get(f"/follow/{appeal.pk}/").status_code == 404


def test_the_code_of_one_matter_tells_no_words_of_another(reader: Client) -> None:
    """王阿姨 raised two; the slip of the second one lies in the stair. Whoever finds it reads of that one alone."""
    s = make.scene()
    private = make.appeal(s, text="我家漏水，我丈夫卧床不起")
    lamp = make.appeal(s, text="楼道灯不亮")
    intake.merge(lamp, into=private, by=s.as_("chen"))
    intake.add_word(private, by=s.as_("wang"), text="钥匙在门垫下面")
    intake.me_too(private, by=s.li)
    Case.objects.filter(pk=lamp.pk).update(query_code_hash=hash_of_code("ABCDEFGHJK"))
    reader.post("/follow/", {"given": "ABCDEFGHJK"})

    by_code = reader.get(f"/follow/{lamp.pk}/").text
    herself = signed_in(Client(), s, "wang").get(f"/matters/{lamp.pk}/").text

    told = [[words in page for words in ("楼道灯不亮", "卧床不起", "门垫")] for page in (by_code, herself)]
    assert told == [[True, False, False], [True, True, True]]
    assert private.case.number in by_code
