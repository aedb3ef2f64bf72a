from datetime import date

import pytest

from linli.kernel.answers import Refused
from linli.kernel.files.models import File
from linli.kernel.people import actions, contacts, signin
from linli.kernel.people.actions.merging import columns_of_person
from linli.kernel.people.actions.rosters import Line
from linli.kernel.people.models import Account, Contact, Person, RosterLine
from linli.kernel.people.personal import export_of, records_of
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, person, shijingshan

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)


def everything(who: Person) -> dict[str, int]:
    """How many rows of every model point to her, by any column."""
    counts = {
        f"{model._meta.label}.{column}": model._default_manager.filter(**{column: who.pk}).count()
        for model, column in columns_of_person()
    }
    return {name: count for name, count in counts.items() if count}


@pytest.fixture
def two_records(db: None) -> dict:
    places = shijingshan()
    chen = person("陈晓雨", places["north"], "clerk")
    at_desk = actions.register(
        name="王秀英", called="王阿姨", community=places["north"], by=chen, now=MORNING
    )
    by_phone = actions.confirm_by_phone(WANG_PHONE, now=MORNING)
    signin.account_of(by_phone)
    actions.claim_residence(by_phone, places["home"], "living", on=ON, by=None)
    for one in (at_desk, by_phone):
        actions.give_consent(one, "photo", "2026-01", by=one, now=MORNING)
    return {"chen": chen, "kept": at_desk, "gone": by_phone, "south": person("南", places["south"], "clerk")}


def test_two_records_of_one_person_become_one(two_records: dict) -> None:
    kept, gone = two_records["kept"], two_records["gone"]

    actions.merge(gone, kept, reason="同一个人，本人到窗口确认", by=two_records["chen"], now=MORNING)

    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert contacts.person_by_phone(WANG_PHONE) == kept
    assert Account.objects.get().person == kept
    assert everything(gone) == {"people.Consent.person": 1}
    assert everything(kept) == {
        "people.Consent.person": 1,
        "people.Contact.person": 1,
        "people.Residence.person": 1,
    }


def test_a_mistaken_merge_comes_apart_and_everything_is_where_it_was(two_records: dict) -> None:
    kept, gone, chen = two_records["kept"], two_records["gone"], two_records["chen"]
    before = everything(kept), everything(gone)
    merged = actions.merge(gone, kept, reason="看错了", by=chen, now=MORNING)
    fresh = Contact.objects.create(person=kept, kind="email", cipher="", blind="x", valid_from=MORNING)

    actions.split(merged, by=chen, now=MORNING)

    fresh.delete()
    gone.refresh_from_db()
    assert (everything(kept), everything(gone)) == before
    assert (gone.merged_into, Account.objects.get().person) == (None, gone)
    with pytest.raises(Refused):
        actions.split(merged, by=chen, now=MORNING)


def test_another_desk_joins_nobody_here(two_records: dict) -> None:
    with pytest.raises(Refused):
        actions.merge(
            two_records["gone"], two_records["kept"], reason="x", by=two_records["south"], now=MORNING
        )
    with pytest.raises(Refused):
        actions.merge(
            two_records["kept"], two_records["kept"], reason="x", by=two_records["chen"], now=MORNING
        )


def test_a_frozen_list_stays_as_it_was_and_notices_any_change() -> None:
    places = shijingshan()
    wang, liu = person("王阿姨"), person("刘师傅")
    lines = [Line(places["home"].path, wang.pk, 6543), Line(places["home"].path, liu.pk)]

    roster = actions.freeze("ballot", places["north"], lines, by=None, now=MORNING)
    again = actions.freeze("ballot", places["north"], [*reversed(lines), lines[0]], by=None, now=MORNING)

    assert (roster.hash, roster.lines_count, actions.is_unchanged(roster)) == (again.hash, 2, True)
    RosterLine.objects.filter(roster=roster, position=0).update(floor_area=1)
    assert not actions.is_unchanged(roster)
    RosterLine.objects.filter(roster=again, position=1).delete()
    assert not actions.is_unchanged(again)


def test_her_files_and_everything_joined_before_go_along_and_come_back(two_records: dict) -> None:
    kept, gone, chen = two_records["kept"], two_records["gone"], two_records["chen"]
    first = person("王阿姨的第一份档案", kept.community)
    file = File.objects.create(
        kind="photo", name="门.jpg", content_type="image/jpeg", size=1, sha256="", token="a" * 32,
        by_id=first.pk, owner_id=first.pk, at=MORNING,
    )  # fmt: skip
    earlier = actions.merge(first, gone, reason="同一个人", by=chen, now=MORNING)
    later = actions.merge(gone, kept, reason="同一个人", by=chen, now=MORNING)

    assert [File.objects.get().owner_id, File.objects.get().by_id] == [kept.pk, kept.pk]
    assert records_of(kept) == [kept, gone, first]
    assert {row["name"] for row in export_of(kept)["records"]["files.file"]} == {"门.jpg"}

    actions.split(later, by=chen, now=MORNING)
    actions.split(earlier, by=chen, now=MORNING)

    file.refresh_from_db()
    assert (file.owner_id, file.by_id, records_of(kept)) == (first.pk, first.pk, [kept])
