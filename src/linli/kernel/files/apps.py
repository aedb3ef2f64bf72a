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

    personal = {
        "file": {
            "owner": ("owner_id",),
            "tell": ("id", "kind", "name", "caption", "size", "seconds", "pages", "at", "gone_at"),
            "silent": (
                "content_type", "sha256", "width", "height", "token", "group_id", "subject_id", "path",
                "body_id", "sensitivity", "audience", "by_id", "owner_id",
            ),
            "plain": ("owner_id", "by_id"),
            "erase": "keep",
            "why": "the reaction to people.erased takes the bytes and the words away together",
        },
    }  # fmt: skip

    def ready(self) -> None:
        from linli.kernel.files import reactions  # noqa: F401 -- registers its listeners
