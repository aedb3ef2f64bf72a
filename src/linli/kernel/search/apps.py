"""Search: one index over everything with words, two-character Chinese words included."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Search(AppConfig):
    name = "linli.kernel.search"
    label = "search"
    verbose_name = _("Search")
