"""Search: one index over everything with words, two-character Chinese words included."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251 -- Django's own hook, no verb of ours
from django.utils.translation import gettext_lazy as _


class Search(AppConfig):
    name = "linli.kernel.search"
    label = "search"
    verbose_name = _("Search")

    personal = {
        "doc": {
            "owner": (),
            "tell": (),
            "silent": ("id", "kind", "object_id", "title", "text", "url", "scope", "state", "before", "at"),
            "erase": "keep",
            "why": "a copy of what is told elsewhere; the reaction to people.erased takes it away at once",
        },
    }

    def ready(self) -> None:
        from linli.kernel.cases.models import Case
        from linli.kernel.search import cases, following, reactions  # noqa: F401 -- registers its listeners

        post_migrate.connect(make_words_table, sender=self)
        following.describe(Case, cases.KIND, cases.read)
        following.describe(Case, cases.JOINED, cases.read_as_joined)
        for verb in ("people.erased", "people.merged", "people.split"):
            following.widen(verb, Case, cases.of_people)


def make_words_table(using: str, **_said: Any) -> None:
    """A database built without migrations (tests) has the table of words too."""
    from linli.kernel.search import words
    from linli.kernel.search.models import Doc

    if Doc._meta.db_table in connections[using].introspection.table_names():
        words.create(connections[using])
