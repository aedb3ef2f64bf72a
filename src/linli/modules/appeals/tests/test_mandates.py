"""周爷爷 has no phone: 王阿姨 reports and follows for him, the thread says so, and it ends when he says so."""

from datetime import date
from typing import Any

import pytest
from django.core.files import File as Upload
from django.test import Client
from django.urls import reverse

from linli.kernel.cases.models import Case
from linli.kernel.clock import now, today
from linli.kernel.files.actions import store
from linli.kernel.inbox.models import Message
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions, openings
from linli.kernel.people.contacts import add_contact
from linli.kernel.people.models import Mandate, Opening, Person
from linli.modules.appeals.actions import dispatching, handling, intake
from linli.modules.appeals.models import Kind, Urgency
from linli.modules.appeals.tests.neighbours import photo
from tests import make

pytestmark = pytest.mark.django_db
LI_PHONE = "10000000418"
WORDS = "六楼的窗户关不上，风大就响"


def by_paper(s: make.Scene, scope: str = "matters") -> Mandate:
    """周爷爷 and 王阿姨 have signed a paper; 陈晓雨 writes it down."""
    return actions.give_mandate(
        s.zhou, s.wang, scope, by=s.chen, now=now(), until=date(2099, 1, 1), basis="委托书，存 3 号盒"
    )


def browser_of(s: make.Scene, name: str) -> Client:
    return make.sign_in(Client(headers={"accept-language": "en"}), s.people[name])  # type: ignore[no-any-return]


def raised_for(s: make.Scene, browser: Client, behalf: Any, **more: Any) -> Any:
    form = {"text": WORDS, "place": s.stair.pk, "identity": "named", "behalf": behalf, **more}
    return browser.post("/raise/", form, follow=True)


def test_wang_reports_for_zhou_and_the_journal_says_for_whom() -> None:
    s = make.scene()
    by_paper(s)
    wang = browser_of(s, "wang")
    assert "For 周爷爷" in wang.get("/raise/").text

    page = raised_for(s, wang, s.zhou.pk)

    case = Case.objects.get()
    entry = Entry.objects.get(verb="appeals.received")
    assert "Reported for 周爷爷" in page.text
    assert (case.raised_by, case.operator) == (s.zhou, s.wang)
    assert (entry.actor_id, entry.behalf_id) == (s.wang.pk, s.zhou.pk)


def test_she_finds_it_under_his_name_reads_it_and_adds_a_word() -> None:
    s = make.scene()
    by_paper(s)
    wang = browser_of(s, "wang")
    raised_for(s, wang, s.zhou.pk)
    case = Case.objects.get()

    lists = [wang.get(address).text for address in ("/mine/", f"/mine/?for={s.zhou.pk}")]
    page = wang.get(f"/matters/{case.pk}/").text
    said = wang.post(f"/matters/{case.pk}/add/", {"text": "今早又响了"})

    assert [case.number in text for text in lists] == [False, True]
    assert ("You read and write here for 周爷爷" in page, WORDS in page) == (True, True)
    assert said.status_code == 302
    entry = Entry.objects.get(verb="appeals.word_added")
    assert (entry.actor_id, entry.behalf_id) == (s.wang.pk, s.zhou.pk)
    assert wang.get(f"/matters/{case.pk}/receipt/").status_code == 200


def test_she_hears_for_him_how_it_goes_and_judges_in_his_name() -> None:
    s = make.scene()
    by_paper(s)
    appeal = make.appeal(s, by="zhou")
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.reply(appeal, by=s.as_("liu"), text="窗户修好了")
    wang = browser_of(s, "wang")

    wang.post(f"/matters/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes", "words": ""})

    evaluation = appeal.case.evaluations.get()
    assert Message.objects.filter(person=s.wang, case_id=appeal.pk).exists()
    assert (evaluation.by, evaluation.operator, evaluation.solved) == (s.zhou, s.wang, True)
    assert Case.objects.get().state == "closed"


def test_when_it_ends_everything_ends_with_it() -> None:
    s = make.scene()
    mandate = by_paper(s)
    wang = browser_of(s, "wang")
    raised_for(s, wang, s.zhou.pk)
    case = Case.objects.get()
    page = f"/matters/{case.pk}/"
    addresses = (page, f"{page}receipt/", f"/mine/?for={s.zhou.pk}")
    assert [wang.get(address).status_code for address in addresses] == [200, 200, 200]

    actions.revoke_mandate(mandate, by=s.zhou, now=now())

    assert [wang.get(address).status_code for address in addresses] == [404, 404, 404]
    assert wang.post(f"{page}add/", {"text": "再说一句"}).status_code == 404
    assert raised_for(s, wang, s.zhou.pk, text="小区门口垃圾三天没人清运").status_code == 409
    assert Case.objects.count() == 1


@pytest.mark.parametrize("name", ["li", "outsider"])
def test_nobody_reports_or_reads_in_the_name_of_somebody_who_gave_no_mandate(name: str) -> None:
    s = make.scene()
    by_paper(s)
    appeal = make.appeal(s, by="zhou")
    stranger = browser_of(s, name)

    place = s.people[name].community
    assert raised_for(s, stranger, s.zhou.pk, place=place.pk).status_code == 409
    assert stranger.get(f"/matters/{appeal.pk}/").status_code == 404
    assert stranger.get(f"/mine/?for={s.zhou.pk}").status_code == 404
    assert Case.objects.count() == 1


def test_a_mandate_for_errands_reaches_no_matter() -> None:
    s = make.scene()
    by_paper(s, scope="errands")
    wang = browser_of(s, "wang")

    assert "For 周爷爷" not in wang.get("/raise/").text
    assert raised_for(s, wang, s.zhou.pk).status_code == 409


def test_what_is_raised_anonymously_leads_to_nobody() -> None:
    s = make.scene()
    by_paper(s)

    raised_for(s, browser_of(s, "wang"), s.zhou.pk, identity="anonymous")

    case = Case.objects.get()
    assert {case.raised_by_id, case.operator_id} & {s.wang.pk, s.zhou.pk} == set()


def test_wang_asks_li_by_his_number_and_he_agrees() -> None:
    s = make.scene()
    add_contact(s.li, "phone", LI_PHONE, by=s.chen, now=now())
    wang, li = browser_of(s, "wang"), browser_of(s, "li")
    form = {"phone": LI_PHONE, "scope": "matters", "until": "2099-01-01"}

    wang.post("/me/mandates/give/", form)
    waiting = wang.get("/me/mandates/").text
    mandate = Mandate.objects.get()
    assert ("100****0418" in waiting, "李大爷" in waiting, "has not answered yet" in waiting) == (
        True,
        False,
        True,
    )
    assert "王阿姨" in li.get("/me/mandates/").text
    assert Message.objects.filter(person=s.li, verb="people.mandate_given").count() == 1

    li.post(f"/me/mandates/{mandate.pk}/agree/")
    assert "李大爷" in wang.get("/me/mandates/").text
    assert "For 王阿姨" in li.get("/raise/").text

    wang.post(f"/me/mandates/{mandate.pk}/end/")
    assert "For 王阿姨" not in li.get("/raise/").text


def test_a_number_nobody_has_is_told_and_trying_numbers_soon_ends() -> None:
    s = make.scene()
    wang = browser_of(s, "wang")
    form = {"phone": "10000000999", "scope": "matters", "until": "2099-01-01"}

    answers = [wang.post("/me/mandates/give/", form) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [409] * 11
    assert ["Nobody here signs in" in answer.text for answer in answers] == [True] * 10 + [False]
    assert "10000000999" in answers[0].text


def test_others_neither_agree_nor_end_a_mandate_that_is_not_theirs() -> None:
    s = make.scene()
    mandate = by_paper(s)
    outsider = browser_of(s, "outsider")

    answers = [outsider.post(f"/me/mandates/{mandate.pk}/{verb}/").status_code for verb in ("agree", "end")]

    assert answers == [404, 404]
    assert Mandate.objects.get().revoked_at is None


def test_the_counter_writes_a_paper_down_and_ends_it() -> None:
    s = make.scene()
    add_contact(s.wang, "phone", LI_PHONE, by=s.chen, now=now())
    chen = browser_of(s, "chen")
    page = f"/mandates/{s.zhou.pk}/paper/"
    form = {"phone": LI_PHONE, "scope": "matters", "until": "2099-01-01"}

    assert chen.post(page, form).status_code == 422
    assert chen.post(page, {**form, "basis": "委托书，存 3 号盒"}).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.giver, mandate.holder, mandate.recorded_by, mandate.accepted_at is not None) == (
        s.zhou, s.wang, s.chen, True,
    )  # fmt: skip
    assert "委托书，存 3 号盒" in chen.get(page).text
    told = Message.objects.filter(verb="people.mandate_given").values_list("person", flat=True)
    assert set(told) == {s.zhou.pk, s.wang.pk}

    chen.post(f"{page}end/", {"mandate": mandate.pk})
    assert Mandate.objects.get().revoked_at is not None
    assert [browser_of(s, name).get(page).status_code for name in ("lin", "wang")] == [404, 404]
    assert mandate.valid_from == today()


def test_the_phone_of_a_child_is_shown_after_a_second_person_agreed() -> None:
    s = make.scene()
    s.zhou.birth_year = today().year - 10
    s.zhou.save(update_fields=["birth_year"])
    add_contact(s.zhou, "phone", LI_PHONE, by=s.chen, now=now())
    actions.note_relative(s.wang, s.zhou, "parent", by=s.chen)
    case = make.appeal(s, by="zhou").case
    chen, zhao, wang = (browser_of(s, name) for name in ("chen", "zhao", "wang"))

    asked = chen.post(f"/matters/{case.pk}/phone/", follow=True).text
    assert (LI_PHONE in asked, "under 14" in asked) == (False, True)
    assert "You asked for this yourself" in chen.get("/openings/").text
    assert Message.objects.filter(person=s.zhao, verb="people.opening_asked").count() == 1
    zhao.post(f"/openings/{Opening.objects.get().pk}/decide/", {"agreed": "yes"})

    assert LI_PHONE in chen.post(f"/matters/{case.pk}/phone/").text
    mother = wang.get("/me/").text
    assert ("Who looked at your children" in mother, "赵主任 agreed" in mother) == (True, True)
    assert "Who looked at your children" not in browser_of(s, "li").get("/me/").text


def test_whoever_handles_a_matter_neither_judges_nor_withdraws_it_by_a_mandate() -> None:
    """刘师傅 holds the mandate of his own customer: he may read for her, never judge his own work (民法典 第一百六十八条)."""
    s = make.scene()
    actions.give_mandate(
        s.zhou, s.liu, "matters", by=s.chen, now=now(), until=date(2099, 1, 1), basis="委托书"
    )
    appeal = make.appeal(s, by="zhou")
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
    dispatching.sign(appeal, by=s.as_("liu"))
    liu = browser_of(s, "liu")
    withdrawn = liu.post(f"/matters/{appeal.pk}/withdraw/", {"text": "不用了"})
    handling.reply(appeal, by=s.as_("liu"), text="窗户修好了")

    judged = liu.post(f"/matters/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes", "words": ""})

    assert [withdrawn.status_code, judged.status_code] == [409, 409]
    assert (Case.objects.get().state, appeal.case.evaluations.count()) == ("replied", 0)


def test_whoever_joined_too_still_opens_the_photos_of_the_one_she_acts_for() -> None:
    s = make.scene()
    by_paper(s)
    appeal = make.appeal(s, by="zhou")
    picture = store(
        Upload(photo(), name="window.jpg"),
        by=s.zhou,
        kinds=("photo",),
        group_id=appeal.case_id,
        path=appeal.case.path,
    )
    intake.me_too(appeal, by=s.wang)
    intake.me_too(appeal, by=s.li)

    answers = [browser_of(s, name).get(f"/files/{picture.pk}/small/").status_code for name in ("wang", "li")]

    assert answers == [200, 404]


def test_a_handler_reads_what_became_of_his_wish_to_call_a_child() -> None:
    s = make.scene()
    s.people["ming"] = make.person("小明", "小明", s.community)
    Person.objects.filter(pk=s.ming.pk).update(birth_year=today().year - 9)
    appeal = make.appeal(s, by="ming")
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
    liu = browser_of(s, "liu")
    liu.post(f"/matters/{appeal.pk}/phone/")
    openings.decide(Opening.objects.get(), by=s.chen, agreed=True, answer="", now=now())

    told = Message.objects.get(person=s.liu, verb="people.opening_agreed")
    page = liu.get(reverse(told.url_name))

    assert (page.status_code, "agreed" in page.text) == (200, True)
