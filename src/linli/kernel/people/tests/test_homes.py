from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.people import actions
from linli.kernel.people.models import Ownership, Residence
from linli.kernel.people.models.homes import Level
from linli.kernel.people.tests.cast import MORNING, person, shijingshan

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)


def test_a_claim_becomes_surer_step_by_step_and_says_who_checked_it() -> None:
    places = shijingshan()
    wang = person("王阿姨", places["north"])
    captain = person("楼门长", places["north"], "stair_captain")
    chen = person("陈晓雨", places["north"], "clerk")
    claim = actions.claim_residence(wang, places["home"], "registered", on=ON, by=wang, evidence="户口本")

    assert (claim.level, claim.verifier) == (Level.CLAIMED, None)
    actions.verify_claim(claim, Level.STAIR_CAPTAIN, by=captain, now=MORNING)
    with pytest.raises(Refused):
        actions.verify_claim(claim, Level.DOCUMENT, by=captain, now=MORNING)
    actions.verify_claim(claim, Level.DOCUMENT, by=chen, now=MORNING)

    kept = Residence.objects.get()
    assert (kept.level, kept.verifier, kept.verified_at) == (Level.DOCUMENT, chen, MORNING)


def test_nobody_confirms_her_own_claim_or_one_of_another_area() -> None:
    places = shijingshan()
    chen = person("陈晓雨", places["north"], "clerk")
    south = person("南社区的", places["south"], "clerk")
    claim = actions.claim_ownership(chen, places["home"], share=Fraction(1, 2), on=ON, by=chen)

    for somebody in (chen, south, person("外人")):
        with pytest.raises(Refused):
            actions.verify_claim(claim, Level.CLERK, by=somebody, now=MORNING)


def test_an_outsider_claims_nothing_for_somebody_else() -> None:
    places = shijingshan()
    with pytest.raises(Refused):
        actions.claim_residence(
            person("王阿姨", places["north"]), places["home"], "living", on=ON, by=person("外人")
        )


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_is_at_most_the_whole(share: Fraction) -> None:
    with pytest.raises(Refused):
        actions.claim_ownership(person("王阿姨"), shijingshan()["home"], share=share, on=ON, by=None)


@pytest.fixture
def dwelling_and_clerk(db: None) -> tuple:
    places = shijingshan()
    return places, person("陈晓雨", places["north"], "clerk")


def test_confirmed_shares_never_exceed_the_whole(dwelling_and_clerk: tuple) -> None:
    places, chen = dwelling_and_clerk
    owners = person("王阿姨"), person("老王")

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.fractions(min_value=Fraction(1, 12), max_value=1, max_denominator=12), max_size=6))
    def whatever_is_claimed(shares: list[Fraction]) -> None:
        Ownership.objects.all().delete()
        whole = Fraction(0)
        for turn, share in enumerate(shares):
            claim = actions.claim_ownership(owners[turn % 2], places["home"], share=share, on=ON, by=None)
            if whole + share <= 1:
                actions.verify_claim(claim, Level.DOCUMENT, by=chen, now=MORNING)
                whole += share
            else:
                with pytest.raises(Refused):
                    actions.verify_claim(claim, Level.DOCUMENT, by=chen, now=MORNING)
        kept = Ownership.objects.filter(level=Level.DOCUMENT)
        assert sum((Fraction(o.share_num, o.share_den) for o in kept), Fraction(0)) == whole

    whatever_is_claimed()


def test_who_has_sold_makes_room_for_the_buyer(dwelling_and_clerk: tuple) -> None:
    places, chen = dwelling_and_clerk
    old = actions.claim_ownership(person("王阿姨"), places["home"], share=Fraction(1), on=ON, by=None)
    actions.verify_claim(old, Level.DOCUMENT, by=chen, now=MORNING)
    actions.end_claim(old, on=date(2026, 5, 31), by=chen)

    new = actions.claim_ownership(
        person("新业主"), places["home"], share=Fraction(1), on=date(2026, 6, 1), by=None
    )
    actions.verify_claim(new, Level.DOCUMENT, by=chen, now=MORNING)

    assert list(Ownership.objects.order_by("id").values_list("valid_from", "valid_to")) == [
        (ON, date(2026, 5, 31)),
        (date(2026, 6, 1), None),
    ]


def test_a_household_keeps_its_people_together(dwelling_and_clerk: tuple) -> None:
    places, _chen = dwelling_and_clerk
    wang = person("王阿姨", places["north"])
    house = actions.keep_house(places["home"], head=wang, on=ON, by=None)

    actions.claim_residence(wang, places["home"], "registered", on=ON, by=wang, household=house)

    assert [str(member.person) for member in house.members.all()] == ["王阿姨"]
