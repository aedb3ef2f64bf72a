"""What every test of the house finds."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from pytest_django import DjangoDbBlocker

from linli.kernel.journal import append_only


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests empty their tables; the guards that forbid it are put back by the tests that are about them."""
    with django_db_blocker.unblock():
        append_only.lift(connection)


@pytest.fixture(autouse=True)
def _empty_shelves(settings: Any) -> None:
    """What one test left in the memory of this process is not read by the next."""
    for name in settings.CACHES:
        caches[name].clear()
