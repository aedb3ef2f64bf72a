import contextlib
import statistics
import time
from datetime import datetime, timedelta

import pytest

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions, contacts, signin
from linli.kernel.people.models import Account, Attempt, Code, Person
from linli.kernel.people.signin import codes
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE
from linli.kernel.people.tests.conftest import Gateway
from linli.kernel.people.tests.together import together

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STRANGER_PHONE = "10000009999"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_wang_ayi_signs_in_with_a_code_and_is_the_person_the_desk_knows(phones: Gateway) -> None:
    wang = actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)

    signin.send_code("100 0000 0417", ip="192.0.2.1", now=MORNING)
    account = signin.check_code(WANG_PHONE, phones.newest(WANG_PHONE), ip="192.0.2.1", now=MORNING + MINUTE)

    assert account is not None and account.person == wang
    assert (account.username, account.has_usable_password()) == (None, False)
    assert Entry.objects.order_by("-id").values_list("verb", "actor_id")[0] == ("people.signed_in", wang.pk)


def test_an_unknown_number_becomes_a_person_only_when_it_is_proved(phones: Gateway) -> None:
    signin.send_code(STRANGER_PHONE, ip="192.0.2.1", now=MORNING)
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)

    account = signin.check_code(STRANGER_PHONE, phones.newest(STRANGER_PHONE), ip="192.0.2.1", now=MORNING)

    assert account is not None
    assert contacts.person_by_phone(STRANGER_PHONE) == account.person


def test_where_no_text_messages_leave_the_house_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_deliveries", [lambda _phone, _code, _now: False])

    assert signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING) == signin.Sent(delivered=False)


def test_neither_the_code_nor_the_number_is_kept(phones: Gateway) -> None:
    signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)

    kept = str(Code.objects.values().get()) + str(list(Attempt.objects.values()))
    assert WANG_PHONE not in kept
    assert f"'{phones.newest(WANG_PHONE)}'" not in kept


def test_a_code_works_once_and_for_ten_minutes(phones: Gateway) -> None:
    signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)
    code = phones.newest(WANG_PHONE)

    assert signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING + 10 * MINUTE) is None
    assert signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING + 9 * MINUTE) is not None
    assert signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING + 9 * MINUTE) is None


def test_a_new_code_ends_the_one_before(phones: Gateway) -> None:
    for _ in range(2):
        signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)
    older, newer = phones.received[WANG_PHONE]

    assert older == newer or signin.check_code(WANG_PHONE, older, ip="192.0.2.1", now=MORNING) is None
    assert signin.check_code(WANG_PHONE, newer, ip="192.0.2.1", now=MORNING) is not None


def test_the_sixth_try_fails_even_with_the_right_code(phones: Gateway) -> None:
    signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)
    code = phones.newest(WANG_PHONE)
    tries = [signin.check_code(WANG_PHONE, wrong(code), ip="192.0.2.1", now=MORNING) for _ in range(5)]

    assert tries == [None] * 5
    assert signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING) is None


def test_a_guesser_compares_at_most_twenty_five_codes_in_any_day(phones: Gateway) -> None:
    """25 of 10**6, and he does reach them: five tries on each code, then the next, from ever new addresses."""
    compared: list[datetime] = []
    for hour in range(60):
        for turn in range(40):
            moment = MORNING + timedelta(hours=hour, seconds=10 * turn)
            if not guess(WANG_PHONE, moment, f"198.51.100.{turn}", phones):
                break
            compared.append(moment)

    most = max(sum(1 for t in compared if start <= t < start + DAY) for start in compared)
    assert (most, len(compared)) == (25, 75)


def guess(phone: str, moment: datetime, address: str, phones: Gateway) -> bool:
    """Ask for a code when the last one takes no more tries, guess wrongly; whether the guess was compared."""
    live = Code.objects.filter(tries__lt=5, made_at__gt=moment - 10 * MINUTE)
    with contextlib.suppress(Refused):
        if not live.exists():
            signin.send_code(phone, ip=address, now=moment)
    before = Code.objects.values_list("tries", flat=True).get()
    with contextlib.suppress(Refused):
        signin.check_code(phone, wrong(phones.newest(phone)), ip=address, now=moment)
    return Code.objects.values_list("tries", flat=True).get() > before


def test_five_codes_a_number_and_the_lock_ends_by_itself(phones: Gateway, in_english: None) -> None:
    for _ in range(5):
        signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)
    with pytest.raises(Refused, match=r"Too many tries today\. Please try again in 24 hours"):
        signin.send_code(WANG_PHONE, ip="192.0.2.9", now=MORNING)

    signin.send_code(WANG_PHONE, ip="192.0.2.9", now=MORNING + DAY)

    assert len(phones.received[WANG_PHONE]) == 6


def test_twenty_codes_an_address_and_five_hundred_a_district(phones: Gateway) -> None:
    for i in range(20):
        signin.send_code(f"1000000{i:04d}", ip="192.0.2.1", now=MORNING)
    with pytest.raises(Refused):
        signin.send_code("10000000999", ip="192.0.2.1", now=MORNING)
    Attempt.objects.bulk_create(
        Attempt(key="code:district", slot=slot, at=MORNING) for slot in range(20, 500)
    )

    with pytest.raises(Refused):
        signin.send_code("10000000998", ip="192.0.2.77", now=MORNING)

    assert len(phones.received) == 20


def test_known_and_unknown_numbers_hear_the_same(phones: Gateway, in_english: None) -> None:
    actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)

    def hears(phone: str, address: str) -> list[object]:
        heard: list[object] = []
        for _ in range(7):
            try:
                heard.append(signin.send_code(phone, ip=address, now=MORNING))
                heard.append(signin.check_code(phone, wrong(phones.newest(phone)), ip=address, now=MORNING))
            except Refused as refusal:
                heard.append(str(refusal))
        return heard

    assert hears(WANG_PHONE, "192.0.2.1") == hears(STRANGER_PHONE, "192.0.2.2")


def test_known_and_unknown_numbers_take_the_same_time(phones: Gateway) -> None:
    actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)
    spent: dict[str, list[float]] = {WANG_PHONE: [], STRANGER_PHONE: []}
    for turn in range(200):
        for phone in (WANG_PHONE, STRANGER_PHONE) if turn % 2 else (STRANGER_PHONE, WANG_PHONE):
            moment, before = MORNING + turn * DAY, time.perf_counter()
            signin.send_code(phone, ip=f"192.0.2.{turn % 200}", now=moment)
            signin.check_code(phone, wrong(phones.newest(phone)), ip="192.0.2.1", now=moment)
            spent[phone].append(time.perf_counter() - before)

    known, unknown = spent[WANG_PHONE], spent[STRANGER_PHONE]
    gap = abs(statistics.median(known) - statistics.median(unknown))
    assert gap < 0.005 or gap < statistics.stdev(unknown)


def test_the_demo_shows_the_code_on_the_page(settings, phones: Gateway) -> None:
    settings.LINLI_DEMO = True

    sent = signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)

    assert sent.shown == phones.newest(WANG_PHONE)


def test_two_workers_with_one_right_code_let_one_person_in(many_connections: None, monkeypatch) -> None:
    gateway = Gateway()
    monkeypatch.setattr(codes, "_deliveries", [gateway.deliver])
    together(1, lambda: signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING))
    code = gateway.newest(WANG_PHONE)

    entered = together(4, lambda: signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING))

    assert sorted(type(one).__name__ for one in entered) == ["Account", "NoneType", "NoneType", "NoneType"]
    assert together(1, Person.objects.count) == [1]
