"""What every test of the house finds."""

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from linli.kernel.journal import append_only


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests empty their tables; the guards that forbid it are put back by the tests that are about them."""
    with django_db_blocker.unblock():
        append_only.lift(connection)
