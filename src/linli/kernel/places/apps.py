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
    }
