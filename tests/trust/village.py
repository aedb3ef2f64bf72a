"""Everybody who may knock at a door, and one object behind every address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File as Upload
from django.test import Client

from linli.kernel.clock import now, today
from linli.kernel.files.actions import store
from linli.kernel.files.models import File
from linli.kernel.people import openings
from linli.kernel.people.actions import appoint, give_mandate
from linli.kernel.people.models import Mandate, Opening, Person, Role, Tenure
from linli.kernel.places.models import Post
from linli.modules.appeals.actions import handling, intake
from linli.modules.appeals.models import Appeal, ImportJob, Whistle
from linli.modules.appeals.tests.neighbours import on_the_board, photo, sent
from tests import make
from tests.addresses import Address

# Who is who stands above the table in expected.py.
RESIDENTS = ("wang", "li", "mei", "zhang", "outsider")
STAFF = ("chen", "lin", "liu", "he", "zhao", "sun", "qian", "bai", "root")
EVERYBODY = ("visitor", *RESIDENTS, *STAFF)


@dataclass
class Village:
    """The scene with one matter under way and one of every other thing that has an address."""

    scene: make.Scene
    matter: Appeal
    board: Appeal
    whistle: Whistle
    photo: File
    tenure: Tenure
    job: ImportJob
    mandate: Mandate
    opening: Opening

    @property
    def keys(self) -> dict[str, dict[str, object]]:
        """What stands in the gaps of a pattern, by the beginning of its path."""
        s = self.scene
        return {
            "matters/": {"pk": self.matter.pk, "whistle": self.whistle.pk, "verb": "sign"},
            "follow/": {"pk": self.matter.pk},
            "files/": {"pk": self.photo.pk, "size": "small"},
            "board/": {"pk": self.board.pk},
            "settings/places/": {"pk": s.community.pk},
            "settings/bodies/": {"pk": s.property_firm.pk, "tenure": self.tenure.pk},
            "settings/roles/": {"role": Role.objects.get(person=s.chen).pk},
            "settings/channels/": {"medium": "sms"},
            "settings/catalogue/": {"l2": "0203"},
            "settings/import/": {"pk": self.job.pk},
            "me/mandates/": {"mandate": self.mandate.pk},
            "mandates/": {"pk": s.wang.pk},
            "openings/": {"wish": self.opening.pk},
        }

    def path(self, address: Address) -> str:
        """The address with the keys of what is really there."""
        filling = next((keys for start, keys in self.keys.items() if address.pattern.startswith(start)), {})
        text = address.pattern
        for gap, _filling in address.converters:
            name = gap.strip("<>").split(":")[-1]
            text = text.replace(gap, str(filling[name]))
        return "/" + text

    def browser(self, name: str, **more: Any) -> Client:
        """A browser of somebody who signed in a moment ago; of a visitor, an empty one."""
        client = Client(raise_request_exception=False, **more)
        client.cookies["area"] = self.scene.community.code
        return client if name == "visitor" else make.sign_in(client, self.scene.people[name])


def village() -> Village:
    s = make.scene()
    _add_people(s)
    board = on_the_board(s)
    matter = sent(s)
    intake.me_too(matter, by=s.li)
    whistle = handling.whistle(
        matter, by=s.as_("zhao"), caller=s.street_office, called=s.department, task="一起来看"
    )
    picture = store(
        Upload(photo(), name="lamp.jpg"), by=s.wang, kinds=("photo",), group_id=matter.case_id, path=matter.case.path,
        body_id=s.property_firm.pk,
    )  # fmt: skip
    job = ImportJob.objects.create(
        by=s.root,
        area=s.district,
        file_name="旧台账.csv",
        chart="standard",
        language="zh-hans",
        beat_at=now(),
    )
    return Village(s, matter, board, whistle, picture, _tenure(s), job, _mandate(s), _opening(s))


def _mandate(s: make.Scene) -> Mandate:
    """王阿姨 asked 李大爷 to act for her; he has not answered."""
    return give_mandate(s.wang, s.li, Mandate.Scope.MATTERS, by=s.wang, now=now(), until=date(2099, 1, 1))


def _opening(s: make.Scene) -> Opening:
    """赵主任 asks to open the phone of a child."""
    child = Person.objects.create(
        name="小明", called="小明", community=s.community, birth_year=today().year - 9
    )
    return openings.ask(child, "phone", by=s.zhao, reason="没人来接", now=now())


def _add_people(s: make.Scene) -> None:
    for key, name, called in (("mei", "梅芳", "梅姐"), ("zhang", "张桂兰", "张楼门长")):
        s.people[key] = make.person(name, called, s.community)
        make.account(s.people[key])
    s.people["bai"] = make.person("白净", "白审计")
    make.account(s.people["bai"], staff=True, username="bai")
    make.role(s.people["zhang"], Role.Kind.STAIR_CAPTAIN, s.stair)
    make.role(s.people["bai"], Role.Kind.AUDITOR, s.district)


def _tenure(s: make.Scene) -> Tenure:
    post = Post.objects.create(body=s.property_firm, title="项目经理")
    return appoint(s.liu, post, on=date(2026, 1, 1), basis="合同", by=None)
