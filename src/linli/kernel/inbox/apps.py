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

    def ready(self) -> None:
        from linli.kernel.inbox import reactions
        from linli.kernel.people.signin import register_delivery

        register_delivery(reactions.send_code)
