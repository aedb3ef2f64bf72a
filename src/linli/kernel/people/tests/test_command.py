import pytest

from linli.kernel.clock import now, today
from linli.kernel.keys import command as keys_command
from linli.kernel.people import actions, command, contacts, signin
from linli.kernel.people.models import Account, Person
from linli.kernel.people.standing import standing
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, shijingshan

pytestmark = pytest.mark.django_db


def test_the_first_administrator_comes_from_the_command_line(capsys) -> None:
    district = shijingshan()["district"]

    assert command.main(["Root", "--name", "管理员"]) == 0

    password = capsys.readouterr().out.split("初始密码: ")[1].split("\n")[0]
    account = signin.password_step("root", password, ip="192.0.2.1", now=now())
    assert account is not None and account.must_change
    assert standing(account.person, on=today()).holds("admin", district.path)


def test_without_a_district_it_says_what_comes_first(capsys) -> None:
    assert command.main(["root"]) == 2
    assert "set up the district first" in capsys.readouterr().err
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)


def test_a_taken_user_name_is_refused_whole(capsys) -> None:
    shijingshan()
    command.main(["root"])
    capsys.readouterr()

    assert command.main(["root"]) == 2
    assert (Person.objects.count(), Account.objects.count()) == (1, 1)


def test_the_keys_are_shown_rotated_and_dropped_without_ever_being_printed(
    tmp_path, settings, capsys
) -> None:
    settings.LINLI_KEYS = tmp_path / "keys"
    wang = actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)

    assert [keys_command.main([word]) for word in ("show", "rotate", "drop", "show")] == [0, 0, 0, 0]

    out = capsys.readouterr().out
    secrets = [
        line for line in (tmp_path / "keys" / "ring.json").read_text().split('"') if line.endswith("=")
    ]
    assert len(secrets) == 2
    assert [secret for secret in secrets if secret in out] == []
    assert contacts.phone_of(wang) == WANG_PHONE


def test_a_key_that_rows_need_is_not_dropped(tmp_path, settings, capsys) -> None:
    settings.LINLI_KEYS = tmp_path / "keys"
    actions.register(called="王阿姨", phone=WANG_PHONE, now=MORNING)
    keys_command.ring.rotate()

    assert keys_command.main(["drop"]) == 2
    assert "1 rows still need an old key" in capsys.readouterr().out
