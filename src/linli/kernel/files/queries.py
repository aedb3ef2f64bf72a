"""Files with a name for each way of asking."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from linli.kernel.files.models import File


def files_of(group_id: int, *, handles: bool) -> QuerySet[File]:
    """The files of one matter, oldest first; those for staff only to staff."""
    widest = File.Audience.STAFF if handles else File.Audience.PARTIES
    return File.objects.filter(group_id=group_id, audience__lte=widest).order_by("id")


def by_subject(files: Iterable[File]) -> dict[int | None, list[File]]:
    """The same files under the step each belongs to."""
    found: defaultdict[int | None, list[File]] = defaultdict(list)
    for file in files:
        found[file.subject_id].append(file)
    return dict(found)


def loose_files_of(person_id: int, keys: Iterable[int]) -> QuerySet[File]:
    """Files this person has handed in and not yet put anywhere."""
    return File.objects.filter(pk__in=list(keys), by_id=person_id, group_id=None, gone_at=None).order_by("id")
