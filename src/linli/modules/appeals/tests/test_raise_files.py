"""What 王阿姨 hands in with her words: a recording, photos; what is kept, left out and refused."""

import io

import pytest
from django.test import Client

from linli.kernel.files.models import File
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.tests.neighbours import LAMP, photo, signed_in, sound, typed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


def test_a_recording_is_enough_and_is_heard_on_the_thread(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")

    reader.post("/raise/", typed(s, text="", recording=sound()))

    appeal = Appeal.objects.select_related("case").get()
    assert (appeal.text, appeal.needs_words, appeal.channel) == ("", True, "voice")
    assert list(File.objects.values_list("kind", "group_id")) == [("audio", appeal.pk)]
    assert "<audio controls" in reader.get(f"/matters/{appeal.pk}/").text


def test_a_new_recording_takes_the_place_of_the_kept_one(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, place="", recording=sound(2)))

    reader.post("/raise/", typed(s, recording=sound(3)))

    assert list(File.objects.values_list("seconds", flat=True)) == [3]


def test_wang_leaves_a_kept_photo_out(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text="", photos=[photo(), photo("blue", "b.jpg")]))
    first = reader.session["appeals.draft"]["files"][0]["token"]

    reader.post("/raise/", typed(s, drop=first))

    assert list(File.objects.values_list("name", flat=True)) == ["b.jpg"]


def test_begin_again_forgets_words_and_photos(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text="", photos=[photo()]))

    reader.post("/raise/afresh/")

    assert "lamp.jpg" not in reader.get("/raise/").text


def test_a_seventh_photo_is_too_many_and_six_are_kept(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    colours = ["red", "blue", "green", "black", "white", "gold", "grey"]

    page = reader.post("/raise/", typed(s, photos=[photo(c, f"{c}.jpg") for c in colours]))

    assert page.status_code == 422
    assert "Six photos at most; the first six are kept." in page.text
    assert len(reader.session["appeals.draft"]["files"]) == 6


def test_the_kept_photo_comes_along_when_the_form_is_sent_again(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    reader.post("/raise/", typed(s, text="", photos=[photo()]))

    reader.post("/raise/", typed(s, photos=[photo(), photo("blue", "lamp2.jpg")]))

    assert list(File.objects.order_by("id").values_list("name", flat=True)) == ["lamp.jpg", "lamp2.jpg"]


def test_a_photo_that_is_none_is_refused_beside_its_field_and_the_words_stay(reader: Client) -> None:
    s = make.scene()
    signed_in(reader, s, "wang")
    broken = io.BytesIO(b"this is no photo")
    broken.name = "lamp.jpg"

    page = reader.post("/raise/", typed(s, photos=[broken, photo()]))

    assert page.status_code == 422
    assert LAMP in page.text
    assert "Photo 1 is kept: lamp.jpg" in page.text
    assert not Appeal.objects.exists()
