"""Doing things in a browser without one: a client per person, real forms, real files."""

import io
import math
import struct
import wave
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import make


class Browsers:
    """One signed-in browser a person, opened when she first needs it."""

    def __init__(self, scene: make.Scene) -> None:
        self.scene = scene
        self.open: dict[str, Client] = {}

    def __call__(self, name: str) -> Client:
        if name not in self.open:
            self.open[name] = make.sign_in(Client(), self.scene.people[name])
        return self.open[name]


def photo(name: str = "lamp.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (70, 75, 74)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def recording() -> SimpleUploadedFile:
    """Two seconds of a tone, as a plain WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = (int(8000 * math.sin(i / 8)) for i in range(16000))
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return SimpleUploadedFile("voice.wav", out.getvalue(), "audio/wav")


def raise_matter(
    client: Client, scene: make.Scene, text: str, *, identity: str = "named", **more: Any
) -> Any:
    """Fill in the form; past the questions that may come in between."""
    form = {"text": text, "place": scene.stair.pk, "spot": "", "identity": identity, **more}
    answer = client.post("/raise/", form)
    for _ in range(3):
        if answer.status_code == 302 and answer.headers["Location"].endswith(("/same/", "/call-first/")):
            answer = client.post("/raise/send/", {"passed": ["same", "call"]})
    return answer


def do(client: Client, key: int, verb: str, **fields: Any) -> Any:
    """Say a verb on the page of a matter."""
    return client.post(f"/matters/{key}/do/{verb}/", {"act": verb, **fields})
