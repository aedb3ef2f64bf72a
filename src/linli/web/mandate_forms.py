"""What is typed to let one act for another."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import today
from linli.kernel.people.models import Mandate


def in_a_year() -> date:
    day = today()
    return day.replace(year=day.year + 1, day=min(day.day, 28))


class MandateForm(forms.Form):
    """To whom, for what, until when (民法典 第一百六十五条)."""

    phone = forms.CharField(
        label=_("Their mobile phone number"),
        help_text=_("They read in their messages that you ask, and agree or not."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Write the number of the person who shall act for you.")},
    )
    scope = forms.ChoiceField(
        label=_("For what"), choices=Mandate.Scope.choices, initial=Mandate.Scope.MATTERS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose for what.")},
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until"), initial=in_a_year,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the last day."), "invalid": _("Choose the last day.")},
    )  # fmt: skip


class PaperForm(MandateForm):
    """The same from a paper that both have signed."""

    basis = forms.CharField(
        label=_("Which paper, and where it is kept"),
        help_text=_("For example: mandate of 24 Nov signed by both, box 3."),
        max_length=200,
        error_messages={"required": _("Write down which paper both have signed and where it is kept.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("Mobile number of the person who acts")
        self.fields["phone"].help_text = _("They must be known here; both are told by a message.")
