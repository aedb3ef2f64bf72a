"""What the engine thinks of a text, and which open matters of the neighbourhood tell the same fact."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.engines.triage import Reason, Triage
from linli.kernel.cases.kinds import kind_of
from linli.kernel.journal.models import Sensitivity
from linli.kernel.places.models import Area
from linli.kernel.places.queries import addresses
from linli.modules.appeals.models import Appeal, Kind, Route, Urgency
from linli.modules.appeals.rules.words import category_name

KINDS = {
    "咨询": Kind.CONSULTATION, "求助": Kind.HELP, "投诉": Kind.COMPLAINT, "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION, "表扬": Kind.PRAISE,
}  # fmt: skip
LOOKED_BACK = timedelta(days=30)
COMPARED = 500  # characters of a text: what it is about stands near its beginning, and long ones cost
MOST_COMPARED = 60
LIKELY = 0.5
MOST_OFFERED = 3
MOST_REASONS = 4
NEVER_OFFERED = (Kind.REPORT, Kind.PRAISE)


def suggested(text: str, area: Area) -> dict[str, Any]:
    """A guess at kind, category, urgency, route and units, with its reasons; nothing for a text without words."""
    if not text.strip():
        return {}
    found = Triage.default().suggest(text, place=addresses([area])[area.pk])
    return {
        "kind": KINDS[found.type].value, "l2": found.l2[0], "l1s": [code[:2] for code in found.l2],
        "urgency": found.urgency, "route": found.special_route, "units": list(found.unit[:3]),
        "why": reasons_kept(found.reasons),
    }  # fmt: skip


def reasons_kept(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """The first few, all words that speak for the same thing in one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for reason in reasons:
        kept = found.setdefault(
            (reason.kind, reason.points_to),
            {
                "kind": reason.kind,
                "for": reason.points_to,
                "words": [],
                "count": reason.count,
                "of": reason.of,
            },
        )
        kept["words"] += [words for words in [" ".join(reason.words)] if words and words not in kept["words"]]
    return list(found.values())[:MOST_REASONS]


REASONS = {
    "words": _("It says “{words}”: {thing}"),
    "learned": _("Matters of “{thing}” were told in such words before"),
    "experience": _("{count} of {of} such matters were finished by {thing}"),
    "catalogue": _("The dispatch catalogue names {thing}"),
    "route": _("It says “{words}”: {thing}"),
    "urgency": _("It says “{words}”: {thing}"),
}


def reason_told(kept: dict[str, Any]) -> Any:
    """A piece of evidence as a sentence, in the reader's language."""
    words = "、".join(kept["words"])
    return format_lazy(
        REASONS[kept["kind"]], words=words, thing=thing_told(kept), count=kept["count"], of=kept["of"]
    )


def thing_told(kept: dict[str, Any]) -> Any:
    """What the evidence speaks for: a category, a route, an urgency, a kind or a unit by its own name."""
    name = str(kept["for"])
    if kept["kind"] == "route" and name in Route.values:
        return Route(name).label
    if kept["kind"] == "urgency" and name in Urgency.values:
        return Urgency(name).label
    return KINDS[name].label if name in KINDS else category_name(name)


def reasons_of(appeal: Appeal) -> list[Any]:
    """The reasons kept with an appeal, told in the reader's language."""
    return [reason_told(kept) for kept in appeal.suggestion.get("why", [])]


def is_emergency(suggestion: dict[str, Any]) -> bool:
    """Whether somebody should be called before anything is written (条例 第十一条)."""
    return suggestion.get("urgency") == Urgency.EMERGENCY or str(suggestion.get("route", "")).startswith(
        "emergency_"
    )


def open_here(community: Area, *, now: datetime) -> Any:
    """Matters a neighbour may join: open, raised in the last 30 days, nobody's secret."""
    rows = Appeal.objects.filter(
        case__community=community, case__kind="appeal", case__state__in=kind_of("appeal").open_states,
        case__raised_at__gte=now - LOOKED_BACK, case__sensitivity__lt=Sensitivity.SEALED, route=Route.NONE,
    )  # fmt: skip
    return rows.exclude(kind__in=NEVER_OFFERED).exclude(text="").select_related("case__area")


def same_as(
    text: str, area: Area, community: Area, suggestion: dict[str, Any], *, now: datetime
) -> list[int]:
    """The keys of open matters that likely tell the same fact, the likeliest first."""
    likely = suggestion.get("l1s", [])
    rows = list(open_here(community, now=now).filter(l1__in=["", *likely]).order_by("-pk")[:MOST_COMPARED])
    if not text.strip() or not rows:
        return []
    where = addresses([area, *(row.case.area for row in rows)])
    earlier = [(row.pk, row.text, where[row.case.area_id]) for row in rows]
    return ranked(text, where[area.pk], earlier)


def ranked(text: str, place: str, earlier: Sequence[tuple[int, str, str]]) -> list[int]:
    """The engine's repeats, the likeliest first, as far as it is rather sure."""
    told_before = [(str(key), told[:COMPARED], there) for key, told, there in earlier]
    found = Triage.default().duplicates(text[:COMPARED], place, told_before)
    return [int(key) for key, score, _why in found if score >= LIKELY][:MOST_OFFERED]
