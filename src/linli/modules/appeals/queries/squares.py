"""The place behind a square on the wall."""

from linli.kernel.places.models import Area
from linli.kernel.places.queries import containing_paths
from linli.modules.appeals.queries.resident import CHOSEN_FROM


def open_place(key: int) -> Area | None:
    """A place that may be chosen, as long as it stands."""
    kinds = (Area.Kind.COMMUNITY, *CHOSEN_FROM)
    return Area.objects.filter(pk=key, kind__in=kinds, valid_to=None).first()


def community_around(place: Area) -> Area | None:
    """The community in which a place lies."""
    around = Area.objects.filter(path__in=containing_paths(place.path), valid_to=None)
    return around.filter(kind=Area.Kind.COMMUNITY).first()
