"""What neighbours read and do on their pages: raise, follow, judge, look at the board."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from linli.kernel.cases.models import Case, Evaluation, Party, Step
from linli.kernel.clock import now
from linli.kernel.files.models import File
from linli.kernel.inbox.models import Message
from linli.kernel.journal.models import Entry
from linli.kernel.people.actions import claim_residence
from linli.kernel.people.models import Account, Attempt, Person
from linli.modules.appeals.actions import closing, dispatching, handling, intake
from linli.modules.appeals.models import Appeal, Identity, Kind, State, Urgency
from tests import make

pytestmark = pytest.mark.django_db

LAMP = "3号楼2单元楼道灯不亮三天了，晚上下楼看不清"
BIN = "小区西门口的垃圾桶满了，两天没人清运，味道很大"


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def signed_in(client: Client, s: make.Scene, name: str) -> Client:
    client.force_login(s.people[name].account, backend="linli.kernel.people.backend.AccountBackend")
    session = client.session
    session["signed_in_at"] = int(now().timestamp())
    session.save()
    return client


def from_community(client: Client, s: make.Scene) -> Client:
    client.cookies["area"] = s.community.code
    return client


def typed(s: make.Scene, **more: Any) -> dict[str, Any]:
    return {"text": LAMP, "place": s.stair.pk, "spot": "一层到二层", "identity": "named", **more}


def photo(colour: str = "red", name: str = "lamp.jpg") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    made.seek(0)
    made.name = name
    return made


def code_on(page: Any) -> str:
    found = re.search(r'class="code num" lang="en">([^<]+)<', page.text)
    assert found is not None
    return found.group(1)


def sent(s: make.Scene, appeal: Appeal | None = None) -> Appeal:
    appeal = appeal or make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"), note="内部一句：物业负责")
    return appeal


def replied(s: make.Scene, appeal: Appeal | None = None) -> Appeal:
    appeal = sent(s, appeal)
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.reply(appeal, by=s.as_("liu"), text="换了声控灯座，两盏都亮了")
    return appeal


# -- raising


def test_wang_raises_a_lamp_with_a_photo_and_reads_her_receipt(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    page = reader.post("/raise/", typed(s, photos=[photo()]))

    appeal = Appeal.objects.select_related("case").get()
    assert page.status_code == 200
    assert appeal.case.number in page.text
    assert "Why this day?" in page.text
    assert 'class="qr"' in page.text
    assert (appeal.text, appeal.spot, appeal.identity, appeal.case.area_id, appeal.case.raised_by_id) == (
        LAMP, "一层到二层", "named", s.stair.pk, s.wang.pk,
    )  # fmt: skip
    assert appeal.suggestion["l2"] == "0203"
    step = Step.objects.get(case=appeal.case)
    assert list(File.objects.values_list("group_id", "subject_id", "kind")) == [(appeal.pk, step.pk, "photo")]
    assert "photo" in reader.get(f"/matters/{appeal.pk}/").text


def test_the_form_begins_at_her_own_stair(reader: Client) -> None:
    s = make.scene()
    dwelling = make.area("dwelling", "501", "501室", s.stair)
    claim_residence(s.wang, dwelling, "living", on=make.LONG_AGO, by=s.wang)
    signed_in(reader, s, "wang")

    page = reader.get("/raise/")

    assert f'<option value="{s.stair.pk}" selected>' in page.text


def test_a_form_with_nothing_in_it_says_what_is_missing_and_keeps_the_rest(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    page = reader.post("/raise/", typed(s, text="", photos=[photo()]))

    assert page.status_code == 422
    assert "Say in a few words what it is about, or record it." in page.text
    assert 'value="一层到二层"' in page.text
    assert "Photo 1 is kept: lamp.jpg" in page.text
    assert not Appeal.objects.exists()


def test_the_kept_photo_comes_along_when_the_form_is_sent_again(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text="", photos=[photo()]))

    reader.post("/raise/", typed(s, photos=[photo(), photo("blue", "lamp2.jpg")]))

    assert list(File.objects.order_by("id").values_list("name", flat=True)) == ["lamp.jpg", "lamp2.jpg"]


def test_a_photo_that_is_none_is_refused_beside_its_field_and_the_words_stay(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    broken = io.BytesIO(b"this is no photo")
    broken.name = "lamp.jpg"

    page = reader.post("/raise/", typed(s, photos=[broken, photo()]))

    assert page.status_code == 422
    assert LAMP in page.text
    assert "Photo 1 is kept: lamp.jpg" in page.text
    assert not Appeal.objects.exists()


def test_a_form_sent_twice_raises_one_matter(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text=""))
    before = reader.session["appeals.draft"]
    reader.post("/raise/", typed(s))
    session = reader.session
    session["appeals.draft"] = {**before, **typed(s), "place": str(s.stair.pk)}
    session.save()

    page = reader.post("/raise/send/", {"passed": "same"})

    assert page.status_code == 409
    assert Appeal.objects.count() == 1


def test_gas_in_the_stair_is_called_in_first_and_taken_all_the_same(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    first = reader.post("/raise/", typed(s, text="楼道里有浓烈的煤气味"), follow=True)

    assert first.redirect_chain == [("/raise/call-first/", 302)]
    assert 'href="tel:119"' in first.text
    assert not Appeal.objects.exists()

    page = reader.post("/raise/send/", {"passed": "call"})

    assert page.status_code == 200
    assert Appeal.objects.get().urgency == Urgency.EMERGENCY


def test_li_hears_that_neighbours_raised_the_same_lamp_but_never_their_words(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")

    page = reader.post("/raise/", typed(s), follow=True)

    assert page.redirect_chain == [("/raise/same/", 302)]
    assert "1 neighbour has raised it" in page.text
    assert "老人差点摔着" not in page.text
    assert "王" not in page.text
    assert Appeal.objects.count() == 1


def test_li_says_me_too_and_reads_public_lines_alone(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")
    reader.post("/raise/", typed(s))

    page = reader.post("/raise/me-too/", {"matter": appeal.pk}, follow=True)

    assert page.redirect_chain == [(f"/matters/{appeal.pk}/", 302)]
    assert Party.objects.filter(case=appeal.case, person=s.li, part="joined").exists()
    assert "老人差点摔着" not in page.text
    assert "王" not in page.text
    assert "You said “me too”" in page.text
    assert LAMP in reader.get("/raise/").text


def test_me_too_needs_an_offer(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    signed_in(reader, s, "li")

    page = reader.post("/raise/me-too/", {"matter": appeal.pk})

    assert page.status_code == 409
    assert not Party.objects.filter(person=s.li).exists()


def test_not_the_same_is_sent_all_the_same(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text="2单元一楼到二楼楼道灯不亮，老人差点摔着", suggestion={"l2": "0203"})
    signed_in(reader, s, "li")
    reader.post("/raise/", typed(s, photos=[photo()]))

    reader.post("/raise/send/", {"passed": ["same"]})

    assert Appeal.objects.filter(case__raised_by=s.li, text=LAMP).count() == 1
    assert File.objects.count() == 1


def test_another_matter_is_no_repeat(reader: Client) -> None:
    s = make.scene()
    make.appeal(s, text=BIN, area=s.community, suggestion={"l2": "0401"})
    signed_in(reader, s, "li")

    page = reader.post("/raise/", typed(s))

    assert "Received. Your part is done." in page.text


# -- without an account


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
    people, entries = set(Person.objects.values_list("pk", flat=True)), set(Entry.objects.values_list("pk", flat=True))

    page = reader.post("/raise/", typed(s, identity="anonymous", photos=[photo()]), REMOTE_ADDR="203.0.113.77")

    appeal = Appeal.objects.select_related("case__raised_by").get()
    reporter = appeal.case.raised_by
    assert page.status_code == 200
    assert (reporter.kind, reporter.name, reporter.called, reporter.pk in people) == ("pseudonym", "", "", False)
    assert not Account.objects.filter(person=reporter).exists()
    assert set(File.objects.values_list("by_id", flat=True)) == {reporter.pk}
    written = Entry.objects.exclude(pk__in=entries)
    assert set(written.values_list("actor_id", "behalf_id")) <= {(reporter.pk, None), (None, None)}
    assert "203.0.113.77" not in "".join(str(row) for row in [*Entry.objects.values(), *Attempt.objects.values()])
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
    assert list(Step.objects.filter(verb="appeals.word_added").values_list("text", flat=True)) == ["二楼那盏还会闪"]


def test_without_the_code_there_is_nothing(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)

    assert reader.get(f"/follow/{appeal.pk}/").status_code == 404
    assert reader.post(f"/follow/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes"}).status_code == 404
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


def test_the_square_brings_the_code_along_and_a_look_writes_nothing(reader: Client, django_assert_num_queries: Any) -> None:
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


# -- the page of a matter


def test_wang_reads_who_answers_and_why_that_day_but_no_staff_lines(reader: Client) -> None:
    s = make.scene()
    s.property_firm.phone = "010-0000 0001"
    s.property_firm.save()
    appeal = sent(s)
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.progress(appeal, by=s.as_("liu"), text="配件下午到")
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{appeal.pk}/")

    for words in ("Dongli Property Services", "刘师傅", 'href="tel:010-0000 0001"', "Why this day?", "配件下午到", "You raised the matter"):
        assert words in page.text
    assert "said what kind of matter it is" not in page.text
    assert "Who raised it" not in page.text


def test_wang_never_reads_which_neighbour_joined(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.me_too(appeal, by=s.li)
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{appeal.pk}/")

    assert "a neighbour said “me too”" in page.text
    assert "李" not in page.text


def test_a_clerk_sees_her_own_matter_as_a_neighbour(reader: Client) -> None:
    s = make.scene()
    appeal = sent(s, make.appeal(s, by="chen"))
    signed_in(reader, s, "chen")

    page = reader.get(f"/matters/{appeal.pk}/")

    assert "How far it has come" in page.text
    assert "said what kind of matter it is" not in page.text


def test_wang_adds_a_word_with_a_photo_and_nudges_once_a_day(reader: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    signed_in(reader, s, "wang")

    reader.post(f"/matters/{appeal.pk}/add/", {"text": "三楼的也不亮了", "photos": [photo()]})
    reader.post(f"/matters/{appeal.pk}/nudge/")
    again = reader.post(f"/matters/{appeal.pk}/nudge/")

    step = Step.objects.get(verb="appeals.word_added")
    assert (step.text, File.objects.get().subject_id) == ("三楼的也不亮了", step.pk)
    assert again.status_code == 409
    assert "You nudged them today already." in again.text
    assert Step.objects.filter(verb="appeals.nudged").count() == 1


def test_a_word_with_a_broken_photo_is_kept_in_the_form_and_not_half_said(reader: Client) -> None:
    s = make.scene()
    appeal = sent(s)
    signed_in(reader, s, "wang")
    broken = io.BytesIO(b"nothing")
    broken.name = "x.jpg"

    page = reader.post(f"/matters/{appeal.pk}/add/", {"text": "三楼的也不亮了", "photos": [broken]})

    assert page.status_code == 409
    assert "三楼的也不亮了</textarea>" in page.text
    assert not Step.objects.filter(verb="appeals.word_added").exists()


def test_wang_judges_in_her_own_words_and_a_no_stays_with_the_desk(reader: Client) -> None:
    s = make.scene()
    appeal = replied(s)
    signed_in(reader, s, "wang")
    assert "They say it is done. What do you say?" in reader.get(f"/matters/{appeal.pk}/").text

    half = reader.post(f"/matters/{appeal.pk}/judge/", {"solved": "no", "words": "二楼还是黑的"})
    assert half.status_code == 422
    assert "二楼还是黑的</textarea>" in half.text
    assert "Say whether you are satisfied." in half.text
    reader.post(f"/matters/{appeal.pk}/judge/", {"solved": "no", "satisfied": "no", "words": "二楼还是黑的"})

    assert list(Evaluation.objects.values_list("solved", "satisfied", "words")) == [(False, False, "二楼还是黑的")]
    assert Case.objects.get().state == State.REPLIED


def test_wang_withdraws(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    signed_in(reader, s, "wang")

    page = reader.post(f"/matters/{appeal.pk}/withdraw/", {"text": "自己换好了"}, follow=True)

    assert Case.objects.get().state == State.CLOSED
    assert "自己换好了" in page.text
    assert "Add a word" not in page.text


def test_a_stranger_finds_no_page_and_no_verb(reader: Client) -> None:
    s = make.scene()
    appeal = replied(s)
    signed_in(reader, s, "outsider")

    answers = [reader.get(f"/matters/{appeal.pk}/"), reader.get(f"/matters/{appeal.pk}/receipt/")]
    answers += [reader.post(f"/matters/{appeal.pk}/{verb}/", {"text": "x"}) for verb in ("add", "nudge", "judge", "withdraw")]

    assert [answer.status_code for answer in answers] == [404] * 6


def test_a_neighbour_who_joined_cannot_judge_for_her(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.me_too(appeal, by=s.li)
    replied(s, appeal)
    signed_in(reader, s, "li")

    page = reader.post(f"/matters/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes"})

    assert page.status_code == 409
    assert "Only the neighbour who raised it may do this." in page.text
    assert not Evaluation.objects.exists()


def test_a_merged_matter_leads_to_the_one_it_is_handled_with(reader: Client) -> None:
    s = make.scene()
    first, second = make.appeal(s, by="li"), make.appeal(s, text="二单元一楼灯坏了")
    intake.merge(second, into=first, by=s.as_("chen"))
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{second.pk}/")

    assert "Handled together with" in page.text
    assert f'href="/matters/{first.pk}/"' in page.text


# -- the board


def on_the_board(s: make.Scene, title: str = "3号楼楼道灯", text: str = "换了声控灯座", by: str = "wang") -> Appeal:
    appeal = replied(s, make.appeal(s, by=by))
    closing.judge(appeal, by=s.as_(by), verdict=closing.Verdict(solved=True, satisfied=True))
    closing.publish(appeal, by=s.as_("chen"), title=title, text=text)
    return appeal


def test_everybody_reads_answers_that_name_nobody(reader: Client) -> None:
    s = make.scene()
    appeal = on_the_board(s)
    make.appeal(s, text=BIN)
    from_community(reader, s)

    pages = [reader.get("/board/"), reader.get(f"/board/{appeal.pk}/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert "3号楼楼道灯" in pages[0].text
    assert "换了声控灯座" in pages[1].text
    for page in pages:
        for secret in ("王", "刘师傅", "晚上下楼看不清", BIN, appeal.case.number, "2单元"):
            assert secret not in page.text


def test_what_was_never_published_is_not_there(reader: Client) -> None:
    s = make.scene()
    appeal = replied(s)
    assert reader.get(f"/board/{appeal.pk}/").status_code == 404


def test_two_characters_find_an_answer_and_one_finds_all(reader: Client) -> None:
    s = make.scene()
    on_the_board(s, "3号楼楼道灯", "换了声控灯座")
    on_the_board(s, "西门垃圾桶", "每天清运两次")
    from_community(reader, s)

    found = {word: re.findall(r'class="t">([^<]+)<', reader.get("/board/", {"q": word}).text) for word in ("清运", "灯", "地铁")}

    assert found == {"清运": ["西门垃圾桶"], "灯": ["西门垃圾桶", "3号楼楼道灯"], "地铁": []}


def test_an_answer_taken_off_the_board_is_gone_at_once(reader: Client) -> None:
    s = make.scene()
    appeal = on_the_board(s)
    from_community(reader, s)
    assert "3号楼楼道灯" in reader.get("/board/").text

    closing.unpublish(appeal, by=s.as_("chen"))

    assert "3号楼楼道灯" not in reader.get("/board/").text


# -- what a page costs


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_for_one_and_thirty(reader: Client, count: int, django_assert_num_queries: Any) -> None:
    s = make.scene()
    for n in range(count):
        on_the_board(s, title=f"第{n}件")
    from_community(reader, s)

    with django_assert_num_queries(4):
        reader.get(f"/board/?q=第{count - 1}件"[:60])


@pytest.mark.parametrize("count", [1, 30])
def test_a_matter_costs_the_same_for_one_and_thirty_lines(reader: Client, count: int, django_assert_max_num_queries: Any) -> None:
    s = make.scene()
    appeal = sent(s)
    for n in range(count):
        intake.add_word(appeal, by=s.as_("wang"), text=f"第{n}句")
    signed_in(reader, s, "wang")
    reader.get(f"/matters/{appeal.pk}/")

    with django_assert_max_num_queries(12) as caught:
        page = reader.get(f"/matters/{appeal.pk}/")

    assert page.text.count("第") == count
    assert len(caught) == 12


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_costs_the_same_for_one_and_thirty_stairs(reader: Client, count: int, django_assert_max_num_queries: Any) -> None:
    s = make.scene()
    for n in range(count):
        make.area("stair", f"u{n + 10}", f"{n + 10}单元", s.stair.parent)
    signed_in(reader, s, "wang")
    reader.get("/raise/")

    with django_assert_max_num_queries(12) as caught:
        page = reader.get("/raise/")

    assert page.text.count("<option") == count + 3
    assert len(caught) == 8


def test_identity_hidden_is_kept(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, identity="hidden"))
    assert Appeal.objects.get().identity == Identity.HIDDEN
