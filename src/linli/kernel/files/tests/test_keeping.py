import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from linli.kernel.answers import Refused
from linli.kernel.clock import moved_to
from linli.kernel.files import disk, jobs
from linli.kernel.files.actions import attach, check, erase_of, keep, remove, store
from linli.kernel.files.models import File
from linli.kernel.files.queries import by_subject, files_of, loose_files_of
from linli.kernel.files.rules import may_open
from linli.kernel.files.serving import open_for, part_of
from linli.kernel.files.tests.samples import paper, picture, upload, wav
from linli.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WANG, CHEN, OUTSIDER = 1, 2, 3
CASE, STEP = 4711, 4712
PATH = "110107/110107002/"


def photo(**where: object) -> File:
    with moved_to(MORNING):
        return store(upload(picture(), "灯.jpg"), by=WANG, **where)


def test_a_file_knows_where_it_belongs_and_the_journal_knows_who_brought_it() -> None:
    file = photo(group_id=CASE, subject_id=STEP, path=PATH, body_id=9, caption="三单元门口")

    file.refresh_from_db()
    kept = (
        file.group_id,
        file.subject_id,
        file.path,
        file.body_id,
        file.caption,
        file.by_id,
        file.at,
        file.audience,
    )
    assert kept == (CASE, STEP, PATH, 9, "三单元门口", WANG, MORNING, File.Audience.PARTIES)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_id, entry.object_id, entry.path) == ("files.added", WANG, file.pk, PATH)


def test_only_what_is_asked_for_is_taken() -> None:
    with pytest.raises(Refused), translation.override("en"):
        store(upload(paper()), by=WANG, kinds=("photo",))
    with (
        translation.override("en"),
        pytest.raises(Refused, match=r"^This is not a recording we can open\. Please add"),
    ):
        store(upload(picture()), by=WANG, kinds=("audio",))
    assert File.objects.count() == 0


def test_a_photo_handed_in_early_is_put_in_its_place_by_its_owner_once() -> None:
    file = photo()
    assert list(loose_files_of(WANG, [file.pk])) == [file]
    assert list(loose_files_of(CHEN, [file.pk])) == []

    with pytest.raises(Refused):
        attach(file, by=CHEN, group_id=CASE)
    attach(file, by=WANG, group_id=CASE, subject_id=STEP, path=PATH)
    with pytest.raises(Refused):
        attach(file, by=WANG, group_id=CASE + 1)

    assert by_subject(files_of(CASE, handles=False)) == {STEP: [file]}


def test_who_may_open_what() -> None:
    loose, plain = photo(), photo(group_id=CASE)
    staff = photo(group_id=CASE, audience=File.Audience.STAFF)
    rows = [
        [bool(may_open(file, reader_id=reader, sees=sees, handles=handles)) for file in (loose, plain, staff)]
        for reader, sees, handles in (
            (WANG, True, False), (CHEN, True, True), (OUTSIDER, False, False), (None, False, False),
            (OUTSIDER, False, True),
        )
    ]  # fmt: skip
    assert rows == [
        [True, True, False],
        [False, True, True],
        [False, False, False],
        [False, False, False],
        [False, False, False],
    ]
    assert [list(files_of(CASE, handles=handles)) for handles in (False, True)] == [[plain], [plain, staff]]


def test_a_removed_file_leaves_no_bytes_and_no_words(django_capture_on_commit_callbacks: object) -> None:
    file = photo(group_id=CASE, caption="CANARY")
    places = [open_for(file, size).path for size in ("full", "small")]
    assert all(place.exists() for place in places)

    with django_capture_on_commit_callbacks(execute=True):
        remove(file, by=CHEN)

    file.refresh_from_db()
    assert (file.name, file.caption, file.sha256, [place.exists() for place in places]) == (
        "",
        "",
        "",
        [False] * 2,
    )
    assert not may_open(file, reader_id=WANG, sees=True, handles=True)
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["files.added", "files.removed"]


def test_erasing_a_person_takes_what_is_hers_and_leaves_what_the_house_needs(
    django_capture_on_commit_callbacks: object,
) -> None:
    hers = [photo(group_id=CASE), photo()]
    for_her = store(upload(picture()), by=CHEN, behalf=WANG, group_id=CASE)
    as_a_clerk = store(upload(picture()), by=WANG, group_id=CASE, official=True)
    chens = store(upload(wav()), by=CHEN)

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_of(WANG) == 3

    present = [open_for(file).path.exists() for file in (*hers, for_her, as_a_clerk, chens)]
    assert present == [False, False, False, True, True]


def test_a_rollback_takes_nothing_away() -> None:
    file = photo(group_id=CASE)
    with transaction.atomic():
        remove(file, by=CHEN)
        transaction.set_rollback(True)
    file.refresh_from_db()
    assert (file.gone_at, open_for(file).path.exists()) == (None, True)


def test_what_is_served_can_be_nothing_else() -> None:
    photo_, pdf = photo(), store(upload(paper(), '"><script>\r\nX: y\u202egpj.pdf'), by=WANG)
    shown, saved = open_for(photo_).headers, open_for(pdf).headers
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"] == "inline; filename*=utf-8''%E7%81%AF.jpg"
    assert saved["Content-Disposition"] == 'attachment; filename="script X y gpj.pdf"'
    for headers in (shown, saved):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["Cache-Control"] == "private, no-cache"
    assert open_for(photo_, "small").path != open_for(photo_).path
    assert open_for(pdf, "small").path == open_for(pdf).path


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-99", (0, 100)), ("bytes=100-", (100, 1000)), ("bytes=-50", (950, 1000)), ("bytes=-5000", (0, 1000)),
        ("bytes=0-5000", (0, 1000)), ("bytes=1000-", None), ("bytes=9-5", None), ("bytes=-", None), ("", None),
        ("bytes=0-1,5-6", None), ("lines=0-1", None), ("bytes=-0", None),
    ],
)  # fmt: skip
def test_a_phone_may_ask_for_a_part_of_a_recording(wanted: str, part: tuple[int, int] | None) -> None:
    assert part_of(wanted, 1000) == part


def test_a_full_disk_refuses_with_a_sentence_and_the_house_goes_on(tmp_path: Path, settings: object) -> None:
    if os.geteuid() != 0:
        pytest.skip("Only root can mount a small disk. / 需要 root 才能挂一块小盘。")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tmp_path], check=True)
    settings.MEDIA_ROOT = tmp_path
    try:
        noisy = os.urandom(400_000)
        with pytest.raises(disk.StorageFull) as full:
            store(upload(picture("PNG") + noisy), by=WANG)
        assert (full.value.status, list(disk.workplace().iterdir())) == (503, [])
        assert store(upload(picture()), by=WANG).kind == "photo"
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_forgotten_uploads_and_unclaimed_bytes_are_swept_out_and_nothing_else() -> None:
    forgotten, used = photo(), photo(group_id=CASE)
    unclaimed = check(upload(picture()))
    stranded = disk.workplace() / "crashed.in"
    stranded.write_bytes(b"x")
    long_ago = (MORNING - timedelta(days=30)).timestamp()
    for path in (*places(used), *places(unclaimed), stranded):
        os.utime(path, (long_ago, long_ago))
    fresh = check(upload(picture()))

    assert jobs.sweep_at(MORNING + jobs.LOOSE_FOR) == 0 + 1 + 2
    assert jobs.sweep_at(MORNING + jobs.LOOSE_FOR + timedelta(seconds=1)) == 1

    present = [all(p.exists() for p in places(thing)) for thing in (forgotten, used, unclaimed, fresh)]
    assert (present, stranded.exists()) == ([False, True, False, True], False)
    assert keep(fresh, by=WANG, group_id=CASE).group_id == CASE


def places(thing: object) -> list[Path]:
    return [disk.place_of(thing.token, "jpg", small=small) for small in (False, True)]


def test_an_idle_sweep_only_reads(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1) as asked:
        jobs.drop_loose(MORNING)
    assert asked.captured_queries[0]["sql"].startswith("SELECT")


def test_an_upload_that_lies_about_its_size_is_still_counted() -> None:
    class Liar(SimpleUploadedFile):
        size = 10

    endless = Liar("a.jpg", picture() + bytes(25_000_000))
    with pytest.raises(Refused):
        check(endless)
