"""An import that a page asked for: its folder, its turn in the background, and how it is stopped and goes on."""

import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from linli.kernel.answers import Refused, require
from linli.kernel.clock import now
from linli.kernel.files.disk import room
from linli.kernel.journal.actions import record
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.modules.appeals.importing.load import load
from linli.modules.appeals.importing.maps import read_chart
from linli.modules.appeals.importing.report import Report
from linli.modules.appeals.models import ImportJob
from linli.modules.appeals.rules import importing as rules

KEPT = timedelta(days=30)
State = ImportJob.State


class Stopped(Exception):
    """Somebody pressed stop, or another turn has taken over."""


def imports() -> Path:
    return Path(settings.LINLI_DATA) / "imports"


def folder(job: ImportJob) -> Path:
    return imports() / str(job.pk)


def table_of(job: ImportJob) -> Path:
    """The uploaded file, under a name of ours with its own ending."""
    return folder(job) / f"table{''.join(Path(job.file_name).suffixes[-2:]).lower()}"


def wrong_of(job: ImportJob) -> Path:
    return folder(job) / "wrong.csv"


def chart_name(job: ImportJob) -> str:
    """A shipped map by its name, or the file that came with the table."""
    return str(folder(job) / job.chart) if "." in job.chart else job.chart


def take_in(
    upload: Any, *, chart: str, chart_file: Any = None, area: Area, by: Standing, language: str
) -> ImportJob:
    """Keep the file and have every row checked; nothing is imported yet."""
    require(rules.may_import(by, area.path))
    name = rules.file_name(upload.name, upload.size)
    job = ImportJob(
        by=by.person, area=area, file_name=name, language=language, beat_at=now(),
        chart=f"map{Path(chart_file.name).suffix.lower()}" if chart_file else chart,
    )  # fmt: skip
    try:
        keep(job, upload, chart_file)
        read_chart(chart_name(job))
    except BaseException:
        shutil.rmtree(folder(job), ignore_errors=True)
        raise
    with transaction.atomic():
        job.save(force_insert=True)
        run.enqueue(job.pk)
    return job


def keep(job: ImportJob, upload: Any, chart_file: Any) -> None:
    with room():
        folder(job).mkdir(parents=True, mode=0o700)
        write(table_of(job), upload)
        if chart_file:
            write(folder(job) / job.chart, chart_file)


def write(path: Path, upload: Any) -> None:
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


@transaction.atomic
def begin(job: ImportJob, *, by: Standing) -> None:
    """The check is done and somebody has read it: now the rows are loaded."""
    require(rules.may_begin(by, job))
    told = {"total": job.report.get("rows", 0)}
    if not ImportJob.objects.filter(pk=job.pk, state=State.DONE, rehearsal=True).update(
        state=State.WAITING, rehearsal=False, report=told, beat_at=now()
    ):
        raise Refused(_("Somebody else changed this first. Look again."))
    record("appeals.import_begun", job.area, by=by, path=job.area.path, file=job.file_name, job=job.pk)
    run.enqueue(job.pk)


def stop(job: ImportJob, *, by: Standing) -> None:
    """The batch under way is still finished; what is loaded stays."""
    require(rules.may_stop(by, job))
    ImportJob.objects.filter(pk=job.pk, state__in=rules.UNDER_WAY).update(state=State.STOPPED, beat_at=now())


@transaction.atomic
def resume(job: ImportJob, *, by: Standing) -> None:
    """Go on behind the last batch that was written; also after a power cut."""
    require(rules.may_resume(by, job, now=now()))
    told = {name: value for name, value in job.report.items() if name != "problem"}
    if not ImportJob.objects.filter(pk=job.pk, state=job.state, beat_at=job.beat_at).update(
        state=State.WAITING, report=told, beat_at=now()
    ):
        raise Refused(_("Somebody else changed this first. Look again."))
    run.enqueue(job.pk)


@task()
def run(pk: int) -> str:
    """One turn in the background; whatever happens, the page can say it."""
    job = claimed(pk)
    if job is None:
        return "not waiting"
    turn = Turn(job)
    with translation.override(job.language):
        try:
            report = turn.load()
        except Stopped:
            return "stopped"
        except Refused as refusal:
            turn.end(State.STOPPED, problem=str(refusal)[:300])
            return "refused"
        except Exception:
            turn.end(State.STOPPED, problem=_("It broke off. What was loaded stays; you can let it go on."))
            raise
    turn.end(State.DONE, report)
    return report.sentence()


def claimed(pk: int) -> ImportJob | None:
    """The job, if it waits; only one turn gets it."""
    moment = now()
    won = ImportJob.objects.filter(pk=pk, state=State.WAITING).update(state=State.RUNNING, beat_at=moment)
    return ImportJob.objects.select_related("area", "by").get(pk=pk) if won else None


class Turn:
    """A run of a job. Each beat proves that the job is still this turn's: its time must be the last one written."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.beat_at: datetime = job.beat_at

    def load(self) -> Report:
        wrong_of(self.job).unlink(missing_ok=True)
        return load(
            table_of(self.job), read_chart(chart_name(self.job)), area=self.job.area, by=self.job.by,
            rehearsal=self.job.rehearsal, wrong=wrong_of(self.job), between=self.beat,
        )  # fmt: skip

    def beat(self, report: Report) -> None:
        if not self.tell(report=self.told(report)):
            raise Stopped

    def end(self, state: str, report: Report | None = None, problem: str = "") -> None:
        """Finished or broken off; the table goes as soon as all its rows are loaded."""
        told = self.told(report) if report else {**self.now_told(), "problem": problem}
        if self.tell(state=state, report=told) and state == State.DONE and not self.job.rehearsal:
            table_of(self.job).unlink(missing_ok=True)

    def tell(self, **what: Any) -> int:
        moment = now()
        mine = ImportJob.objects.filter(pk=self.job.pk, state=State.RUNNING, beat_at=self.beat_at)
        self.beat_at = moment
        return mine.update(beat_at=moment, **what)

    def told(self, report: Report) -> dict[str, Any]:
        return {**asdict(report), "total": self.job.report.get("total", 0)}

    def now_told(self) -> dict[str, Any]:
        return dict(ImportJob.objects.values_list("report", flat=True).get(pk=self.job.pk))


def forget_old_imports() -> int:
    """Tables hold names and phone numbers: they leave the disk after 30 days, imported or not."""
    oldest = (now() - KEPT).timestamp()
    found = imports().iterdir() if imports().is_dir() else ()
    old = [path for path in found if path.stat().st_mtime < oldest]
    for path in old:
        shutil.rmtree(path)
    return len(old)
