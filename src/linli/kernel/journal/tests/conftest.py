from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import connection

from linli.kernel.journal import append_only


@pytest.fixture
def guarded(db: None) -> Iterator[None]:
    """The journal as the database guards it, whether or not this run applied the migrations."""
    append_only.install(connection)
    yield
    append_only.lift(connection)


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path) -> None:
    settings.LINLI_DATA = tmp_path
