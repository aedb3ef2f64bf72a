"""What stops a start before anything is written."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from linli.project import checks


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_a_library_with_the_bug_stops_the_start(version: tuple[int, ...]) -> None:
    (fault,) = checks.unsafe_library(version, ".".join(map(str, version)))

    assert fault.is_serious()
    assert fault.id == "linli.E001"


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_library_without_the_bug_may_start(version: tuple[int, ...]) -> None:
    assert checks.unsafe_library(version, "") == []


def test_we_run_on_the_library_of_our_own_choice() -> None:
    assert checks.sqlite_is_safe(databases=["default"]) == []


@pytest.mark.django_db
def test_a_newer_database_is_left_alone() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    assert checks.database_is_not_newer(databases=["default"]) == []

    recorder.record_applied("sessions", "0999_from_the_future")

    (fault,) = checks.database_is_not_newer(databases=["default"])
    assert fault.id == "linli.E002"
    assert "sessions.0999_from_the_future" in fault.msg


@pytest.mark.django_db
def test_an_app_that_is_gone_is_no_newer_version() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    row = recorder.migration_qs.create(
        app="long_gone", name="0001_initial", applied=datetime(2020, 1, 1, tzinfo=UTC)
    )

    assert row.pk
    assert checks.database_is_not_newer(databases=["default"]) == []
