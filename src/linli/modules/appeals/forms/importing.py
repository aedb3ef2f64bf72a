"""What an administrator may choose for an import."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.modules.appeals.rules.importing import CHART_ENDINGS
from linli.web.settings_forms import AreaField

OWN = "own"
LARGEST_CHART = 100_000


class ImportForm(forms.Form):
    """A file, the meaning of its columns, and the ground it belongs to."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel, up to 50 MB; .gz and .xz are unpacked.")
    )
    chart = forms.ChoiceField(label=_("What the columns mean"), widget=forms.RadioSelect, initial="standard")
    chart_file = forms.FileField(
        label=_("My own map"),
        required=False,
        help_text=_("A TOML or JSON file, only when you chose “my own map” above."),
    )
    area = AreaField(label=_("Area it belongs to: its code or name"))

    def __init__(self, *args: Any, areas: Any, charts: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].areas = areas  # type: ignore[attr-defined]
        self.fields["chart"].choices = [*charts, (OWN, _("My own map"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        own = cleaned.get("chart_file") if cleaned.get("chart") == OWN else None
        if cleaned.get("chart") == OWN and own is None:
            raise ValidationError(_("Choose the file of your map."))
        ending = own.name.lower()[own.name.rfind(".") :] if own else ".toml"
        if own and (ending not in CHART_ENDINGS or own.size > LARGEST_CHART):
            raise ValidationError(_("A map is a small TOML or JSON file."))
        return {**cleaned, "chart_file": own}
