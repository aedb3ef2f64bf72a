"""What 王阿姨 reads of her matter and says there; what those who joined read; what a stranger finds."""

import io
from typing import Any

import pytest
from django.test import Client

from linli.kernel.cases.models import Case, Evaluation, Step
from linli.kernel.files.models import File
from linli.modules.appeals.actions import dispatching, handling, intake
from linli.modules.appeals.models import State
from linli.modules.appeals.tests.neighbours import photo, replied, sent, signed_in, typed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def test_wang_reads_who_answers_and_why_that_day_but_no_staff_lines(reader: Client) -> None:
    s = make.scene()
    s.property_firm.phone = "010-0000 0001"
    s.property_firm.save()
    appeal = sent(s)
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.progress(appeal, by=s.as_("liu"), text="配件下午到")
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{appeal.pk}/")

    for words in (
        "Laoshan Dongli North Community, Building 3, Stair 2",
        "Dongli Property Services",
        "刘师傅",
        'href="tel:010-0000 0001"',
        "Why this day?",
        "配件下午到",
        "You raised the matter",
    ):
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


@pytest.mark.parametrize(("identity", "known"), [("named", True), ("hidden", False)])
def test_the_unit_reads_the_name_of_a_neighbour_only_if_she_said_so(
    reader: Client, identity: str, known: bool
) -> None:
    s = make.scene()
    appeal = sent(s, make.appeal(s, identity=identity))
    intake.add_word(appeal, by=s.as_("wang"), text="还有二楼的")
    signed_in(reader, s, "liu")

    pages = [reader.get(f"/matters/{appeal.pk}/").text, reader.get(f"/matters/{appeal.pk}/slip/").text]

    assert ["王" in page for page in pages] == [known, known]
    assert "还有二楼的" in pages[0]


def test_a_look_writes_nothing(reader: Client, django_assert_max_num_queries: Any) -> None:
    s = make.scene()
    appeal = replied(s)
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text=""))

    for address in (
        "/raise/",
        "/raise/same/",
        f"/matters/{appeal.pk}/",
        f"/matters/{appeal.pk}/receipt/",
        "/follow/?c=X",
        "/board/",
    ):
        with django_assert_max_num_queries(12) as caught:
            reader.get(address)
        assert [query["sql"] for query in caught if not query["sql"].startswith("SELECT")] == []


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

    assert list(Evaluation.objects.values_list("solved", "satisfied", "words")) == [
        (False, False, "二楼还是黑的")
    ]
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
    answers += [
        reader.post(f"/matters/{appeal.pk}/{verb}/", {"text": "x"})
        for verb in ("add", "nudge", "judge", "withdraw")
    ]

    assert [answer.status_code for answer in answers] == [404] * 6


def test_a_neighbour_who_joined_judges_for_herself_and_never_for_her(reader: Client) -> None:
    s = make.scene()
    appeal = make.appeal(s)
    intake.me_too(appeal, by=s.li)
    replied(s, appeal)
    signed_in(reader, s, "li")

    page = reader.post(f"/matters/{appeal.pk}/judge/", {"solved": "yes", "satisfied": "yes"}, follow=True)

    assert "What you said of it" in page.text
    assert [(e.by, e.solved) for e in Evaluation.objects.all()] == [(s.li, True)]
    assert Case.objects.get().state == State.REPLIED


def test_a_merged_matter_leads_to_the_one_it_is_handled_with(reader: Client) -> None:
    s = make.scene()
    first, second = make.appeal(s, by="li"), make.appeal(s, text="二单元一楼灯坏了")
    intake.merge(second, into=first, by=s.as_("chen"))
    signed_in(reader, s, "wang")

    page = reader.get(f"/matters/{second.pk}/")

    assert "Handled together with" in page.text
    assert f'href="/matters/{first.pk}/"' in page.text


@pytest.mark.parametrize("count", [1, 30])
def test_a_matter_costs_the_same_for_one_and_thirty_lines(
    reader: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    s = make.scene()
    appeal = sent(s)
    for n in range(count):
        intake.add_word(appeal, by=s.as_("wang"), text=f"第{n}句")
    signed_in(reader, s, "wang")
    reader.get(f"/matters/{appeal.pk}/")

    with django_assert_max_num_queries(12) as caught:
        page = reader.get(f"/matters/{appeal.pk}/")

    assert page.text.count("第") == count
    assert len(caught) == 9
