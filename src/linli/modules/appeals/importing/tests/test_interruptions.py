"""A power cut, and two who import one file at once."""

from pathlib import Path
from typing import Any

import pytest

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Case, Counter
from linli.kernel.places.models import Area
from linli.modules.appeals.importing import load as loading
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report
from linli.modules.appeals.importing.rows import look_at
from linli.modules.appeals.importing.tests.tables import WRONG, bring, lines, write
from linli.modules.appeals.models import Appeal

pytestmark = pytest.mark.django_db


def test_an_interrupted_import_goes_on_where_it_stopped(
    tmp_path: Path, north: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "t.csv", [*lines(1200), WRONG[0][0]])
    written, real = [], loading.write

    def power_cut(batch: list[Any], **by: Any) -> None:
        real(batch, **by)
        written.append(len(batch))
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(loading, "write", power_cut)
    with pytest.raises(KeyboardInterrupt):
        bring(path, north)
    monkeypatch.undo()
    assert (written, Case.objects.count()) == ([500, 500], 500)

    assert bring(path, north) == Report(rows=1201, imported=700, refused=1, earlier=500)
    assert Case.objects.count() == Appeal.objects.values("source_ref").distinct().count() == 1200
    assert not Counter.objects.filter(name__startswith="import:").exists()
    assert bring(path, north) == Report(rows=1201, duplicates=1200, refused=1)


def test_two_imports_of_one_file_at_once_do_not_both_write(tmp_path: Path, north: Area) -> None:
    path = write(tmp_path / "t.csv", lines(3))
    chart = read_chart("standard")
    finder = loading.Finder(chart, north, None, False)
    first, second = (
        loading.begin(look_at(path), chart, finder, loading.WrongRows(tmp_path / "w.csv")) for _ in "12"
    )

    loading.advance(first, 4)
    with pytest.raises(Refused):
        loading.advance(second, 4)

    late = loading.begin(look_at(path), chart, finder, loading.WrongRows(tmp_path / "w.csv"))
    loading.advance(late, 7)  # negative control: whoever knows the position may move it
    assert Counter.objects.get(pk=first.key).value == 7
