"""Cases: one number, one accountable unit, declared moves, several clocks, one thread."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.cards import PERSONAL


class Cases(AppConfig):
    name = "linli.kernel.cases"
    label = "cases"
    verbose_name = _("Cases")

    verbs = {
        "cases.said": _("{actor} added a word to {object}"),
        "cases.linked": _("{actor} linked {object} with another matter"),
        "cases.judged": _("{actor} recorded the judgement on {object}"),
    }

    personal = PERSONAL

    def ready(self) -> None:
        from linli.kernel.cases import reactions  # noqa: F401 -- registers its listeners
