"""Ten thousand real requests of a foreign city: all accounted for, and the figures equal an independent count."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count

from linli.engines.signals.rates import Row, three_rates
from linli.kernel.cases.models import Case, Clock, Evaluation, Link
from linli.kernel.places.models import Area, Body
from linli.modules.appeals.importing.load import load
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report
from linli.modules.appeals.models import Appeal

pytestmark = pytest.mark.django_db

STATES = {
    "Closed": "closed", "Closed (Duplicate)": "merged", "Open (Duplicate)": "merged", "New (Duplicate)": "merged",
    "Closed (Transferred)": "referred", "Open": "handling", "Pending": "handling", "In Progress": "handling",
    "New": "dispatched",
}  # fmt: skip


@pytest.fixture
def sample(shared: Path) -> Path:
    return shared / "domain" / "data" / "baltimore_311_sample.csv.gz"


def recount(sample: Path) -> tuple[dict[str, Counter[str]], dict[str, list[int]]]:
    """Volume by agency and state, and on-time closures by agency, from the raw file alone."""
    volume: dict[str, Counter[str]] = defaultdict(Counter)
    on_time: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with gzip.open(sample, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            agency = row["Agency"].strip()
            volume[agency][STATES[row["SRStatus"]]] += 1
            if row["SRStatus"] == "Closed" and row["DueDate"]:
                due, closed = (
                    datetime.strptime(row[c], "%m/%d/%Y %I:%M:%S %p").replace(
                        tzinfo=ZoneInfo("America/New_York")
                    )
                    for c in ("DueDate", "CloseDate")
                )
                on_time[agency][0] += closed.astimezone(UTC) <= due.astimezone(UTC)
                on_time[agency][1] += 1
    return dict(volume), dict(on_time)


def loaded_rows() -> list[Row]:
    """What the database holds of each matter, as the rates want it."""
    limits = {clock.case_id: clock for clock in Clock.objects.filter(name="finish")}
    judged = {evaluation.case_id: evaluation for evaluation in Evaluation.objects.all()}
    rows = []
    for appeal in Appeal.objects.select_related("case__unit"):
        clock, verdict = limits.get(appeal.pk), judged.get(appeal.pk)
        met = clock.met_at <= clock.due_at if clock and clock.met_at else None
        contacted = None if appeal.contacted_at is None else True
        rows.append(
            Row(
                unit=str(appeal.case.unit), area=appeal.case.path, contacted_in_time=contacted,
                solved=verdict.solved if verdict else None, satisfied=verdict.satisfied if verdict else None,
                effective=verdict is not None, closed_on_time=met,
            )
        )  # fmt: skip
    return rows


def test_ten_thousand_requests_come_in_and_every_figure_agrees(sample: Path, tmp_path: Path) -> None:
    chart = read_chart("baltimore")
    report = load(sample, chart, wrong=tmp_path / "wrong.csv")

    assert report == Report(rows=10_000, imported=10_000, linked=1)
    volume, on_time = recount(sample)
    counted = Case.objects.values_list("unit__name", "state").annotate(Count("pk"))
    assert {(agency, state): n for agency, state, n in counted} == {
        (agency, state): n for agency, states in volume.items() for state, n in states.items()
    }
    rates = three_rates(loaded_rows())
    assert {
        unit: [r.on_time.numerator, r.on_time.denominator]
        for unit, r in rates.items()
        if r.on_time.denominator
    } == on_time
    assert {(r.response.value, r.solved.value, r.satisfied.value) for r in rates.values()} == {
        (None, None, None)
    }
    check_details()

    assert load(sample, chart, wrong=tmp_path / "wrong.csv") == Report(rows=10_000, duplicates=10_000)
    assert Case.objects.count() == 10_000


def check_details() -> None:
    first = Case.objects.select_related("appeal", "unit", "community").get(
        appeal__source_ref="US-BAL:18-00269879"
    )
    clock = first.clocks.get()
    assert (first.title, first.state, first.appeal.channel, str(first.unit), str(first.community)) == (
        "TRT-Traffic Signal Repairs", "closed", "phone", "Transportation", "Dorchester",
    )  # fmt: skip
    assert (first.raised_at, clock.due_at, clock.rule_set, first.closed_at == clock.met_at) == (
        datetime(2018, 4, 12, 15, 11, 26, tzinfo=UTC),
        datetime(2018, 4, 13, 15, 11, 26, tzinfo=UTC),
        "source",
        True,
    )
    root = Area.objects.get(code="US-BAL", kind="district")
    assert Body.objects.filter(area=root, kind="department").count() == 16
    assert Area.objects.filter(parent=root, kind="community").count() == 273
    link = Link.objects.select_related("source", "target").get()
    assert (link.kind, link.source.state, link.source.title == link.target.title) == (
        "repeats",
        "merged",
        True,
    )
    assert link.target.raised_at <= link.source.raised_at
