"""Who may import old matters, what a file must be, and when an import may begin, stop and go on."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import YES, Answer, Refused, no
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import ImportJob

LARGEST = 50_000_000
ENDINGS = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".gz", ".xz"})
CHART_ENDINGS = frozenset({".toml", ".json"})
SILENT = timedelta(minutes=5)
LONGEST_NAME = 120
State = ImportJob.State
UNDER_WAY = (State.WAITING, State.RUNNING)


def may_import(who: Standing, path: str) -> Answer:
    if who.holds(Role.Kind.ADMIN, path):
        return YES
    return no(_("Only an administrator of this area may import matters into it."))


def may_begin(who: Standing, job: ImportJob) -> Answer:
    if not (job.rehearsal and job.state == State.DONE):
        return no(_("First every row is checked."))
    if not job.report.get("imported"):
        return no(_("There is no row that could be imported."))
    return may_import(who, job.area.path)


def may_stop(who: Standing, job: ImportJob) -> Answer:
    if job.state not in UNDER_WAY:
        return no(_("It is not running."))
    return may_import(who, job.area.path)


def may_resume(who: Standing, job: ImportJob, *, now: datetime) -> Answer:
    """A stopped one; or one that has been silent so long that its machine must have gone down."""
    silent = job.state in UNDER_WAY and now - job.beat_at > SILENT
    if job.state != State.STOPPED and not silent:
        return no(_("It has not been stopped."))
    return may_import(who, job.area.path)


def file_name(name: str, size: int) -> str:
    """The name to show; ``Refused`` when the file is none that can be read."""
    if Path(name).suffix.lower() not in ENDINGS:
        raise Refused(_("Choose a CSV or Excel file; it may be packed as .gz."))
    if size > LARGEST:
        raise Refused(_("The file is larger than 50 MB. Pack it as .gz, or part it."))
    return Path(name).name[-LONGEST_NAME:]
