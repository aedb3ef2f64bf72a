"""A matter to which everything has happened: what its pages ask of the database, however much there is of each."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.files.actions import check, keep
from linli.kernel.files.models import File
from linli.kernel.places.choices import choose
from linli.modules.appeals.actions import closing, dispatching, handling, intake, scoring
from linli.modules.appeals.models import Appeal, Exclusion, Hanging, Kind, Objection, Urgency, Whistle
from linli.modules.appeals.tests.neighbours import LAMP, photo, sent
from tests import make

pytestmark = pytest.mark.django_db

MOST = 12


def neighbours(s: make.Scene, appeal: Appeal, many: int) -> None:
    """So many said “me too”, and so many raised the same, which the desk joined with it."""
    for number in range(many):
        intake.me_too(appeal, by=make.person(f"张{number}", community=s.community))
    for number in range(many):
        neighbour = s.people[f"neighbour{number}"] = make.person(f"李{number}", community=s.community)
        other = make.appeal(s, by=f"neighbour{number}", text=f"{LAMP}（{number}）")
        intake.add_word(other, by=make.standing_of(neighbour), text="我家门口也是")
        intake.merge(other, into=appeal, by=s.as_("chen"))


def pictures(s: make.Scene, appeal: Appeal, many: int) -> None:
    """Loose photos of the neighbour's, and some that came with a line."""
    line = handling.progress(appeal, by=s.as_("liu"), text="灯座买到了")
    for number in range(many):
        picture = check(SimpleUploadedFile(f"{number}.jpg", photo().read()), kinds=("photo",))
        keep(
            picture,
            by=s.wang,
            group_id=appeal.pk,
            subject_id=line.pk if number % 2 else None,
            path=appeal.case.path,
        )


def fullest(s: make.Scene, many: int = 3) -> Appeal:
    """Objected, kept, extended, paused, whistled for, replied, judged, sent back, proposed for exclusion."""
    choose(
        s.street, "rule_set", "tangshan", on=make.LONG_AGO, by=None
    )  # a rule set under which clocks may pause
    appeal = make.appeal(s, text=LAMP)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.ORDINARY)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"), note="楼道照明由物业负责")
    dispatching.object_to(appeal, by=s.as_("liu"), reason="电表以上归供电所")
    dispatching.refuse_objection(appeal, by=s.as_("zhao"), text="灯座在电表以下")
    dispatching.sign(appeal, by=s.as_("liu"))
    neighbours(s, appeal, many)
    handling.contact(appeal, by=s.as_("liu"), text="约了下午上门")
    handling.extend(appeal, by=s.as_("zhao"), reason="缺货")
    pictures(s, appeal, many)
    called = handling.whistle(
        appeal, by=s.as_("zhao"), caller=s.street_office, called=s.heat, task="一起看线路"
    )
    handling.arrive(called, appeal, by=s.as_("he"))
    handling.whistle(appeal, by=s.as_("zhao"), caller=s.street_office, called=s.department, task="协调")
    handling.suspend(appeal, by=s.as_("zhao"), cause="other", text="等检测")
    handling.resume(appeal, by=s.as_("zhao"), text="检测出来了")
    handling.reply(appeal, by=s.as_("liu"), text="换了声控灯座")
    closing.judge(
        appeal, by=s.as_("wang"), verdict=closing.Verdict(solved=False, satisfied=False, words="又灭了")
    )
    closing.reopen(appeal, by=s.as_("chen"), reason="灯又灭了")
    intake.nudge(appeal, by=s.as_("wang"))
    scoring.propose_exclusion(appeal, by=s.as_("liu"), code=Exclusion.Code.OUTSIDE, evidence="电表以上")
    return Appeal.objects.select_related("case__unit", "case__community").get(pk=appeal.pk)


def everything_is_there(appeal: Appeal) -> dict[str, int]:
    case = appeal.case
    return {
        "objections": Objection.objects.filter(case=case).count(), "whistles": Whistle.objects.filter(case=case).count(),
        "links": case.comes_from.count(), "files": File.objects.filter(group_id=case.pk).count(),
        "exclusions": Exclusion.objects.filter(case=case).count(), "judgements": case.evaluations.count(),
        "extended": case.clocks.exclude(extension="").count(), "hangings": Hanging.objects.filter(case=case).count(),
        "me too": appeal.joined,
    }  # fmt: skip


def costs(s: make.Scene, name: str, path: str) -> int:
    """How many questions a page that is there asks when nothing is kept in memory."""
    browser: Any = make.sign_in(Client(), s.people[name]) if name else Client()
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path)
    assert answer.status_code == 200, (name, path)
    return len(asked)


READERS = ("chen", "liu", "zhao", "sun", "qian", "wang")
FULLEST = {"chen": 20, "liu": 18, "zhao": 22, "sun": 22, "qian": 18, "wang": 15}
"""What a matter with everything costs now; the bar is twelve, so these may only fall."""
IN_HAND = {"chen": 13, "liu": 12, "zhao": 15, "wang": 12}
"""What a matter just taken in hand costs with nothing kept in memory; the bar is twelve here too."""
PAGES = (
    ("wang", "/"), ("wang", "/mine/"), ("wang", "/inbox/"), ("wang", "/me/"), ("wang", "/raise/"), ("chen", "/"),
    ("chen", "/desk/"), ("chen", "/desk/list/"), ("chen", "/desk/calls/"), ("chen", "/desk/public/"), ("chen", "/desk/new/"),
    ("chen", "/desk/find/?q=灯座"), ("chen", "/search/?q=灯座"), ("liu", "/unit/"), ("zhao", "/rates/"),
    ("", "/"), ("", "/board/"), ("", "/board/?all=1"), ("", "/help/"), ("", "/rules/"), ("", "/follow/"),
)  # fmt: skip


@pytest.mark.parametrize("many", [1, 8])
def test_a_matter_to_which_everything_happened_costs_the_same_however_much_of_each_there_is(
    many: int,
) -> None:
    s = make.scene()
    appeal = fullest(s, many)
    assert everything_is_there(appeal) == {
        "objections": 1, "whistles": 2, "links": many, "files": many, "exclusions": 1, "judgements": 1, "extended": 1,
        "hangings": 0, "me too": 2 * many,
    }  # fmt: skip

    found = {name: costs(s, name, f"/matters/{appeal.pk}/") for name in READERS}

    assert {name: count for name, count in found.items() if count > FULLEST[name]} == {}
    slips = [costs(s, name, f"/matters/{appeal.pk}/slip/") for name in ("chen", "liu")]
    assert max(*slips, costs(s, "wang", f"/matters/{appeal.pk}/receipt/")) <= MOST


def test_a_matter_in_hand_costs_no_more_than_it_did() -> None:
    s = make.scene()
    appeal = sent(s)
    dispatching.sign(appeal, by=s.as_("liu"))

    found = {name: costs(s, name, f"/matters/{appeal.pk}/") for name in IN_HAND}

    assert {name: count for name, count in found.items() if count > IN_HAND[name]} == {}


def test_every_other_page_costs_twelve_questions_at_most() -> None:
    s = make.scene()
    for _turn in range(2):
        fullest(s)
    for number in range(5):
        make.appeal(s, by="li", text=f"第{number}件：单元门关不严")

    found = {look: costs(s, *look) for look in PAGES}

    assert {look: count for look, count in found.items() if count > MOST} == {}
