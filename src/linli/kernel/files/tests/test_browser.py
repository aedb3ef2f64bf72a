"""What a real browser records is taken in, and what comes out plays in it with the same length."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.kernel.files import disk
from linli.kernel.files.actions import check
from linli.kernel.files.tests.samples import upload

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
RECORD = """async (type) => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const recorder = new MediaRecorder(out.stream, { mimeType: type });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.start(400);
  await new Promise((done) => setTimeout(done, 2100));
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}"""
PLAY = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const sound = await new AudioContext().decodeAudioData(bytes.buffer);
  const peak = sound.getChannelData(0).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return [sound.length, sound.numberOfChannels, peak];
}"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("Chromium is not installed. / 没有安装 Chromium。")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize(
    ("type_", "ending"), [("audio/webm;codecs=opus", "webm"), ("audio/mp4;codecs=opus", "m4a")]
)
def test_wang_ayi_speaks_and_is_heard(tab: Any, type_: str, ending: str) -> None:
    recorded = tab.evaluate(RECORD, type_)
    checked = check(upload(base64.b64decode(recorded), "我要反映.bin"), kinds=("audio",))
    made = disk.place_of(checked.token, ending).read_bytes()

    heard = tab.evaluate(PLAY, base64.b64encode(made).decode())
    assert heard == tab.evaluate(PLAY, recorded)
    assert heard[2] > 0.5
    assert checked.seconds in {2, 3}
