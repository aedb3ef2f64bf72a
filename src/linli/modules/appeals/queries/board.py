"""The public board: answers that name nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from linli.kernel.journal.models import Entry
from linli.kernel.places.models import Area
from linli.modules.appeals.models import Appeal

PAGE = 20
KEPT = 30  # seconds
SHORTEST_SEARCH = 2
SHOWN = (
    "public_title", "public_reply", "published_at", "l2", "joined", "case__community__name",
    "case__community__name_en", "case__unit__name", "case__unit__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """How many answers stand on the board and when the newest came: a page kept for later knows if it is old."""

    count: int
    newest: datetime | None


def published(community: Area | None = None, words: str = "") -> QuerySet[Appeal]:
    """Answers of one community or of the district, newest first; one character alone searches nothing."""
    rows = Appeal.objects.filter(published_at__isnull=False, case__kind="appeal")
    if community is not None:
        rows = rows.filter(case__community=community)
    if len(words) >= SHORTEST_SEARCH:
        rows = rows.filter(Q(public_title__icontains=words) | Q(public_reply__icontains=words))
    return rows.select_related("case__community", "case__unit").only(*SHOWN).order_by("-published_at", "-pk")


def edition(rows: QuerySet[Appeal], community: Area | None = None, words: str = "") -> Edition:
    """Counted anew when an answer was put on a board or taken off, and every half minute; a search every time."""
    if community is None or words:
        return _counted(rows)
    key = "appeals.board:{}:{}:{}".format(community.pk, *_newest())
    return cast("Edition", cache.get_or_set(key, lambda: _counted(rows), KEPT))


def _counted(rows: QuerySet[Appeal]) -> Edition:
    return Edition(**rows.order_by().aggregate(count=Count("pk"), newest=Max("published_at")))


def _newest() -> tuple[int | None, int | None]:
    """The newest entries of the two verbs that change a board: two steps into an index, however long the journal."""
    one = f'(SELECT MAX(id) FROM "{Entry._meta.db_table}" WHERE verb = %s)'  # noqa: S608 -- a table of our own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {one}, {one}", ["appeals.published", "appeals.unpublished"])
        published, unpublished = cursor.fetchone()
    return published, unpublished
