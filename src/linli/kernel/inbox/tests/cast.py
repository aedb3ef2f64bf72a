"""王阿姨 asks, 陈晓雨 works at the desk, 周爷爷 has no phone."""

from datetime import UTC, datetime

from linli.kernel.inbox.channels import configure
from linli.kernel.inbox.models import Channel
from linli.kernel.inbox.tests.providers import Gateway
from linli.kernel.people.contacts import add_contact
from linli.kernel.people.models import Account, Contact, Person

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in Beijing
NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 23:00 in Beijing
WANG_PHONE = "10000000417"


def person(name: str, phone: str = "", mail: str = "", language: str = "zh-hans") -> Person:
    somebody = Person.objects.create(name=name, called=name)
    Account.objects.create(person=somebody, language=language)
    if phone:
        add_contact(somebody, Contact.Kind.PHONE, phone, by=None, now=MORNING)
    if mail:
        add_contact(somebody, Contact.Kind.EMAIL, mail, by=None, now=MORNING)
    return somebody


def sms_by(gateway: Gateway, **config: object) -> Channel:
    return configure("sms", {"url": gateway.url, "allow_private": True, **config}, by=None)
