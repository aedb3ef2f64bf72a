"""``linli createadmin``: the first administrator of a district, or another one when all are locked out."""

import argparse
import sys

from django.db import transaction

from linli.kernel.answers import Refused
from linli.kernel.clock import today
from linli.kernel.people import actions, signin
from linli.kernel.people.models import Role
from linli.kernel.places.models import Area


def main(argv: list[str]) -> int:
    """0 done, 2 could not be done. The first password is printed once and kept nowhere."""
    asked = _asked(argv)
    area = _area(asked.area)
    if area is None:
        print(
            "There is no such area yet: set up the district first. / 还没有这个区划，请先完成初始设置。",
            file=sys.stderr,
        )
        return 2
    try:
        password = create_admin(asked.username, asked.name or asked.username, area)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(f"{asked.username} · {area}\nFirst password / 初始密码: {password}")
    print("It must be changed at the first sign-in. / 首次登录后必须修改。")
    return 0


@transaction.atomic
def create_admin(username: str, name: str, area: Area) -> str:
    """Register an administrator of an area and return the first password. For the machine's owner: nobody checks."""
    person = actions.register(name=name, called=name, by=None)
    password = signin.open_staff_account(person, username, by=None)
    actions.grant(person, Role.Kind.ADMIN, area, by=None, on=today())
    return password


def _area(code: str) -> Area | None:
    standing = Area.objects.filter(valid_to=None)
    wanted = standing.filter(code=code) if code else standing.filter(kind=Area.Kind.DISTRICT)
    return wanted.order_by("path").first()


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="linli createadmin", description=__doc__)
    parser.add_argument("username", help="user name / 用户名")
    parser.add_argument("--name", default="", help="name / 姓名")
    parser.add_argument(
        "--area", default="", help="area code, the district if left out / 区划代码，不填就是全区"
    )
    return parser.parse_args(argv)
