"""The public board: answers that name nobody."""

from dataclasses import dataclass
from typing import cast

from django.core.cache import cache
from django.db.models import Q, QuerySet

from linli.kernel.journal.queries import newest_of
from linli.kernel.places.models import Area
from linli.modules.appeals.models import Appeal

PAGE = 20
KEPT = 600  # seconds
SHORTEST_SEARCH = 2
CHANGING = ("appeals.published", "appeals.unpublished", "appeals.reopened", "people.erased")
SHOWN = (
    "public_title", "public_reply", "published_at", "l2", "joined", "case__community__name",
    "case__community__name_en", "case__unit__name", "case__unit__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """How many answers stand on the board, and the newest entries that changed it: a part kept for later knows if it is old."""

    count: int
    newest: tuple[int, ...]


def published(community: Area | None = None, words: str = "") -> QuerySet[Appeal]:
    """Answers of one community or of the district, newest first; one character alone searches nothing."""
    rows = Appeal.objects.filter(published_at__isnull=False, case__kind="appeal")
    if community is not None:
        rows = rows.filter(case__community=community)
    if len(words) >= SHORTEST_SEARCH:
        rows = rows.filter(Q(public_title__icontains=words) | Q(public_reply__icontains=words))
    return rows.select_related("case__community", "case__unit").only(*SHOWN).order_by("-published_at", "-pk")


def edition(rows: QuerySet[Appeal], community: Area | None = None, words: str = "") -> Edition:
    """Counted anew when an answer was put on a board or taken off, and every ten minutes; a search every time."""
    newest = newest_of(CHANGING)
    if words:
        return Edition(rows.count(), newest)
    counted = rows.order_by() if community else Appeal.objects.filter(published_at__isnull=False)  # no join
    key = f"appeals.board:{community.pk if community else 0}:{newest}"
    return Edition(cast("int", cache.get_or_set(key.replace(" ", ""), counted.count, KEPT)), newest)
