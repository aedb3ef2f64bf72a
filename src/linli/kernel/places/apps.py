"""Places: the tree of areas down to the household, the bodies that serve them and their posts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Places(AppConfig):
    name = "linli.kernel.places"
    label = "places"
    verbose_name = _("Places")

    verbs = {
        "places.body_founded": _("{actor} registered the body {object}"),
        "places.area_added": _("{actor} added the area {object}"),
        "places.area_closed": _("{actor} closed the area {object}"),
        "places.body_closed": _("{actor} closed the body {object}"),
        "places.post_added": _("{actor} added the post {object}"),
        "places.estate_widened": _("{actor} put a building into the property area {object}"),
        "places.estate_narrowed": _("{actor} took a building out of the property area {object}"),
        "places.built": _("{actor} entered the buildings and dwellings of {object}"),
        "places.district_imported": _("{actor} brought the tree of {object} up to date"),
        "places.bodies_founded": _("{actor} founded the standing bodies of {object}"),
    }

    def ready(self) -> None:
        from linli.kernel.places import lookups  # noqa: F401 -- registers path__under
