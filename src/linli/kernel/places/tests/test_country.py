"""The whole country goes into the gazetteer in minutes, in little memory, once."""

import resource
import time

import pytest

from linli.kernel.places.gazetteer import GazetteerReport, import_gazetteer
from linli.kernel.places.models import GazetteerEntry

COUNTRY = 31 + 342 + 2_978 + 41_352 + 620_573
MEGABYTE = 1024  # ru_maxrss counts in kilobytes on Linux


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_the_country_takes_minutes_and_little_memory() -> None:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    assert import_gazetteer() == GazetteerReport(added=COUNTRY)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert time.monotonic() - started < 300
    assert grown < 300 * MEGABYTE
    assert GazetteerEntry.objects.filter(level="community").count() == 620_573
    assert import_gazetteer() == GazetteerReport(kept=COUNTRY)
