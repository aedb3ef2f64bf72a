"""A phone in the hand: plain http under another name, squares on paper, a voice without a microphone."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from linli.project import touring

pytestmark = [pytest.mark.browser, pytest.mark.drill]

NAME = "linli.test"
SIZE = ("--communities", "1", "--days", "1", "--seed", "7")
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with touring.demo_house(tmp_path_factory.mktemp("street"), SIZE, name=NAME) as address:
        yield address


@pytest.fixture(scope="module")
def street() -> Iterator[Browser]:
    """A browser for which the name of the house leads to this machine, but which does not take it for itself."""
    with touring.browser(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as chromium:
        yield chromium


@pytest.fixture
def desk(street: Browser, house: str) -> Page:
    page = touring.visitor(street, house).new_page()
    touring.become(page, "陈晓雨")
    return page


@pytest.fixture
def phone(street: Browser, house: str) -> Iterator[Page]:
    """390 by 844 points, fingers instead of a mouse."""
    with pocket(street, house) as context:
        yield context.new_page()


def pocket(street: Browser, house: str) -> BrowserContext:
    return street.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True,
        user_agent=PHONE, locale="zh-CN", base_url=house,
    )  # fmt: skip


def scanned(paper: Page) -> str:
    """What a phone's camera reads from the square on a sheet, as it is drawn."""
    picture = paper.locator("svg.qr").screenshot()
    with Image.open(io.BytesIO(picture)) as seen:
        (found,) = zxingcpp.read_barcodes(seen.convert("L"))
    return str(found.text)


def entered(desk: Page, called: str, text: str) -> None:
    """陈晓雨 writes down what somebody says at the counter; the receipt is on the screen."""
    desk.goto("/desk/new/")
    desk.locator("#id_text").fill(text)
    desk.locator("#id_called").fill(called)
    desk.get_by_role("button", name="登记并打印回执").click()


def tone(path: Path, seconds: int = 2) -> Path:
    """What a recorder on the phone saved."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x10\x20\x10\xe0" * 4000 * seconds)
    return path


def test_a_slip_from_the_counter_opens_her_account_on_her_phone_once(
    desk: Page, phone: Page, street: Browser, house: str
) -> None:
    entered(desk, "何奶奶", "晾衣绳断了，被子掉在地上")
    desk.get_by_role("button", name="打印登录条").click()
    address = scanned(desk)

    phone.goto(address)
    phone.get_by_role("button", name="登录", exact=True).tap()
    phone.wait_for_url("**:*/")
    phone.goto("/mine/")

    assert address.startswith(f"{house}/in/slip/?slip=")
    expect(phone.get_by_role("main")).to_contain_text("晾衣绳断了")
    kept = {cookie["name"]: cookie for cookie in phone.context.cookies()}
    assert (kept["session"]["secure"], kept["session"]["httpOnly"]) == (False, True)
    with pocket(street, house) as finder:
        another = finder.new_page()
        another.goto(address)
        another.get_by_role("button", name="登录", exact=True).tap()
        expect(another.get_by_role("alert")).to_contain_text("这个码不能用了")


def test_the_square_on_the_receipt_opens_the_matter(desk: Page, phone: Page) -> None:
    entered(desk, "郑大爷", "楼前长椅少了一块木板")

    phone.goto(scanned(desk))

    phone.wait_for_url("**/follow/*/")
    expect(phone.locator("h1")).to_have_text("楼前长椅少了一块木板")


def test_the_square_on_the_wall_opens_the_form_with_the_place_and_is_counted(desk: Page, phone: Page) -> None:
    desk.goto("/desk/squares/")
    desk.get_by_label("贴在哪里").select_option(label="7号楼 2单元")
    desk.get_by_role("button", name="生成扫码贴").click()

    phone.goto(scanned(desk))
    expect(phone.locator("#id_place option:checked")).to_have_text("7号楼 2单元")
    phone.locator("#id_text").fill("信报箱的锁坏了，报纸总丢")
    phone.get_by_text("谁也不", exact=False).first.tap()
    phone.get_by_role("button", name="提交").tap()
    number = phone.locator("dl b.num").inner_text()
    desk.goto(f"/desk/find/?q={number}")

    expect(desk.get_by_role("main")).to_contain_text("扫码 ·")
    expect(desk.get_by_role("main")).to_contain_text("7号楼")


def test_without_a_microphone_the_file_field_carries_her_voice_to_the_top_of_the_desk(
    desk: Page, phone: Page, tmp_path: Path
) -> None:
    touring.become(phone, "王阿姨")
    phone.goto("/raise/")
    assert phone.evaluate("[isSecureContext, navigator.mediaDevices === undefined]") == [False, True]

    with phone.expect_file_chooser() as choosing:
        phone.get_by_text("选一段录音", exact=True).tap()
    choosing.value.set_files(tone(tmp_path / "说给社区听.wav"))
    expect(phone.locator("#recording ~ output")).to_have_text("说给社区听.wav (32 KB)")
    phone.get_by_role("button", name="提交").tap()
    number = phone.locator("dl b.num").inner_text()

    desk.goto("/desk/")
    first = desk.locator("[data-job]").first
    expect(first).to_contain_text("录音待听")
    first.get_by_role("link").click()
    expect(desk.locator("h1")).to_have_text(number)
    sound = desk.locator("audio").first
    sound.evaluate("(it) => { it.muted = true; return it.play(); }")
    assert sound.evaluate(
        "(it) => new Promise((told) => { it.onended = () => told(it.currentTime >= it.duration); })"
    )
    assert sound.evaluate("(it) => Math.round(it.duration)") == 2


def test_without_script_the_browsers_own_field_does_it(street: Browser, house: str) -> None:
    with street.new_context(
        base_url=house, java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as plain:
        page = plain.new_page()
        touring.become(page, "王阿姨")
        page.goto("/raise/")

        expect(page.locator("#recording")).to_be_visible()
        expect(page.locator("#photos")).to_be_visible()
        expect(page.locator(".filebtn").first).to_be_hidden()
