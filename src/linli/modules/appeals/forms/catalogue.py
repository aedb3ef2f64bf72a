"""What an administrator may type about the dispatch catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.modules.appeals.models import Duty, Urgency
from linli.modules.appeals.rules.catalogue import LONGEST, Line, joined
from linli.web.settings_forms import AreaField, day

NAMES = {"list": "unit-names", "autocomplete": "off"}


class LineForm(forms.Form):
    """One category from a day on."""

    unit_name = forms.CharField(
        label=_("Unit"), max_length=LONGEST["first_unit"], widget=forms.TextInput(attrs=NAMES),
        help_text=_("A body's name, or a kind such as 社区居委会: then the nearest one is meant."),
    )  # fmt: skip
    helpers = forms.CharField(
        label=_("Helping units"),
        max_length=LONGEST["co_units"],
        required=False,
        help_text=_("Several are parted by “;”."),
    )
    urgency = forms.ChoiceField(label=_("Usual urgency"), choices=Urgency.choices)
    part = forms.ChoiceField(
        label=_("What the community does"), choices=Duty.Part.choices,
        help_text=_("The duty list. Where it has no part, the matter may not be sent down to it."),
    )  # fmt: skip
    to_grid = forms.BooleanField(label=_("May go straight to the grid"), required=False)
    note = forms.CharField(
        label=_("Note, for example the article"),
        max_length=LONGEST["note"],
        required=False,
        help_text=_(
            "Say what it rests on: [L] statute, [W] published source, [S] press report, [K] or [D] working default. The pages show it in words."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = day(_("From"))


def line_from(cleaned: dict[str, Any], l2: str) -> Line:
    said = {name: value for name, value in cleaned.items() if name != "on"}
    return Line(l2, **{**said, "helpers": joined(said["helpers"])})


class TableForm(forms.Form):
    """A whole catalogue as a table."""

    area = AreaField(label=_("Area: its code or name"))
    file = forms.FileField(
        label=_("Table"), help_text=_("CSV or Excel with the columns of the table you can download.")
    )
    on = day(_("From"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].areas = areas  # type: ignore[attr-defined]
