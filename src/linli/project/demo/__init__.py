"""The demo district: 石景山区 with 老山东里北社区 in depth, told through the product's own actions."""

import os

from linli.project.demo.telling import Plan
from linli.project.demo.telling import tell as tell_plan


def plan() -> Plan:
    """From ``linli demo --communities 3 --days 30 --seed 7``, handed on as environment variables."""
    default = Plan()
    return Plan(
        communities=int(os.environ.get("LINLI_DEMO_COMMUNITIES", default.communities)),
        days=int(os.environ.get("LINLI_DEMO_DAYS", default.days)),
        seed=int(os.environ.get("LINLI_DEMO_SEED", default.seed)),
    )


def tell() -> None:
    tell_plan(plan())


def sign_ins() -> list[str]:
    """Whom one can be, in both languages."""
    from django.utils import translation

    from linli.kernel.people.signin import demo_accounts

    lines = ["  Sign in as / 登录身份:  /in/"]
    with translation.override("zh-hans"):
        chinese = demo_accounts()
    with translation.override("en"):
        english = demo_accounts()
    lines += [f"    {zh.name}  {zh.does}  /  {en.does}" for zh, en in zip(chinese, english, strict=True)]
    return lines
