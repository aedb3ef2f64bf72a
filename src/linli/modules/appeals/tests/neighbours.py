"""How a test of residents' pages signs in, types, hands in and answers."""

import io
import re
import wave
from typing import Any

from django.test import Client
from PIL import Image

from linli.kernel.clock import now
from linli.modules.appeals.actions import closing, dispatching, handling, intake
from linli.modules.appeals.models import Appeal, Kind, Urgency
from tests import make

LAMP = "3号楼2单元楼道灯不亮三天了，晚上下楼看不清"
BIN = "小区西门口的垃圾桶满了，两天没人清运，味道很大"


def signed_in(client: Client, s: make.Scene, name: str) -> Client:
    client.force_login(s.people[name].account, backend="linli.kernel.people.backend.AccountBackend")
    session = client.session
    session["signed_in_at"] = int(now().timestamp())
    session.save()
    return client


def from_community(client: Client, s: make.Scene) -> Client:
    client.cookies["area"] = s.community.code
    return client


def typed(s: make.Scene, **more: Any) -> dict[str, Any]:
    return {"text": LAMP, "place": s.stair.pk, "spot": "一层到二层", "identity": "named", **more}


def photo(colour: str = "red", name: str = "lamp.jpg") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    made.seek(0)
    made.name = name
    return made


def code_on(page: Any) -> str:
    found = re.search(r'class="code num" lang="en">([^<]+)<', page.text)
    assert found is not None
    return found.group(1)


def sent(s: make.Scene, appeal: Appeal | None = None) -> Appeal:
    appeal = appeal or make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"), note="内部一句：物业负责")
    return appeal


def replied(s: make.Scene, appeal: Appeal | None = None) -> Appeal:
    appeal = sent(s, appeal)
    dispatching.sign(appeal, by=s.as_("liu"))
    handling.reply(appeal, by=s.as_("liu"), text="换了声控灯座，两盏都亮了")
    return appeal


def sound(seconds: int = 2) -> io.BytesIO:
    """A recording of silence, as a file field hands it over."""
    made = io.BytesIO()
    with wave.open(made, "wb") as spoken:
        spoken.setnchannels(1)
        spoken.setsampwidth(2)
        spoken.setframerate(8000)
        spoken.writeframes(b"\0\0" * 8000 * seconds)
    made.seek(0)
    made.name = "voice.wav"
    return made


def on_the_board(
    s: make.Scene, title: str = "3号楼楼道灯", text: str = "换了声控灯座", by: str = "wang"
) -> Appeal:
    appeal = replied(s, make.appeal(s, by=by))
    closing.judge(appeal, by=s.as_(by), verdict=closing.Verdict(solved=True, satisfied=True))
    closing.publish(appeal, by=s.as_("chen"), title=title, text=text)
    return appeal
