"""Which ground, which bodies: the tree and the property areas across it, as they stand on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from linli.kernel.clock import today
from linli.kernel.places.models import Area, Body, EstateMember

TEAMS = (Body.Kind.SECURITY_TEAM, Body.Kind.PERSUASION_TEAM, Body.Kind.EMERGENCY_TEAM)
COMPULSORY = (Body.Kind.RESIDENTS_COMMITTEE, Body.Kind.SUPERVISION)  # 城市居民委员会组织法 §§ 3, 36
NAMED = (
    Area.Kind.STREET, Area.Kind.COMMUNITY, Area.Kind.GRID, Area.Kind.ESTATE, Area.Kind.BUILDING, Area.Kind.SPOT,
)  # fmt: skip
SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """A community and the kinds of body it should have and has not."""

    community: Area
    missing: tuple[Body.Kind, ...]


def valid_on(on: date | None = None) -> Q:
    """What is valid on a day, by default today."""
    day = on or today()
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def area_by_code(code: str, *, within: Area | None = None) -> Area | None:
    """The open area of a division code; for the code of a building or dwelling say ``within`` which area."""
    found = Area.objects.filter(code=code, kind__in=Area.Kind.values, valid_to=None)
    if within is not None:
        found = found.filter(path__under=within.path)
    return found.order_by("path").first()


def children(area: Area, *, kind: str | None = None) -> QuerySet[Area]:
    found = Area.objects.filter(parent=area, valid_to=None)
    return found.filter(kind=kind) if kind else found


def containing_paths(path: str) -> list[str]:
    """``a/b/c/`` lies in ``a/``, ``a/b/`` and itself."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def containing(area: Area) -> QuerySet[Area]:
    """The areas of the tree that contain this one, from the district down, itself last."""
    return Area.objects.filter(path__in=containing_paths(area.path), valid_to=None)


def communities_of(district: Area) -> QuerySet[Area]:
    return Area.objects.filter(kind=Area.Kind.COMMUNITY, path__under=district.path, valid_to=None)


def estates_of(area: Area, *, on: date | None = None) -> QuerySet[Area]:
    """The property areas that the building of this area, or any building inside it, belongs to."""
    buildings = Q(building__path__in=containing_paths(area.path)) | Q(building__path__under=area.path)
    members = EstateMember.objects.filter(valid_on(on)).filter(buildings)
    return Area.objects.filter(pk__in=members.values("estate"))


def buildings_of(estate: Area, *, on: date | None = None) -> QuerySet[Area]:
    """The buildings of a property area, of whichever community."""
    members = EstateMember.objects.filter(valid_on(on), estate=estate)
    return Area.objects.filter(pk__in=members.values("building"))


def bodies_serving(area: Area, *, on: date | None = None) -> QuerySet[Body]:
    """Bodies of this area, of all that contain it and of its property areas, the nearest first."""
    wanted = Q(area__path__in=containing_paths(area.path)) | Q(area__in=estates_of(area, on=on))
    return (
        Body.objects.filter(valid_on(on))
        .filter(wanted)
        .select_related("area")
        .order_by("-area__path", "kind")
    )


def coverage_gaps(on: date, *, within: Area | None = None) -> list[Gap]:
    """Communities that lack a team, their residents' committee or its supervision committee."""
    wanted = (*COMPULSORY, *TEAMS)
    bodies = Body.objects.filter(valid_on(on), kind__in=wanted).values_list("area__path", "kind")
    communities = Area.objects.filter(valid_on(on), kind=Area.Kind.COMMUNITY)
    if within is not None:
        communities = communities.filter(path__under=within.path)
    present: defaultdict[str, set[str]] = defaultdict(set)
    for path, kind in bodies:
        for outer in containing_paths(path):
            present[outer].add(kind)
    gaps = (Gap(c, tuple(kind for kind in wanted if kind not in present[c.path])) for c in communities)
    return [gap for gap in gaps if gap.missing]


def named(text: str, *, within: Area) -> QuerySet[Area]:
    """Areas whose name contains the words; one character alone finds nothing."""
    words = text.strip()
    if len(words) < SHORTEST_SEARCH:
        return Area.objects.none()
    either = Q(name__contains=words) | Q(name_en__icontains=words)
    return Area.objects.filter(either, kind__in=NAMED, path__under=within.path, valid_to=None)


def addresses(areas: Iterable[Area]) -> dict[int, str]:
    """Addresses of many areas in one query: the community, then building, stair and dwelling in one piece."""
    wanted = {area.pk: containing_paths(area.path) for area in areas}
    paths = {path for chain in wanted.values() for path in chain}
    rows = {area.path: area for area in Area.objects.filter(path__in=paths, valid_to=None)}
    return {pk: joined([rows[path] for path in chain if path in rows]) for pk, chain in wanted.items()}


def address(area: Area) -> str:
    """老山东里北社区 3号楼2单元; an area above the community is told by its own name."""
    return addresses([area])[area.pk]


def joined(chain: list[Area]) -> str:
    """The parts of an address in their order; English puts commas where Chinese puts none."""
    outer = (Area.Kind.DISTRICT, Area.Kind.STREET, Area.Kind.GRID)
    parts = [str(area) for area in chain if area.kind not in outer] or [str(area) for area in chain[-1:]]
    if all(part.isascii() for part in parts):
        return ", ".join(parts)
    return " ".join((parts[0], "".join(parts[1:]))).strip()
