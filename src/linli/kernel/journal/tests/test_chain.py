"""What the sealer chains and what a verification finds."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.journal.actions import commitment, draft
from linli.kernel.journal.erase import forget_objects, forget_person
from linli.kernel.journal.heads import folder, publish_head
from linli.kernel.journal.models import Entry, Seal
from linli.kernel.journal.queries import entries_of, entries_seen_by
from linli.kernel.journal.sealing import seal, seal_all
from linli.kernel.journal.verifying import verify
from linli.kernel.keys.ids import ROOM_BITS
from linli.kernel.places.models import Area

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
WANG, CHEN, LIU = 101, 102, 103


def write(count: int, *, by: int = CHEN, subject: models.Model | None = None, **more: Any) -> list[Entry]:
    subject = subject or Area(pk=7)
    made = [draft("appeals.said", subject, by=by, words=f"第{n}句：楼道漏水", **more) for n in range(count)]
    return Entry.objects.bulk_create(made)


def sealed_journal(count: int = 12) -> list[Entry]:
    entries = write(count)
    assert seal(NOON) == count
    return entries


def test_the_sealer_chains_everything_once_and_in_key_order() -> None:
    entries = write(5)

    assert [seal(NOON, limit=3), seal(NOON, limit=3), seal(NOON, limit=3)] == [3, 2, 0]
    assert list(Seal.objects.order_by("position").values_list("position", "entry_id")) == [
        (place, entry.pk) for place, entry in enumerate(entries, 1)
    ]
    report = verify()
    assert (report.ok, report.rows, report.unsealed, report.first_bad) == (True, 5, 0, None)


def test_an_idle_round_reads_and_never_writes() -> None:
    sealed_journal(3)

    with CaptureQueriesContext(connection) as seen:
        assert seal(NOON) == 0

    assert [q["sql"].split()[0] for q in seen] == ["SELECT", "SELECT"]


def test_an_entry_that_commits_late_with_a_smaller_key_is_sealed_too() -> None:
    first, late, last = (draft("appeals.said", Area(pk=7), by=CHEN) for _ in range(3))
    first.save()
    last.save()
    seal(NOON)
    late.save()

    assert seal(NOON + timedelta(seconds=1)) == 1
    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == [
        first.pk, last.pk, late.pk,
    ]  # fmt: skip
    assert verify().ok


def test_an_entry_an_hour_late_waits_for_the_sweep_and_is_reported_until_then() -> None:
    late = draft("appeals.said", Area(pk=7), by=CHEN)
    late.pk -= 3_600_000 << ROOM_BITS
    sealed_journal(3)
    late.save()

    assert seal(NOON) == 0
    assert (verify().ok, verify().unsealed) == (True, 1)
    assert seal_all(NOON, above=0) == 1
    assert (verify().rows, verify().unsealed) == (4, 0)


def test_words_changed_before_they_were_sealed_are_found() -> None:
    entry = write(2)[1]
    Entry.objects.filter(pk=entry.pk).update(payload='{"words":"没有漏水"}')

    report = verify()

    assert (report.ok, report.first_bad) == (False, entry.pk)


# One byte, one row, one place: every way to tamper with a sealed journal.

CHANGES = {
    "at": lambda old: old + timedelta(microseconds=1),
    "verb": lambda old: "x" + old[1:],
    "actor_id": lambda old: old ^ 1,
    "behalf_id": lambda old: 5 if old is None else None,
    "object_kind": lambda old: old + "x",
    "object_id": lambda old: old ^ 256,
    "path": lambda old: old + "1",
    "body_id": lambda old: 9,
    "sensitivity": lambda old: old ^ 1,
}
SEAL_CHANGES = {
    "sealed_at": lambda old: old - timedelta(microseconds=1),
    "algorithm": lambda old: "sha255",
}


def flip(data: bytes, where: int, bit: int) -> bytes:
    at = where % len(data)
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


def change_a_byte(entry: Entry, where: int, bit: int, column: str) -> None:
    if column in CHANGES:
        Entry.objects.filter(pk=entry.pk).update(**{column: CHANGES[column](getattr(entry, column))})
    elif column in SEAL_CHANGES:
        old = getattr(Seal.objects.get(entry=entry), column)
        Seal.objects.filter(entry=entry).update(**{column: SEAL_CHANGES[column](old)})
    elif column == "head":
        head = bytes(Seal.objects.get(entry=entry).head)
        Seal.objects.filter(entry=entry).update(head=flip(head, where, bit))
    elif column == "payload":
        text = entry.payload or ""
        at = where % len(text)
        Entry.objects.filter(pk=entry.pk).update(payload=text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :])
    else:
        Entry.objects.filter(pk=entry.pk).update(**{column: flip(bytes(getattr(entry, column)), where, bit)})


def shift_up(position: int) -> None:
    """Make room in the chain, from the end so that no two rows meet."""
    for place in (
        Seal.objects.filter(position__gte=position).order_by("-position").values_list("position", flat=True)
    ):
        Seal.objects.filter(position=place).update(position=place + 1)


def pull_up(position: int) -> None:
    for place in (
        Seal.objects.filter(position__gt=position).order_by("position").values_list("position", flat=True)
    ):
        Seal.objects.filter(position=place).update(position=place - 1)


def delete_entry_alone(entries: list[Entry], at: int) -> int | None:
    connection.cursor().execute("DELETE FROM journal_entry WHERE id = %s", [entries[at].pk])
    return entries[at].pk


def delete_with_its_seal_and_close_the_gap(entries: list[Entry], at: int) -> int | None:
    Seal.objects.filter(entry=entries[at]).delete()
    Entry.objects.filter(pk=entries[at].pk).delete()
    pull_up(at + 1)
    return entries[at + 1].pk


def swap_with_the_next(entries: list[Entry], at: int) -> int | None:
    one, two = entries[at].pk, entries[at + 1].pk
    spare = draft("appeals.said", Area(pk=7), by=CHEN)
    spare.save()
    for old, new in ((one, spare.pk), (two, one), (spare.pk, two)):
        Seal.objects.filter(entry_id=old).update(entry_id=new)
    spare.delete()
    return two


def slip_one_in(entries: list[Entry], at: int) -> int | None:
    forged = draft("appeals.said", Area(pk=7), by=CHEN, words="后来加的")
    forged.save()
    shift_up(at + 1)
    head = bytes(Seal.objects.get(position=at + 2).head)
    Seal.objects.create(position=at + 1, entry=forged, head=head, sealed_at=NOON)
    return forged.pk


REARRANGE = (delete_entry_alone, delete_with_its_seal_and_close_the_gap, swap_with_the_next, slip_one_in)
COLUMNS = (*CHANGES, *SEAL_CHANGES, "head", "payload", "salt", "commitment")


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, 10), where=st.integers(0, 200), bit=st.integers(0, 7),
    way=st.one_of(st.sampled_from(COLUMNS), st.sampled_from(REARRANGE)),
)  # fmt: skip
def test_any_byte_changed_any_row_removed_moved_or_slipped_in_is_found_and_named(
    once: list[Entry], at: int, where: int, bit: int, way: Any
) -> None:
    with transaction.atomic():
        expected = once[at].pk
        if callable(way):
            expected = way(once, at)
        else:
            change_a_byte(once[at], where, bit, way)

        report = verify()
        transaction.set_rollback(True)

    assert (report.ok, report.first_bad, bool(report.why)) == (False, expected, True)


@pytest.fixture
def once(db: None) -> list[Entry]:
    entries = sealed_journal(12)
    assert verify().ok, "untouched, it must verify: else the test above would prove nothing"
    return entries


def test_the_last_entry_deleted_under_its_seal_is_named() -> None:
    last = sealed_journal(4)[-1]
    with transaction.atomic():
        connection.cursor().execute("DELETE FROM journal_entry WHERE id = %s", [last.pk])
        report = verify()
        transaction.set_rollback(True)

    assert (report.ok, report.first_bad, report.rows) == (False, last.pk, 3)


def test_a_seal_deleted_in_the_middle_names_the_entry_that_lost_it() -> None:
    middle = sealed_journal(5)[2]
    Seal.objects.filter(entry=middle).delete()

    report = verify()

    assert (report.ok, report.first_bad, report.position) == (False, middle.pk, 3)


# The head outside the database


def test_cutting_the_end_off_shows_against_the_published_head() -> None:
    entries = sealed_journal(6)
    path = publish_head(date(2026, 11, 24))
    assert path and path.read_text().split()[:2] == ["6", "sha256"]

    Seal.objects.filter(position__gt=4).delete()
    Entry.objects.filter(pk__in=[entry.pk for entry in entries[4:]]).delete()

    report = verify()
    assert (report.ok, report.rows, report.position) == (False, 4, 5)
    assert "2026-11-24" in str(report.why)


def test_a_chain_written_anew_with_honest_arithmetic_differs_from_the_published_head() -> None:
    entries = sealed_journal(6)
    publish_head(date(2026, 11, 24))
    Seal.objects.all().delete()
    forged = '{"words": "一切都好"}'
    Entry.objects.filter(pk=entries[2].pk).update(
        payload=forged, commitment=commitment(bytes(entries[2].salt or b""), forged)
    )
    seal(NOON)

    assert (verify().ok, verify().first_bad) == (False, entries[5].pk)
    (folder() / "2026-11-24.txt").unlink()
    assert verify().ok, "without the published head nothing is left to compare with"


def test_the_day_gets_a_line_only_when_the_chain_has_grown(tmp_path: Path, settings: LazySettings) -> None:
    day = date(2026, 11, 24)
    assert publish_head(day) is None
    sealed_journal(2)
    assert (publish_head(day), publish_head(day)) == (tmp_path / "heads" / "2026-11-24.txt", None)
    write(1)
    seal(NOON)
    publish_head(day)

    assert [line.split()[0] for line in (tmp_path / "heads/2026-11-24.txt").read_text().splitlines()] == [
        "2",
        "3",
    ]


# Erasure


def test_a_hundred_erasures_leave_no_words_and_the_chain_still_verifies(
    django_capture_on_commit_callbacks,
) -> None:
    entries = write(60, by=WANG) + write(30, by=CHEN, behalf=WANG)
    about_her = Area(pk=WANG)
    person_entry = draft("people.registered", about_her, by=CHEN, phone="10012345678")
    person_entry.object_kind = "people.person"
    person_entry.save()
    others = write(9, by=LIU)
    seal(NOON)
    before = verify().head

    with django_capture_on_commit_callbacks(execute=False):
        assert forget_person(WANG) == 91
        assert forget_objects("places.area", [others[0].object_id]) == 9

    report = verify()
    assert (report.ok, report.rows, report.erased, report.head) == (True, 100, 100, before)
    assert set(Entry.objects.values_list("payload", "salt")) == {(None, None)}
    assert len(entries) == 90
    assert forget_person(WANG) == 0


# The database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'appeals.done'",
        "UPDATE journal_entry SET payload = '{}'",
        "UPDATE journal_entry SET payload = NULL, salt = NULL, actor_id = 5",
        "DELETE FROM journal_entry",
        "UPDATE journal_seal SET head = head",
        "DELETE FROM journal_seal",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_is_written(guarded: None, statement: str) -> None:
    sealed_journal(2)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify().ok


def test_a_row_cannot_be_replaced_under_its_own_key(guarded: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    entry = sealed_journal(2)[0]
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "INSERT OR REPLACE INTO journal_entry SELECT id, at, 'x.y', actor_id, behalf_id, object_kind, object_id,"
            " path, body_id, sensitivity, payload, salt, commitment FROM journal_entry WHERE id = %s",
            [entry.pk],
        )
    assert Entry.objects.get(pk=entry.pk).verb == "appeals.said"


def test_erasing_passes_the_guard(guarded: None) -> None:
    sealed_journal(2)
    assert forget_person(CHEN) == 2
    assert verify().ok


# Who reads what


def test_each_reads_her_own_her_bodys_and_her_areas_entries_but_no_sealed_ones() -> None:
    here, there = "110107/110107002/", "110107/110107003/"
    hers = write(1, by=WANG)
    done_for_her = write(1, by=CHEN, behalf=WANG)
    for_the_unit = write(1, by=LIU, body_id=55, path=there)
    in_the_area = write(1, by=LIU, path=here + "110107002011/")
    sealed = write(1, by=LIU, path=here, sensitivity=3)
    ids = lambda entries: {entry.pk for entry in entries}  # noqa: E731

    assert ids(entries_seen_by(WANG)) == ids(hers + done_for_her)
    assert ids(entries_seen_by(999, body_ids=[55])) == ids(for_the_unit)
    assert ids(entries_seen_by(999, paths=[here])) == ids(in_the_area)
    assert ids(entries_seen_by(LIU)) == ids(for_the_unit + in_the_area + sealed)
    assert ids(entries_seen_by(None)) == set()


def test_the_entries_of_an_object_come_oldest_first() -> None:
    mine = write(3, subject=Area(pk=8))
    write(1, subject=Area(pk=9))
    assert [entry.pk for entry in entries_of(Area(pk=8))] == [entry.pk for entry in mine]
