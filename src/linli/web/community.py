"""Which community a page speaks for, and whose desk stands behind it."""

from typing import Any

from linli.kernel.asking import Question
from linli.kernel.places.models import Area, Body
from linli.web.reader import AREA_COOKIE

DESK_KINDS = (Body.Kind.RESIDENTS_COMMITTEE, Body.Kind.STREET_OFFICE)
DESK = Question(
    lambda area: Body.objects.filter(area=area, kind__in=DESK_KINDS, valid_to=None).order_by("kind")[:1]
)
CHOSEN = Question(lambda code: communities().filter(code=code)[:1])
FIRST = Question(lambda: communities()[:2])


def communities() -> Any:
    """The communities of the district, in the order of their codes."""
    return Area.objects.filter(kind=Area.Kind.COMMUNITY, valid_to=None).order_by("path")


def community_of(request: Any) -> Area | None:
    """The one chosen on this device, else the reader's own, else the only one there is."""
    if not hasattr(request, "_community"):
        request._community = _find(request)  # noqa: SLF001 -- asked once a request
    found: Area | None = request._community  # noqa: SLF001
    return found


def _find(request: Any) -> Area | None:
    person = getattr(request, "person", None)
    chosen = request.COOKIES.get(AREA_COOKIE, "")
    if chosen and "\0" not in chosen:
        found: Area | None = CHOSEN.one(chosen)
        if found:
            return found
    if person and person.community:
        own: Area = person.community
        return own
    first = FIRST()
    return first[0] if len(first) == 1 else None


def desk_of(community: Area) -> Body | None:
    """The residents' committee: its reception desk answers the phone."""
    return DESK.one(community.pk)
