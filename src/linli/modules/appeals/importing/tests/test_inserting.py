"""The prepared statement writes what the model itself would write."""

from datetime import UTC, datetime

import pytest

from linli.kernel.cases.models import Case, Clock
from linli.kernel.journal.actions import draft
from linli.kernel.journal.models import Entry
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.modules.appeals.importing.inserting import insert, values_of

pytestmark = pytest.mark.django_db

THEN = datetime(2025, 3, 1, 1, 30, tzinfo=UTC)


@pytest.fixture
def case() -> Case:
    north = Area.objects.create(
        code="c", kind="community", name="老山东里北社区", path="c/", valid_from="2020-01-01"
    )
    wang = Person.objects.create(name="王阿姨")
    return Case(
        number="I1", kind="appeal", state="closed", state_since=THEN, title="灯不亮", area=north, path="c/",
        community=north, raised_by=wang, raised_at=THEN, closed_at=THEN,
    )  # fmt: skip


def test_a_row_reads_back_as_the_object_it_was(case: Case) -> None:
    insert(Case, [values_of(case)])

    assert values_of(Case.objects.get()) == values_of(case)


def test_columns_left_out_get_the_defaults_of_their_fields(case: Case) -> None:
    case.save()
    given = {
        "case_id": case.pk,
        "name": "finish",
        "rule_set": "source",
        "rule_version": "given",
        "limit_key": "given",
    }
    insert(Clock, ({**given, "starts_at": THEN, "due_at": THEN} for _ in range(2)))

    first, second = Clock.objects.order_by("pk")
    assert first.pk != second.pk
    assert (first.pauses, first.provisional, first.extension, first.met_at) == ([], False, "", None)


def test_a_drafted_journal_entry_keeps_its_salt_and_commitment(case: Case) -> None:
    case.save()
    entry = draft("appeals.imported", case, by=None, path="c/", source="x:1")
    insert(Entry, [values_of(entry)])

    stored = Entry.objects.get()
    assert (bytes(stored.salt or b""), bytes(stored.commitment), stored.payload) == (
        entry.salt, entry.commitment, entry.payload,
    )  # fmt: skip


def test_no_rows_write_nothing() -> None:
    insert(Clock, [])

    assert not Clock.objects.exists()
