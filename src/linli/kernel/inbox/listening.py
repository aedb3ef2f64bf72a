"""A machine that writes down what a recording says, somewhere outside: many servers speak this interface.

What comes back is a guess for a person to read; nothing here decides anything.
"""

import json
import secrets
from dataclasses import dataclass, field

from django.conf import settings

from linli.kernel.inbox import wire
from linli.kernel.inbox.errors import Outage, Rejected
from linli.kernel.inbox.gateways import OURS_TO_MEND, host_of
from linli.kernel.inbox.guard import target_of

LONGEST = 5000
CHINESE = "zh"
NAMES_OF_CHINESE = {"zh", "zh-cn", "chinese", "mandarin", "yue", "cantonese"}


@dataclass(frozen=True, slots=True)
class Ear:
    """Where the listener is and how it is asked. ``inside`` allows an address within the district's own network.

    ``name`` is what residents read before they agree.
    """

    url: str
    name: str = ""
    key: str = field(default="", repr=False)
    model: str = "whisper-1"
    inside: bool = False
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Sound:
    content: bytes = field(repr=False)
    content_type: str
    ending: str


def ear_of_district() -> Ear | None:
    """The listener the district has set up; none unless it says so."""
    if not settings.SPEECH_URL:
        return None
    return Ear(
        settings.SPEECH_URL, settings.SPEECH_NAME or host_of(settings.SPEECH_URL), settings.SPEECH_KEY,
        settings.SPEECH_MODEL, settings.SPEECH_INSIDE, settings.SPEECH_SECONDS,
    )  # fmt: skip


def heard(sound: Sound, ear: Ear) -> str:
    """What the machine believes was said, or Outage (try later) or Rejected (it never will be). No database."""
    mark = f"linli-{secrets.token_hex(16)}"
    content = form_of(sound, ear, mark)
    headers = {
        "Host": host_of(ear.url), "Content-Type": f"multipart/form-data; boundary={mark}",
        "Content-Length": str(len(content)), "Accept": "application/json",
    }  # fmt: skip
    if ear.key:
        headers["Authorization"] = f"Bearer {ear.key}"
    target = target_of(ear.url, allow_private=ear.inside)
    reply = wire.call(target, "POST", ear.url, headers=headers, content=content, seconds=float(ear.seconds))
    return text_of(reply)


def form_of(sound: Sound, ear: Ear, mark: str) -> bytes:
    """The recording and how to read it, as a browser would send a form; its name tells nobody's."""
    fields = {"model": ear.model, "language": CHINESE, "response_format": "json"}
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="voice.{sound.ending}"\r\n'
        f"Content-Type: {sound.content_type}\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), sound.content, f"\r\n--{mark}--\r\n".encode()])


def text_of(reply: wire.Reply) -> str:
    """The words of an answer; one that is no answer counts as an outage, one nobody can use as a no."""
    status = reply.status
    if status >= 500 or status in OURS_TO_MEND or 300 <= status < 400:  # noqa: PLR2004 -- HTTP's own classes
        raise Outage(f"HTTP {status}")
    if status >= 400:  # noqa: PLR2004
        raise Rejected(f"HTTP {status}")
    try:
        told = json.loads(reply.body)
    except ValueError:
        raise Outage("unreadable answer") from None
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(text, str):
        raise Outage("unreadable answer")
    return usable(text.strip(), str(told.get("language") or CHINESE))


def usable(text: str, language: str) -> str:
    """Silence, noise heard as another language, and endless repetition help nobody."""
    if not text:
        raise Rejected("no words")
    if len(text) > LONGEST:
        raise Rejected("too long")
    if language.lower() not in NAMES_OF_CHINESE or not is_chinese(text):
        raise Rejected("another language")
    return text


def is_chinese(text: str) -> bool:
    """Whether at least half of the letters are Chinese characters."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum("\u3400" <= letter <= "\u9fff" for letter in letters) >= len(letters) > 0
