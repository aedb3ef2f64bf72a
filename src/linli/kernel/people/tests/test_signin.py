import base64
import contextlib
import statistics
import time
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth import login as django_login
from django.test import RequestFactory
from django_otp.oath import hotp

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions, contacts, signin
from linli.kernel.people.backend import AccountBackend
from linli.kernel.people.models import Account, Attempt, Code, Person, Slip
from linli.kernel.people.signin import codes
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, person, shijingshan
from linli.kernel.people.tests.together import together

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STRANGER_PHONE = "10000009999"


class Gateway:
    """The phones of this test: what was sent to which number."""

    def __init__(self) -> None:
        self.received: dict[str, list[str]] = {}

    def deliver(self, phone: str, code: str, now: datetime) -> bool:
        self.received.setdefault(phone, []).append(code)
        return True

    def newest(self, phone: str) -> str:
        return self.received[phone][-1]


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(codes, "_deliveries", [gateway.deliver])
    return gateway


@pytest.fixture
def real_passwords() -> None:
    """For what depends on how long a password takes."""


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest, settings) -> None:
    """Argon2 is slow on purpose; where that does not matter, the tests need not wait."""
    if "real_passwords" not in request.fixturenames:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


def chen_with_password() -> tuple[Account, str]:
    chen = person("陈晓雨", shijingshan()["north"], "clerk")
    password = signin.open_staff_account(chen, "ChenXiaoyu", by=None, password="quiet-lantern-42")
    return Account.objects.get(person=chen), password


def test_chen_xiaoyu_signs_in_with_her_password(real_passwords: None) -> None:
    account, password = chen_with_password()

    assert signin.password_step("chenxiaoyu ", password, ip="192.0.2.1", now=MORNING) == account
    assert account.password.startswith("argon2")


def test_five_wrong_passwords_lock_for_half_an_hour_and_no_longer(in_english: None) -> None:
    account, password = chen_with_password()
    for _ in range(5):
        assert signin.password_step("chenxiaoyu", "wrong", ip="192.0.2.1", now=MORNING) is None
    with pytest.raises(Refused, match="30 minutes"):
        signin.password_step("chenxiaoyu", password, ip="192.0.2.2", now=MORNING)

    assert signin.password_step("chenxiaoyu", password, ip="192.0.2.2", now=MORNING + 30 * MINUTE) == account


def test_an_unknown_user_name_waits_as_long(real_passwords: None) -> None:
    chen_with_password()
    spent: dict[str, list[float]] = {"chenxiaoyu": [], "nobody": []}
    for turn in range(9):
        for name, seconds in spent.items():
            before = time.perf_counter()
            moment = MORNING + turn * 31 * MINUTE
            assert signin.password_step(name, "wrong", ip=f"192.0.2.{turn}", now=moment) is None
            seconds.append(time.perf_counter() - before)

    gap = abs(statistics.median(spent["chenxiaoyu"]) - statistics.median(spent["nobody"]))
    assert gap < 0.005 or gap < statistics.stdev(spent["nobody"])


def test_an_unknown_user_name_is_locked_with_the_same_words(in_english: None) -> None:
    chen_with_password()
    heard: dict[str, list[object]] = {"chenxiaoyu": [], "nobody": []}
    for name, words in heard.items():
        for _ in range(6):
            try:
                words.append(signin.password_step(name, "wrong", ip=f"198.51.100.{len(name)}", now=MORNING))
            except Refused as refusal:
                words.append(str(refusal))

    assert heard["chenxiaoyu"] == heard["nobody"]
    assert heard["nobody"][-1] == "Too many tries. Please try again in 30 minutes, or ask at the desk."


def test_ten_wrong_names_an_hour_from_one_address(in_english: None) -> None:
    for i in range(10):
        assert signin.password_step(f"name{i}", "wrong", ip="192.0.2.1", now=MORNING) is None
    with pytest.raises(Refused):
        signin.password_step("name11", "wrong", ip="192.0.2.1", now=MORNING)


def token(secret: str, moment: datetime) -> str:
    return f"{hotp(base64.b32decode(secret), int(moment.timestamp()) // 30):06d}"


def test_with_an_authenticator_the_password_alone_is_not_enough() -> None:
    account, password = chen_with_password()
    secret, address = signin.begin_totp(account)
    signin.confirm_totp(account, secret, token(secret, MORNING), now=MORNING)
    account.refresh_from_db()

    assert address.startswith("otpauth://totp/Linli%3Achenxiaoyu?secret=")
    assert secret not in account.totp_secret
    half = signin.password_step("chenxiaoyu", password, ip="192.0.2.1", now=MORNING)
    assert (half, signin.needs_totp(account)) == (account, True)
    assert "people.signed_in" not in {entry.verb for entry in Entry.objects.all()}


def test_a_token_works_once_and_wrong_ones_five_times() -> None:
    account, _password = chen_with_password()
    secret, _address = signin.begin_totp(account)
    signin.confirm_totp(account, secret, token(secret, MORNING), now=MORNING)
    account.refresh_from_db()
    later = MORNING + 2 * MINUTE

    assert signin.totp_step(account, token(secret, MORNING), MORNING) is False
    assert signin.totp_step(account, token(secret, later), later) is True
    assert signin.totp_step(account, token(secret, later), later) is False
    assert [signin.totp_step(account, "000000", later) for _ in range(4)] == [False] * 4
    with pytest.raises(Refused):
        signin.totp_step(account, token(secret, later + MINUTE), later + MINUTE)


def test_only_an_administrator_resets_a_password() -> None:
    account, password = chen_with_password()
    liu = person("刘师傅", account.person.community)
    admin = person("管理员", account.person.community, "admin")
    with pytest.raises(Refused):
        signin.reset_password(account, by=liu)

    fresh = signin.reset_password(account, by=admin)

    account.refresh_from_db()
    assert account.must_change
    assert signin.password_step("chenxiaoyu", password, ip="192.0.2.1", now=MORNING) is None
    assert signin.password_step("chenxiaoyu", fresh, ip="192.0.2.1", now=MORNING) == account


def test_zhou_yeye_comes_in_with_a_slip_from_the_counter_once() -> None:
    account, _password = chen_with_password()
    zhou = person("周爷爷", account.person.community)
    code = signin.slip_for(zhou, account.person, now=MORNING)

    entered = signin.slip_step(code.lower().replace("-", " "), MORNING + 71 * 60 * MINUTE, ip="192.0.2.1")

    assert entered is not None and entered.person == zhou
    assert signin.slip_step(code, MORNING + 71 * 60 * MINUTE, ip="192.0.2.1") is None
    assert code.replace("-", "") not in str(list(Slip.objects.values()))


def test_a_slip_is_void_after_three_days_or_after_a_newer_one() -> None:
    account, _password = chen_with_password()
    zhou = person("周爷爷", account.person.community)
    first = signin.slip_for(zhou, account.person, now=MORNING)
    second = signin.slip_for(zhou, account.person, now=MORNING)

    assert signin.slip_step(first, MORNING + MINUTE) is None
    assert signin.slip_step(second, MORNING + 3 * DAY) is None


def test_no_slip_for_another_area_or_for_a_colleague() -> None:
    account, _password = chen_with_password()
    colleague = person("同事", account.person.community, "clerk")
    outsider = person("外人")

    for whom in (colleague, outsider):
        with pytest.raises(Refused):
            signin.slip_for(whom, account.person, now=MORNING)
    with pytest.raises(Refused):
        signin.slip_for(person("周爷爷", account.person.community), outsider, now=MORNING)


def test_the_demo_list_exists_in_the_demo_alone(settings) -> None:
    chen = person("陈晓雨", shijingshan()["north"], "clerk")
    signin.show_in_demo(chen, 1)
    hidden = signin.account_of(person("外人"))

    settings.LINLI_DEMO = False
    assert signin.demo_accounts() == []
    with pytest.raises(Refused):
        signin.demo_step(chen.account.pk)

    settings.LINLI_DEMO = True
    assert [(line.id, line.name) for line in signin.demo_accounts()] == [(chen.account.pk, "陈晓雨")]
    assert signin.demo_step(chen.account.pk) == chen.account
    assert signin.demo_step(hidden.pk) is None


def test_the_demo_shows_the_code_on_the_page(settings, phones: Gateway) -> None:
    settings.LINLI_DEMO = True

    sent = signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING)

    assert sent.shown == phones.newest(WANG_PHONE)


def test_a_closed_account_is_out_with_its_next_request(client) -> None:
    account, password = chen_with_password()
    admin = person("管理员", account.person.community, "admin")
    request = RequestFactory().get("/")
    request.session = client.session
    django_login(request, account, backend="linli.kernel.people.backend.AccountBackend")
    assert get_user(request) == account

    signin.close_account(account, by=admin)

    assert get_user(request).is_anonymous
    assert AccountBackend().get_user(account.pk) is None
    assert signin.password_step("chenxiaoyu", password, ip="192.0.2.1", now=MORNING) is None


def test_signing_out_everywhere_ends_a_residents_sessions(client) -> None:
    account = signin.account_of(person("王阿姨"))
    request = RequestFactory().get("/")
    request.session = client.session
    django_login(request, account, backend="linli.kernel.people.backend.AccountBackend")

    signin.sign_out_everywhere(account)

    assert get_user(request).is_anonymous


def test_two_workers_with_one_right_code_let_one_person_in(many_connections: None, monkeypatch) -> None:
    gateway = Gateway()
    monkeypatch.setattr(codes, "_deliveries", [gateway.deliver])
    together(1, lambda: signin.send_code(WANG_PHONE, ip="192.0.2.1", now=MORNING))
    code = gateway.newest(WANG_PHONE)

    entered = together(4, lambda: signin.check_code(WANG_PHONE, code, ip="192.0.2.1", now=MORNING))

    assert sorted(type(one).__name__ for one in entered) == ["Account", "NoneType", "NoneType", "NoneType"]
    assert together(1, Person.objects.count) == [1]
