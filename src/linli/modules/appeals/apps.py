"""Appeals: a matter raised once, answered in time by one accountable unit, and judged by who raised it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Appeals(AppConfig):
    name = "linli.modules.appeals"
    label = "appeals"
    verbose_name = _("Appeals")

    home = "appeals:raise"
