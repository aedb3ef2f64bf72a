"""老山街道 and its 老山东里北社区, founded as the set-up founds them."""

import pytest

from linli.kernel.places.gazetteer import found_district
from linli.kernel.places.models import Area


@pytest.fixture
def street(db: None) -> Area:
    found_district("110107")
    return Area.objects.get(code="110107002")


@pytest.fixture
def north(street: Area) -> Area:
    return Area.objects.get(code="110107002011")
