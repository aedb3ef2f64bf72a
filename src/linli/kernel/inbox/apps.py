"""Inbox: what a person is told, on the page and outside it, through any outage."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Inbox(AppConfig):
    name = "linli.kernel.inbox"
    label = "inbox"
    verbose_name = _("Inbox")

    verbs = {
        "inbox.channel_set": _("{actor} set up a channel for messages"),
    }

    personal = {
        "message": {
            "owner": ("person",),
            "tell": ("verb", "text", "params", "at", "read_at", "done_at"),
            "silent": ("id", "person", "case_id", "url_name", "url_args", "waits", "by_id"),
            "plain": ("by_id",),
            "erase": "delete",
        },
        "outgoing": {
            "owner": ("person",),
            "tell": ("medium", "to", "text", "state", "at", "sent_at"),
            "silent": (
                "id", "message", "person", "urgent", "secret", "attempts", "next_try_at", "expires_at", "ref",
                "error", "blanked_at",
            ),
            "erase": "keep",
            "why": "the reaction to people.erased blanks the words and calls back what has not left",
        },
    }  # fmt: skip

    def ready(self) -> None:
        from linli.kernel.inbox import reactions
        from linli.kernel.people.signin import register_delivery

        register_delivery(reactions.send_code)
