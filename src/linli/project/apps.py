"""The project itself: the words of what is no app, and the checks of the database below."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class Project(AppConfig):
    name = "linli.project"
    label = "project"
    verbose_name = _("Linli")

    def ready(self) -> None:
        from linli.project import checks
        from linli.project.backup.automatic import for_the_watchman
        from linli.web.health import tell_the_watchman

        register(checks.sqlite_is_safe, Tags.database)
        register(checks.database_is_not_newer, Tags.database)
        tell_the_watchman("backup", for_the_watchman)
