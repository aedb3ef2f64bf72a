"""The shell: base page, components, sign-in, and the pages that belong to no module."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Web(AppConfig):
    name = "linli.web"
    label = "web"
    verbose_name = _("Shell")

    rail = (
        {"icon": "settings", "title": _("Settings"), "url": "web:settings", "allow": "admin", "order": 90},
        {
            "icon": "baby",
            "title": _("Children"),
            "url": "web:openings",
            "allow": ("clerk", "street", "district"),
            "order": 60,
        },
    )
    settings = (
        {
            "icon": "radio-tower",
            "title": _("Channels"),
            "line": _("Text messages, mail, robot"),
            "url": "web:channels",
        },
    )
    verbs = {"web.set_up": _("{actor} set the district up")}

    def ready(self) -> None:
        from linli.web import reactions  # noqa: F401 -- registers its listeners
