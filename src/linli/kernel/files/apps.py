"""Files: photos, papers and recordings, checked and made anew before anyone may open them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Files(AppConfig):
    name = "linli.kernel.files"
    label = "files"
    verbose_name = _("Files")

    verbs = {
        "files.added": _("{actor} added a file"),
        "files.removed": _("{actor} removed a file"),
    }
