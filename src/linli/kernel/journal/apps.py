"""Journal: every verb, by whom, on whose behalf, sealed so that nothing vanishes unseen."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Journal(AppConfig):
    name = "linli.kernel.journal"
    label = "journal"
    verbose_name = _("Journal")
