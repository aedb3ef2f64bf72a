from datetime import timedelta

import pytest

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.keys import ring, ringfile
from linli.kernel.keys.reencrypt import reencrypt, rows_to_renew
from linli.kernel.people import actions, contacts
from linli.kernel.people.models import Contact, Person
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, shijingshan

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=30)


def test_the_desk_and_the_phone_find_the_same_person() -> None:
    north = shijingshan()["north"]

    wang, new = actions.find_or_register_by_phone(WANG_PHONE, called="王阿姨", community=north, now=MORNING)
    again, new_again = actions.find_or_register_by_phone("+86 １００-0000 0417", now=LATER)

    assert (again, new, new_again) == (wang, True, False)
    assert (Person.objects.count(), Contact.objects.count()) == (1, 1)
    assert contacts.phone_of(wang) == WANG_PHONE
    assert contacts.masked_phone_of(wang) == "100****0417"


def test_the_number_itself_is_nowhere_in_the_row_or_the_journal() -> None:
    actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)

    row = Contact.objects.values().get()
    assert WANG_PHONE not in str(row)
    assert "0417" not in row["cipher"].split(":")[0] + row["blind_last_four"][:20]
    assert [entry.verb for entry in Entry.objects.order_by("id")] == [
        "people.registered",
        "people.contact_added",
    ]
    assert all(WANG_PHONE not in (entry.payload or "") for entry in Entry.objects.all())


def test_a_number_given_to_somebody_else_never_inherits_the_person() -> None:
    wang = actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)

    assert contacts.number_changed_hands(WANG_PHONE, by=None, now=LATER)
    stranger = actions.confirm_by_phone(WANG_PHONE, now=LATER)

    assert stranger != wang
    assert contacts.phone_of(wang) is None
    assert contacts.person_by_phone(WANG_PHONE) == stranger
    days = (MORNING - timedelta(days=1), MORNING, LATER - timedelta(days=1), LATER)
    assert [contacts.holder_at(WANG_PHONE, day) for day in days] == [None, wang, wang, stranger]
    assert list(Contact.objects.order_by("id").values_list("person", "valid_from", "valid_to")) == [
        (wang.pk, MORNING, LATER),
        (stranger.pk, LATER, None),
    ]


def test_a_number_nobody_confirmed_for_half_a_year_makes_a_new_person() -> None:
    wang = actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)
    in_time = actions.confirm_by_phone(WANG_PHONE, now=MORNING + contacts.PROOF_LASTS)
    too_late = MORNING + 2 * contacts.PROOF_LASTS + timedelta(seconds=1)

    assert in_time == wang
    assert actions.confirm_by_phone(WANG_PHONE, now=too_late) != wang
    assert "people.number_changed_hands" in {entry.verb for entry in Entry.objects.all()}


def test_a_daughters_number_reaches_zhou_yeye_but_does_not_identify_him() -> None:
    daughter = actions.register(called="周姐", phone=WANG_PHONE, now=MORNING)
    with pytest.raises(Refused):
        actions.register(called="周爷爷", phone=WANG_PHONE, now=MORNING)

    zhou = actions.register(called="周爷爷", phone=WANG_PHONE, borrowed=True, now=MORNING)

    assert contacts.phone_of(zhou) == WANG_PHONE
    assert contacts.person_by_phone(WANG_PHONE) == daughter
    assert Person.objects.filter(called="周爷爷").count() == 1


def test_an_anonymous_reporter_holds_nothing_else() -> None:
    nobody = actions.pseudonym(community=shijingshan()["north"])

    assert (nobody.name, nobody.called, nobody.contacts.count(), hasattr(nobody, "account")) == (
        "",
        "",
        0,
        False,
    )
    assert (nobody.kind, Entry.objects.get().actor_id) == ("pseudonym", None)


def test_how_to_speak_of_somebody_without_a_name(in_english: None) -> None:
    erased = Person(erased_at=MORNING)
    people = [
        Person(name="王秀英", called="王阿姨"),
        Person(name="王秀英"),
        Person(),
        Person(kind="pseudonym"),
        erased,
    ]

    assert [str(one) for one in people] == [
        "王阿姨",
        "王秀英",
        "A neighbour",
        "Anonymous",
        "A former neighbour",
    ]


def test_with_a_foreign_keyring_nobody_is_entered_a_second_time(tmp_path, settings) -> None:
    settings.LINLI_KEYS = tmp_path / "keys"
    actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)
    (tmp_path / "keys" / "ring.json").unlink()

    with pytest.raises(ring.KeyMissing):
        actions.find_or_register_by_phone(WANG_PHONE, now=LATER)

    assert Person.objects.count() == 1


def test_a_new_key_reaches_every_row_while_everybody_is_still_found(tmp_path, settings) -> None:
    settings.LINLI_KEYS = tmp_path / "keys"
    people = [actions.register(called=str(i), phone=f"100{i:08d}", now=MORNING) for i in range(5)]
    old = ringfile.current("encryption").id, ringfile.current("blind").id
    ring.rotate(national=True)
    seen: list[int] = []

    assert contacts.person_by_phone("10000000003") == people[3]
    assert rows_to_renew() == 5
    assert (reencrypt(seen.append), seen, rows_to_renew(), reencrypt()) == (5, [5], 0, 0)

    ringfile.drop("encryption", old[0])
    ringfile.drop("blind", old[1])
    assert contacts.person_by_phone("10000000003") == people[3]
    assert contacts.phone_of(people[3]) == "10000000003"
