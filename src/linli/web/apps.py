"""The shell: base page, components, sign-in, and the pages that belong to no module."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Web(AppConfig):
    name = "linli.web"
    label = "web"
    verbose_name = _("Shell")
