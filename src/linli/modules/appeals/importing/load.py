"""Load checked rows: batches of one transaction, a stored position, nothing twice."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Counter
from linli.kernel.clock import now
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.modules.appeals.importing.check import Record, check_headings, checked
from linli.modules.appeals.importing.finding import Finder, root_of
from linli.modules.appeals.importing.maps import Chart
from linli.modules.appeals.importing.repeats import link_repeats
from linli.modules.appeals.importing.report import Report, WrongRows
from linli.modules.appeals.importing.rows import Row, Source, look_at, rows_of
from linli.modules.appeals.importing.writing import Placed, write
from linli.modules.appeals.models import Appeal

BATCH = 500


@dataclass(slots=True)
class Run:
    """One import under way."""

    chart: Chart
    finder: Finder
    wrong: WrongRows
    report: Report
    key: str
    resumed_at: int
    position: int
    seen: set[str] = field(default_factory=set)


def load(
    path: Path, chart: Chart, *, area: Area | None = None, by: Person | None = None, rehearsal: bool = False,
    wrong: Path | None = None, progress: bool = False, between: Callable[[Report], None] = lambda _report: None,
) -> Report:  # fmt: skip
    """Import a file of old matters. Interrupted, it goes on where it stopped; run again, it finds all known.

    Refused rows are written to ``wrong`` with their reasons. A rehearsal writes nothing else.
    ``between`` is called after every batch; what it raises stops the import there.
    """
    source = look_at(path)
    rows = headed(rows_of(source), chart)
    root = root_of(chart, area, by=by, rehearsal=rehearsal)
    chart = chart if chart.root else replace(chart, source=root.code)
    with WrongRows(wrong or Path(f"{path.name}.wrong.csv")) as wrong_rows:
        run = begin(source, chart, Finder(chart, root, by, rehearsal), wrong_rows)
        for batch in batches(tqdm(rows, unit=" rows", disable=not progress)):
            load_batch(run, batch)
            between(run.report)
    if not rehearsal:
        run.report.linked = link_repeats(f"{chart.source}:", by=by)
        Counter.objects.filter(pk=run.key).delete()
    return run.report


def headed(rows: Iterator[Row], chart: Chart) -> Iterator[Row]:
    """The same rows, after a look at the headings of the first one."""
    first = next(rows, None)
    if first is None:
        raise Refused(_("The file holds no rows."))
    check_headings(list(first.cells), chart)
    return chain((first,), rows)


def begin(source: Source, chart: Chart, finder: Finder, wrong: WrongRows) -> Run:
    """The position belongs to these very bytes under this very map in this area."""
    what = f"{source.fingerprint} {chart.text} {finder.root.path}"
    key = f"import:{hashlib.sha256(what.encode()).hexdigest()[:32]}"
    stored = (
        None if finder.rehearsal else Counter.objects.filter(pk=key).values_list("value", flat=True).first()
    )
    return Run(chart, finder, wrong, Report(rehearsal=finder.rehearsal), key, stored or 0, stored or 0)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def load_batch(run: Run, batch: list[Row]) -> None:
    """All rows of a batch, or none of them and the position stays."""
    run.report.rows += len(batch)
    if run.finder.rehearsal:
        fresh(run, sift(run, batch))
        return
    with transaction.atomic():
        advance(run, batch[-1].number)
        write(fresh(run, sift(run, batch)), by=run.finder.by)
    run.position = max(run.position, batch[-1].number)


def advance(run: Run, to: int) -> None:
    """Move the stored position; another import of the same file would have moved it first."""
    if to <= run.position:
        return
    Counter.objects.bulk_create([Counter(name=run.key, value=0)], ignore_conflicts=True)
    if not Counter.objects.filter(pk=run.key, value=run.position).update(value=to):
        raise Refused(_("The same file is being imported already."))


def sift(run: Run, batch: list[Row]) -> Iterator[Placed]:
    """The rows that can be loaded, each with its place, unit and reporter; the others are told why not."""
    moment = now()
    for row in batch:
        try:
            record = checked(row, run.chart, now=moment)
            yield placed(run.finder, record)
        except Refused as refusal:
            run.report.refused += 1
            run.wrong.add(row, str(refusal))


def placed(finder: Finder, record: Record) -> Placed:
    spot = finder.spot(record)
    unit = finder.unit(record, spot)
    if unit is None and record.needs_unit:
        raise Refused(_("It is in somebody's hands, but no unit is named."))
    return Placed(record, spot, unit, finder.person)


def fresh(run: Run, found: Iterable[Placed]) -> list[Placed]:
    """Those that are not loaded yet, by the number of the source."""
    new = list(found)
    known = set(
        Appeal.objects.filter(source_ref__in=[p.record.ref for p in new]).values_list("source_ref", flat=True)
    )
    kept = []
    for one in new:
        if one.record.number <= run.resumed_at:
            run.report.earlier += 1
        elif one.record.ref in known or one.record.ref in run.seen:
            run.report.duplicates += 1
        else:
            kept.append(one)
            known.add(one.record.ref)
            if run.finder.rehearsal:
                run.seen.add(one.record.ref)
    run.report.imported += len(kept)
    return kept
