import base64
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
from linli.kernel.people import signin
from linli.kernel.people.backend import AccountBackend
from linli.kernel.people.models import Account, Slip
from linli.kernel.people.tests.cast import MORNING, person, shijingshan

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


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
            before = time.process_time()
            moment = MORNING + turn * 31 * MINUTE
            assert signin.password_step(name, "wrong", ip=f"192.0.2.{turn}", now=moment) is None
            seconds.append(time.process_time() - before)

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
