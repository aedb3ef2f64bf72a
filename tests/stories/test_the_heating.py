"""Seven neighbours are cold: one ticket, a whistle, a department on the spot, the district watching."""

import pytest

from linli.kernel.cases.models import Case, Party
from linli.modules.appeals.models import Appeal, Whistle
from tests import make
from tests.stories.scenes import Browsers, do, raise_matter

pytestmark = pytest.mark.django_db(transaction=True)
COLD = "3号楼2单元暖气不热，屋里才14度，老人孩子都穿着羽绒服"


def neighbours(s: make.Scene, count: int) -> list[str]:
    for i in range(count):
        s.people[f"n{i}"] = make.person(f"邻居{i}", f"邻居{i}", s.community)
        make.account(s.people[f"n{i}"])
    return [f"n{i}" for i in range(count)]


def test_six_neighbours_join_the_first_and_hear_of_the_reply() -> None:
    s = make.scene()
    browse = Browsers(s)
    names = neighbours(s, 6)
    raise_matter(browse("wang"), s, COLD)
    first = Appeal.objects.get().pk
    for name in names:
        offered = browse(name).post(
            "/raise/",
            {
                "text": f"我家暖气也不热，3号楼2单元，才{13 + int(name[1])}度",
                "place": s.stair.pk,
                "spot": "",
                "identity": "named",
            },
        )
        if offered.status_code == 302 and offered.headers["Location"].endswith("/call-first/"):
            offered = browse(name).post("/raise/send/", {"passed": ["call"]})
        assert offered.headers["Location"] == "/raise/same/"
        browse(name).post("/raise/me-too/", {"matter": first})
    assert (Appeal.objects.count(), Appeal.objects.get().joined) == (1, 6)

    do(browse("chen"), first, "classify", kind="complaint", l2="0503", urgency="urgent_24h")
    do(browse("chen"), first, "dispatch", unit=s.heat.pk, note="供暖季")
    do(browse("he"), first, "sign")
    do(browse("zhao"), first, "whistle", called=s.heat.pk, task="七户不热，到场会诊")
    whistle = Whistle.objects.get()
    browse("he").post(f"/matters/{first}/whistles/{whistle.pk}/arrive/")
    do(browse("he"), first, "reply", text="换了支线阀门，都到19度", public="on")

    whistle.refresh_from_db()
    assert whistle.arrived_at is not None
    assert Case.objects.get().state == "replied"
    assert COLD[:8] in browse("sun").get("/watch/").text
    page = browse("n0").get(f"/matters/{first}/").text
    assert "换了支线阀门" in page
    assert "羽绒服" not in page
    assert "邻居3" not in page
    assert Party.objects.filter(case=first, part="joined").count() == 6
