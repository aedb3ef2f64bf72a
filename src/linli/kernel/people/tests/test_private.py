import re
from datetime import timedelta
from pathlib import Path

import pytest

import linli
from linli.kernel.answers import YES, Refused
from linli.kernel.clock import moved_to
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions, documents, private
from linli.kernel.people.jobs import forget_old_looks
from linli.kernel.people.models import Document, Look
from linli.kernel.people.queries import find_by_last_four, looks_at
from linli.kernel.people.standing import standing
from linli.kernel.people.tests.cast import MORNING, WANG_PHONE, person, shijingshan

OPENED_ELSEWHERE = {
    "kernel/inbox/channels.py",  # the secrets of a gateway, not of a person
    "kernel/inbox/outbox.py",  # the text on its way out
    "kernel/inbox/recipients.py",  # to send to it; nobody sees it
    "web/views/me.py",  # her own, shown to herself
}
pytestmark = pytest.mark.django_db
WRONG_ID = "999999195001010011"  # area 999999 and a check digit that fails: nobody's


@pytest.fixture
def neighbours(db: None) -> dict:
    places = shijingshan()
    wang = actions.register(called="王阿姨", phone=WANG_PHONE, community=places["north"], now=MORNING)
    south = actions.register(called="南社区的", phone="10000010417", community=places["south"], now=MORNING)
    return {
        "wang": wang,
        "south": south,
        "chen": person("陈晓雨", places["north"], "clerk"),
        "street": person("街道", places["street"], "street"),
        "liu": person("刘师傅", places["north"]),
        "outsider": person("外人"),
    }


def test_everybody_sees_the_mask_and_the_desk_opens_it_for_a_reason(neighbours: dict) -> None:
    wang, chen = neighbours["wang"], neighbours["chen"]

    assert private.masked(wang, "phone") == "100****0417"
    assert private.reveal(wang, "phone", by=chen, reason="回电话", now=MORNING) == WANG_PHONE
    assert [(look.viewer, look.fields, look.reason, look.at) for look in looks_at(wang)] == [
        (chen, "phone", "回电话", MORNING)
    ]


def test_every_look_of_everybody_on_duty_is_in_the_persons_own_list(neighbours: dict) -> None:
    wang = neighbours["wang"]
    documents.add_document(wang, "identity", WRONG_ID, by=neighbours["chen"], now=MORNING)
    for turn, (who, field) in enumerate((w, f) for w in ("chen", "street") for f in ("phone", "identity")):
        private.reveal(
            wang, field, by=neighbours[who], reason=f"走访{turn}", now=MORNING + timedelta(minutes=turn)
        )

    assert [(str(look.viewer), look.fields) for look in looks_at(wang)] == [
        ("街道", "identity"),
        ("街道", "phone"),
        ("陈晓雨", "identity"),
        ("陈晓雨", "phone"),
    ]
    assert Entry.objects.filter(verb="people.looked").count() == 4


@pytest.mark.parametrize(
    ("who", "reason"), [("outsider", "好奇"), ("liu", "修灯"), ("chen", " "), ("wang", "看看")]
)
def test_without_duty_or_reason_nothing_opens_and_nothing_is_written(
    neighbours: dict, who: str, reason: str
) -> None:
    with pytest.raises(Refused):
        private.reveal(neighbours["wang"], "phone", by=neighbours[who], reason=reason, now=MORNING)

    assert Look.objects.count() == 0


def test_another_communitys_desk_opens_nothing(neighbours: dict) -> None:
    with pytest.raises(Refused):
        private.reveal(neighbours["south"], "phone", by=neighbours["chen"], reason="回电话", now=MORNING)


def test_a_matter_between_two_people_opens_a_number_too_and_it_is_written_down(neighbours: dict) -> None:
    wang, liu = neighbours["wang"], neighbours["liu"]

    phone = private.reveal(wang, "phone", by=liu, reason="上门修灯", now=MORNING, otherwise=YES)

    assert (phone, [look.viewer for look in looks_at(wang)]) == (WANG_PHONE, [liu])


def test_the_button_is_shown_to_whoever_may_press_it(neighbours: dict) -> None:
    def may(who: str, **more: object) -> bool:
        return private.may_open(standing(neighbours[who], on=MORNING.date()), neighbours["wang"], **more).ok

    assert [may(who) for who in ("chen", "street", "liu", "outsider", "wang")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert may("liu", otherwise=YES)


def opens_a_field(file: Path) -> bool:
    """Whether it uses one of the functions that open a private field."""
    text = file.read_text()
    imports = [line for line in text.splitlines() if re.match(r"\s*(from|import) linli", line)]
    door = r"import .*\b(phone_of|own|decrypt)\b|keys\.fields import .*\bread\b"
    return "ring.decrypt(" in text or any(re.search(door, line) for line in imports)


def test_private_fields_are_opened_through_these_doors_alone() -> None:
    """Whoever opens one elsewhere would leave no line in the person's list."""
    house = Path(linli.__file__).parent
    files = [file for file in house.rglob("*.py") if "tests" not in file.parts and opens_a_field(file)]
    found = {file.relative_to(house).as_posix() for file in files}

    assert {
        file for file in found if not file.startswith(("kernel/people/", "kernel/keys/"))
    } == OPENED_ELSEWHERE


def test_looks_are_kept_three_years_and_no_longer(neighbours: dict) -> None:
    private.reveal(neighbours["wang"], "phone", by=neighbours["chen"], reason="回电话", now=MORNING)

    with moved_to(MORNING + timedelta(days=3 * 365)):
        assert forget_old_looks() == 0
    with moved_to(MORNING + timedelta(days=3 * 367)):
        assert (forget_old_looks(), forget_old_looks()) == (1, 0)


def test_her_own_number_is_hers_to_read(neighbours: dict) -> None:
    assert private.own(neighbours["wang"], "phone") == WANG_PHONE
    assert Look.objects.count() == 0


def test_the_desk_finds_by_the_last_four_digits_within_its_own_area(neighbours: dict) -> None:
    def found(who: str, digits: str) -> list[str]:
        return [str(p) for p in find_by_last_four(digits, standing(neighbours[who], on=MORNING.date()))]

    assert found("chen", "0417") == ["王阿姨"]
    assert sorted(found("street", "0417")) == ["南社区的", "王阿姨"]
    assert (
        found("outsider", "0417"),
        found("liu", "0417"),
        found("chen", "041"),
        found("chen", "９999"),
    ) == ([], [], [], [])


def test_a_wrong_check_digit_is_doubted_and_kept(neighbours: dict) -> None:
    document = documents.add_document(
        neighbours["wang"], "identity", WRONG_ID, by=neighbours["chen"], now=MORNING
    )

    assert (document.doubted, WRONG_ID in str(Document.objects.values().get())) == (True, False)
    assert private.masked(neighbours["wang"], "identity") == "999999********0011"
    assert documents.holders_of("identity", "９９９９９９195001010011") == [neighbours["wang"]]


def test_published_examples_of_good_numbers_are_not_doubted() -> None:
    assert not documents.is_doubtful("identity", "11010519491231002X")
    assert [
        documents.is_doubtful("credit_code", n) for n in ("91110000101623741K", "911100001016237411")
    ] == [False, True]
    assert not documents.is_doubtful("title_deed", "京(2020)石不动产权第0000000号")
