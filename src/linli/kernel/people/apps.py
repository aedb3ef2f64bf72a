"""People: person, account, contact and organisation as separate things, and what each may do where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    name = "linli.kernel.people"
    label = "people"
    verbose_name = _("People")

    verbs = {
        "people.registered": _("{actor} registered a person"),
        "people.signed_in": _("{actor} signed in"),
    }
