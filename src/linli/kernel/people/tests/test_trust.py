from datetime import date, timedelta

import pytest

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions
from linli.kernel.people.models import Consent
from linli.kernel.people.queries import mandates_around, mandates_of, may_act_for
from linli.kernel.people.rules import may_be_a_child
from linli.kernel.people.tests.cast import MORNING, person, shijingshan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_zhou_yeye_lets_his_neighbour_report_for_him_until_he_takes_it_back() -> None:
    north = shijingshan()["north"]
    zhou, wang, chen = person("周爷爷", north), person("王阿姨", north), person("陈晓雨", north, "clerk")
    mandate = actions.give_mandate(
        zhou, wang, "matters", by=chen, now=MORNING, basis="两人签字的委托书，存 3 号盒"
    )

    assert [m.giver for m in mandates_of(wang, TODAY)] == [zhou]
    assert [may_act_for(wang, zhou, scope, TODAY) for scope in ("matters", "errands")] == [True, False]
    assert not may_act_for(wang, zhou, "matters", TODAY - timedelta(days=1))
    assert not may_act_for(zhou, wang, "matters", TODAY)

    actions.revoke_mandate(mandate, by=zhou, now=MORNING)
    assert not may_act_for(wang, zhou, "matters", TODAY)


def test_nobody_gives_herself_a_mandate_over_another() -> None:
    north = shijingshan()["north"]
    zhou, wang = person("周爷爷", north), person("王阿姨", north)

    for giver, holder in ((zhou, wang), (wang, wang)):
        with pytest.raises(Refused):
            actions.give_mandate(giver, holder, "everything", by=wang, now=MORNING)


def test_a_mandate_ends_on_its_last_day() -> None:
    north = shijingshan()["north"]
    zhou, wang = person("周爷爷", north), person("王阿姨", north)
    mandate = actions.give_mandate(zhou, wang, "everything", until=TODAY, by=zhou, now=MORNING)
    actions.accept_mandate(mandate, by=wang, now=MORNING)

    assert [may_act_for(wang, zhou, "errands", TODAY + timedelta(days=n)) for n in (0, 1)] == [True, False]


def test_a_mandate_counts_once_the_other_has_agreed_and_nobody_else_agrees_for_her() -> None:
    north = shijingshan()["north"]
    zhou, wang, outsider = person("周爷爷", north), person("王阿姨", north), person("外人")
    mandate = actions.give_mandate(zhou, wang, "matters", by=zhou, now=MORNING)
    assert not may_act_for(wang, zhou, "matters", TODAY)

    for somebody in (zhou, outsider):
        with pytest.raises(Refused):
            actions.accept_mandate(mandate, by=somebody, now=MORNING)
    actions.accept_mandate(mandate, by=wang, now=MORNING)
    assert may_act_for(wang, zhou, "matters", TODAY)

    actions.revoke_mandate(mandate, by=wang, now=MORNING)
    with pytest.raises(Refused):
        actions.accept_mandate(mandate, by=wang, now=MORNING)
    assert (may_act_for(wang, zhou, "matters", TODAY), list(mandates_around(zhou, TODAY))) == (False, [])


def test_the_desk_writes_down_a_signed_paper_and_never_one_that_favours_itself() -> None:
    north = shijingshan()["north"]
    zhou, wang, chen = person("周爷爷", north), person("王阿姨", north), person("陈晓雨", north, "clerk")

    for holder, basis in ((wang, " "), (chen, "两人签字的委托书")):
        with pytest.raises(Refused):
            actions.give_mandate(zhou, holder, "matters", by=chen, now=MORNING, basis=basis)
    mandate = actions.give_mandate(zhou, wang, "matters", by=chen, now=MORNING, basis="委托书，存 3 号盒")

    assert (mandate.recorded_by, mandate.accepted_at) == (chen, MORNING)
    last = Entry.objects.order_by("-id").first()
    assert (last.verb, last.actor_id, last.behalf_id) == ("people.mandate_given", chen.pk, zhou.pk)


def test_consent_names_its_wording_and_ends_when_withdrawn() -> None:
    wang = person("王阿姨", shijingshan()["north"])
    assert not actions.has_consent(wang, "photo")

    actions.give_consent(wang, "photo", "2026-01", by=wang, now=MORNING)
    actions.give_consent(wang, "photo", "2026-02", by=wang, now=MORNING + timedelta(days=1))
    assert actions.has_consent(wang, "photo")
    actions.withdraw_consent(wang, "photo", by=wang, now=MORNING + timedelta(days=2))

    assert not actions.has_consent(wang, "photo")
    assert list(Consent.objects.order_by("id").values_list("text_version", "given_at", "withdrawn_at")) == [
        ("2026-01", MORNING, MORNING + timedelta(days=1)),
        ("2026-02", MORNING + timedelta(days=1), MORNING + timedelta(days=2)),
    ]


def test_an_outsider_neither_gives_nor_withdraws_consent_for_her() -> None:
    wang, outsider = person("王阿姨", shijingshan()["north"]), person("外人")
    with pytest.raises(Refused):
        actions.give_consent(wang, "photo", "2026-01", by=outsider, now=MORNING)
    actions.give_consent(wang, "photo", "2026-01", by=wang, now=MORNING)
    with pytest.raises(Refused):
        actions.withdraw_consent(wang, "photo", by=outsider, now=MORNING)


def test_for_a_child_a_parent_agrees() -> None:
    north = shijingshan()["north"]
    child, mother, chen = person("小明", north), person("小明妈妈", north), person("陈晓雨", north, "clerk")
    child.birth_year = 2015
    actions.note_relative(mother, child, "parent", by=chen)

    for guardian in (None, chen):
        with pytest.raises(Refused):
            actions.give_consent(child, "photo", "2026-01", by=chen, now=MORNING, guardian=guardian)
    with pytest.raises(Refused):
        actions.give_consent(child, "photo", "2026-01", by=child, now=MORNING)
    at_home = actions.give_consent(child, "photo", "2026-01", by=mother, now=MORNING)
    at_desk = actions.give_consent(child, "visit", "2026-01", by=chen, now=MORNING, guardian=mother)

    assert [consent.guardian for consent in (at_home, at_desk)] == [mother, mother]


@pytest.mark.parametrize(
    ("born", "child"), [(2011, False), (2012, True), (2026, True), (1950, False), (None, False)]
)
def test_who_may_be_under_fourteen_is_asked_in_doubt(born: int | None, child: bool) -> None:
    assert may_be_a_child(born, TODAY) is child
