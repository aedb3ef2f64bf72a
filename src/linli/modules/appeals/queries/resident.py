"""What the pages of residents ask for: places to choose, the thread with neighbours' names veiled, the chain."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.cases.kinds import kind_of
from linli.kernel.cases.models import Case, Link, Party, Step
from linli.kernel.cases.queries import cases_seen_by, steps_seen_by, widest_audience
from linli.kernel.files.models import File
from linli.kernel.files.queries import by_subject, files_of
from linli.kernel.people.models import Person, Residence
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.kernel.places.queries import address, joined
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.seen import NEEDED
from linli.modules.appeals.rules.identity import A_NEIGHBOUR, knows_reporter

CHOSEN_FROM = (Area.Kind.BUILDING, Area.Kind.STAIR, Area.Kind.SPOT)


def places_of(community: Area) -> list[Area]:
    """The community, its buildings, stairs and named spots."""
    inside = Area.objects.filter(path__under=community.path, kind__in=CHOSEN_FROM, valid_to=None)
    return [community, *inside.order_by("path")]


def place_choices(places: list[Area]) -> list[tuple[Any, Any]]:
    """Building by building, each with its stairs, so that one list does without script."""
    community, *inside = places
    stairs: dict[int | None, list[Area]] = {}
    for place in inside:
        if place.kind == Area.Kind.STAIR:
            stairs.setdefault(place.parent_id, []).append(place)
    groups = [(str(a), _of_building(a, stairs.get(a.pk, []))) for a in inside if a.kind == Area.Kind.BUILDING]
    spots = [(a.pk, str(a)) for a in inside if a.kind == Area.Kind.SPOT]
    return [(community.pk, _("%(community)s, elsewhere") % {"community": community}), *groups, *spots]


def _of_building(building: Area, stairs: list[Area]) -> list[tuple[int, str]]:
    whole = _("%(building)s, the whole building") % {"building": building}
    return [*((stair.pk, f"{building} {stair}") for stair in stairs), (building.pk, whole)]


def home_place(person: Person | None) -> int | None:
    """The stair of the dwelling in which she says she lives."""
    if person is None:
        return None
    homes = Residence.objects.filter(person=person, valid_to=None).order_by("-level", "-id")
    return homes.values_list("dwelling__parent", flat=True).first()


def place_of(case: Case) -> str:
    """The address of a case, from what was fetched with it; only a dwelling needs to look further up."""
    area = case.area
    if area.kind == Area.Kind.DWELLING or case.community is None:
        return address(area)
    chain = {place.pk: place for place in (case.community, area.parent, area) if place is not None}
    inside = [place for place in chain.values() if place.path.startswith(case.community.path)]
    return joined(inside)


def thread_of(who: Standing, case: Case, *, with_files: bool = True) -> tuple[list[Step], list[File]]:
    """The lines she may read, each with its files, and the files that belong to no line."""
    widest = widest_audience(who, case)
    kept = files_of(case.pk, handles=False).filter(audience__lte=widest, gone_at=None) if with_files else ()
    files = by_subject(kept)
    steps = veiled(steps_seen_by(who, case), case, who)
    lines = {step.pk for step in steps}
    for step in steps:
        step.shown_files = files.get(step.pk, [])  # type: ignore[attr-defined]
    loose = [file for key, found in files.items() if key not in lines for file in found]
    return steps, loose


def veiled(steps: Iterable[Step], case: Case, who: Standing) -> list[Step]:
    """The same lines; a neighbour reads “you” of herself and “a neighbour” of every other."""
    found = list(steps)
    for step in found:
        if step.by_id is not None and _is_neighbour(step, case):
            step.by = named_to(who, step.by_id)
        if step.behalf_id is not None:
            step.behalf = named_to(who, step.behalf_id)
    return found


def steps_for_staff(who: Standing, appeal: Appeal) -> list[Step]:
    """The lines for those who handle it; the reporter's name only for whoever may know it."""
    case = appeal.case
    found = list(steps_seen_by(who, case))
    if knows_reporter(who, appeal, case):
        return found
    for step in found:
        step.by = named_to(who, case.raised_by_id) if step.by_id == case.raised_by_id else step.by
        step.behalf = named_to(who, case.raised_by_id) if step.behalf_id == case.raised_by_id else step.behalf
    return found


def _is_neighbour(step: Step, case: Case) -> bool:
    return step.by_id == case.raised_by_id or step.verb == "appeals.joined"


def named_to(who: Standing, person_id: int) -> Person:
    return Person(called=_("You") if who.pk == person_id else str(A_NEIGHBOUR))


def chain_of(who: Standing, case: Case) -> list[tuple[str, Case]]:
    """What it came from and what it became, as far as this person may see: how they are related, and the case."""
    seen = cases_seen_by(who).values("pk")
    rows = Link.objects.filter(Q(source=case, target__in=seen) | Q(target=case, source__in=seen))
    words = {
        ("becomes", True): _("This became"), ("becomes", False): _("This came from"),
        ("repeats", True): _("Handled together with"), ("repeats", False): _("Neighbours also raised"),
        ("part_of", True): _("Part of"), ("part_of", False): _("One part of it"),
    }  # fmt: skip
    found = rows.select_related("source", "target").order_by("at")
    return [
        (words[row.kind, row.source_id == case.pk], row.target if row.source_id == case.pk else row.source)
        for row in found
    ]


def joinable(keys: list[int]) -> list[Appeal]:
    """Those of the offered matters that are still open, in the order in which they were offered."""
    rows = Appeal.objects.filter(pk__in=keys, case__state__in=kind_of("appeal").open_states)
    found = {row.pk: row for row in rows.select_related(*NEEDED, "case__area__parent")}
    return [found[key] for key in keys if key in found]


def parts_of(who: Standing, keys: list[int]) -> set[int]:
    """Those of the matters in which she has a part already."""
    if who.pk is None:
        return set()
    return set(Party.objects.filter(person=who.pk, case__in=keys).values_list("case_id", flat=True))
