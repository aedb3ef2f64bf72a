"""The clock: what time it is, until when, and why that day."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Clock(AppConfig):
    name = "linli.kernel.clock"
    label = "clock"
    verbose_name = _("Clock")
