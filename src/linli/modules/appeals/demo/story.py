"""What happens at 老山东里北社区, told through the actions with the clock moved."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from linli.kernel.clock import local, moved_to, now, today
from linli.kernel.people.actions import pseudonym
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing, standing
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.actions import closing, dispatching, handling, intake, scoring
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.actions.intake import Words
from linli.modules.appeals.models import Appeal, Channel, Exclusion, Identity, Kind, Route, Urgency
from linli.modules.appeals.queries.catalogue import unit_for
from linli.modules.appeals.queries.triaged import suggested

People = Mapping[str, Person]


class Teller:
    """Acts as the people of the story, each at her hour."""

    def __init__(self, people: People, community: Area) -> None:
        self.people, self.community = people, community
        self.today = now()

    def at(self, days_ago: int, clock: str) -> datetime:
        """A moment some days ago; never ahead of now, so that the story is true at any hour of the day."""
        hour, minute = map(int, clock.split(":"))
        moment = local(self.today - timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0)
        return min(moment, self.today - timedelta(minutes=1))

    def ago(self, minutes: int) -> datetime:
        return self.today - timedelta(minutes=minutes)

    def as_(self, name: str) -> Standing:
        return standing(self.people[name], on=today())

    def place(self, tail: str) -> Area:
        return Area.objects.get(path=self.community.path + tail, valid_to=None)

    def raise_(self, who: str, text: str, tail: str, **more: Any) -> Appeal:
        return intake.receive(self.words(text, tail, more), by=self.people[who])

    def by_phone(self, who: str, text: str, tail: str, **more: Any) -> Appeal:
        told = self.words(text, tail, {"channel": Channel.PHONE, **more})
        return intake.receive(told, by=self.people[who], operator=self.people["chen"])

    def words(self, text: str, tail: str, more: dict[str, Any]) -> Words:
        """As the pages raise it: with a guess at what it is."""
        area = self.place(tail)
        return Words(text=text, area=area, suggestion=suggested(text, area), **more)

    def send(self, appeal: Appeal, l2: str, urgency: str, kind: str = Kind.HELP, note: str = "") -> None:
        intake.classify(appeal, by=self.as_("chen"), kind=kind, l2=l2, urgency=urgency)
        unit, _row = unit_for(l2, path=appeal.case.path, on=today())
        assert unit is not None, l2
        dispatching.dispatch(appeal, unit=unit, by=self.as_("chen"), note=note)


def tell(people: People, community: Area) -> None:
    teller = Teller(people, community)
    for part in (lamp, heating, elder, garden, handrail, anonymous, excluded, waiting, referred):
        part(teller)


def lamp(t: Teller) -> None:
    """The stairwell lamp: raised, sent, fixed within the day, called back, put on the board."""
    with moved_to(t.at(6, "20:14")):
        appeal = t.raise_(
            "wang", "3号楼2单元一楼到二楼的灯不亮三天了，晚上下楼看不清台阶，前天李大爷差点摔着。", "b3/u2/"
        )
    with moved_to(t.at(6, "20:31")):
        t.send(appeal, "0203", Urgency.URGENT, note="有摔倒危险，按 24 小时急件办；楼道照明由物业负责。")
        intake.me_too(appeal, by=t.people["li"])
    with moved_to(t.at(6, "20:50")):
        dispatching.sign(appeal, by=t.as_("liu"))
        handling.contact(appeal, by=t.as_("liu"), text="和王阿姨通了电话，先放一盏充电灯。")
    lamp_is_fixed(t, appeal)


def lamp_is_fixed(t: Teller, appeal: Appeal) -> None:
    with moved_to(t.at(5, "09:20")):
        handling.progress(appeal, by=t.as_("liu"), text="上门看过：灯座老化，要换声控灯座，配件下午到。")
    with moved_to(t.at(5, "16:05")):
        handling.reply(
            appeal,
            by=t.as_("liu"),
            text="一到三楼换了 3 个声控灯座，都亮了，花费 126 元，由物业公共维修列支。",
        )
    with moved_to(t.at(4, "10:00")):
        verdict = Verdict(solved=True, satisfied=True, words="亮堂了，谢谢刘师傅。", contacted_in_time=True)
        closing.call_back(appeal, by=t.as_("chen"), verdict=verdict)
        closing.publish(
            appeal,
            by=t.as_("chen"),
            title="楼道灯不亮，晚上看不清台阶",
            text="物业换了声控灯座，第二天下午全部亮起。",
        )


def heating(t: Teller) -> None:
    """Seven neighbours, one matter, a whistle, a department on the spot, the district watching."""
    with moved_to(t.at(3, "07:40")):
        appeal = t.raise_("sun", "7号楼暖气不热，屋里才14度，老人孩子都穿着羽绒服。", "b7/")
    with moved_to(t.at(3, "08:05")):
        t.send(appeal, "0503", Urgency.URGENT, Kind.COMPLAINT, note="供暖季，24 小时办结。")
        for name in ("gao", "he", "luo", "xu", "tan", "ma"):
            intake.me_too(appeal, by=t.people[name])
    with moved_to(t.at(3, "09:10")):
        dispatching.sign(appeal, by=t.as_("hong"))
        handling.contact(appeal, by=t.as_("hong"), text="和小孙约好上午入户测温。")
    heat_is_back(t, appeal)


def heat_is_back(t: Teller, appeal: Appeal) -> None:
    with moved_to(t.at(3, "14:00")):
        office = Body.objects.get(area=t.community.parent, kind=Body.Kind.STREET_OFFICE)
        called = Body.objects.get(name="石景山供热企业")
        whistle = handling.whistle(
            appeal, by=t.as_("zhao"), caller=office, called=called, task="7号楼一条支线七户不热，请到场会诊。"
        )
    with moved_to(t.at(3, "14:22")):
        handling.arrive(whistle, appeal, by=t.as_("hong"))
        handling.progress(appeal, by=t.as_("hong"), text="支线阀门卡死，今晚更换，明早测温。")
        handling.score_whistle(whistle, appeal, by=t.as_("zhao"), score=5)
    with moved_to(t.at(2, "07:30")):
        handling.reply(appeal, by=t.as_("hong"), text="阀门已换，七户入户测温都在 19 度以上。")


def elder(t: Teller) -> None:
    """周爷爷 has no phone: the clerk writes it down, he has a receipt, the call-back is at his door."""
    with moved_to(t.at(9, "09:15")):
        words = Words(
            text="五楼水管渗水，墙皮鼓起来了，我腿脚不好下不去。",
            area=t.place("b3/u2/501/"),
            channel=Channel.VISIT,
        )
        appeal = intake.receive(
            words, by=t.people["zhou"], operator=t.people["chen"], query_code="ZHOU501ABC"
        )
        t.send(appeal, "0201", Urgency.ORDINARY)
    with moved_to(t.at(8, "10:00")):
        dispatching.sign(appeal, by=t.as_("liu"))
        handling.contact(appeal, by=t.as_("liu"), text="上门看过，约了后天。")
    with moved_to(t.at(6, "15:30")):
        handling.reply(appeal, by=t.as_("liu"), text="换了一截立管，墙面晾干后补腻子。")
    with moved_to(t.at(5, "11:00")):
        verdict = Verdict(solved=True, satisfied=True, words="师傅鞋套都带了，好。", contacted_in_time=True)
        closing.call_back(appeal, by=t.as_("chen"), verdict=verdict, via="visit")


def garden(t: Teller) -> None:
    """The derelict garden: cannot be solved by one unit; on the long list, waiting for the hall."""
    with moved_to(t.at(20, "16:20")):
        appeal = t.raise_("wang", "小区南侧小花园花草没人打理，有些荒废了，老人想有个坐着歇脚的地方。", "")
        t.send(appeal, "0206", Urgency.COMPLEX, Kind.SUGGESTION)
    with moved_to(t.at(19, "10:00")):
        office = Body.objects.get(area=t.community.parent, kind=Body.Kind.STREET_OFFICE)
        dispatching.redispatch(appeal, unit=office, by=t.as_("zhao"), note="由街道牵头，和居民一起商量方案。")
        dispatching.sign(appeal, by=t.as_("zhao"))
        handling.contact(appeal, by=t.as_("zhao"), text="和王阿姨一起到花园看过。")
    with moved_to(t.at(12, "15:00")):
        handling.hang(
            appeal, by=t.as_("zhao"), plan="列入明年春季改造；先请居民议事，定好凉亭和长椅的位置。",
            review_on=today() + timedelta(days=90),
        )  # fmt: skip


def handrail(t: Teller) -> None:
    """Replied in time, the neighbour is not content, and it goes back."""
    with moved_to(t.at(12, "08:30")):
        appeal = t.raise_("ma", "一楼扶手松动，上下楼没处扶。", "b5/u3/")
        t.send(appeal, "0204", Urgency.ORDINARY)
    with moved_to(t.at(11, "09:00")):
        dispatching.sign(appeal, by=t.as_("liu"))
        handling.contact(appeal, by=t.as_("liu"))
    with moved_to(t.at(8, "17:00")):
        handling.reply(appeal, by=t.as_("liu"), text="扶手加固好了。")
    with moved_to(t.at(7, "10:00")):
        verdict = Verdict(solved=False, satisfied=False, words="二楼到三楼那段还晃。", contacted_in_time=True)
        closing.call_back(appeal, by=t.as_("chen"), verdict=verdict)
        closing.reopen(appeal, by=t.as_("chen"), reason="二到三楼一段没有加固")


def anonymous(t: Teller) -> None:
    """A report without a name, from one building away."""
    with moved_to(t.ago(300)):
        words = Words(
            text="有人把电动车推进楼道充电，飞线从三楼拉下来。",
            area=t.place("b9/u1/"),
            identity=Identity.ANONYMOUS,
        )
        appeal = intake.receive(words, by=pseudonym(community=t.community), query_code="NIMING2345")
    with moved_to(t.ago(260)):
        t.send(appeal, "0205", Urgency.URGENT, Kind.REPORT)


def excluded(t: Teller) -> None:
    """Nobody answered in three calls: proposed to be left out, and waiting for the reviewer."""
    with moved_to(t.at(15, "11:00")):
        appeal = t.by_phone("luo", "门禁刷不开，每次都要按门卫。", "b7/u3/")
        t.send(appeal, "0103", Urgency.ORDINARY)
    with moved_to(t.at(14, "09:00")):
        dispatching.sign(appeal, by=t.as_("liu"))
    with moved_to(t.at(12, "09:00")):
        handling.reply(appeal, by=t.as_("liu"), text="重新登记了门卡，可以刷开。")
    with moved_to(t.at(9, "18:00")):
        scoring.propose_exclusion(
            appeal,
            by=t.as_("chen"),
            code=Exclusion.Code.UNREACHABLE,
            evidence="三天里打了三次电话，都没人接。",
        )


def waiting(t: Teller) -> None:
    """What waits at the desk just now; the first two with a category, ready to be sent."""
    fresh = (
        ("gao", "2单元门厅感应灯忽明忽暗。", "b7/u2/", 95, "0203"), ("xu", "楼下烧烤油烟太大，开不了窗。", "b7/u4/", 70, "0701"),
        ("sun", "快递柜占了消防通道，消防车进不来。", "b7/", 40, ""), ("he", "想给父亲申请上门助浴，怎么办手续？", "b7/u1/", 12, ""),
    )  # fmt: skip
    for who, text, tail, minutes, l2 in fresh:
        with moved_to(t.ago(minutes)):
            appeal = t.raise_(who, text, tail)
            if l2:
                intake.classify(appeal, by=t.as_("chen"), kind=Kind.COMPLAINT, l2=l2, urgency=Urgency.URGENT)


def referred(t: Teller) -> None:
    """A matter that is in court is told its way."""
    with moved_to(t.at(10, "14:00")):
        appeal = t.raise_("gao", "楼上漏水的官司法院已经立案了，能不能让物业先赔？", "b7/u2/603/")
        text = "这件事法院正在审理，判决前由法院处理；需要的话我们可以联系法律援助。"
        intake.refer(appeal, by=t.as_("chen"), route=Route.LEGAL, text=text)
