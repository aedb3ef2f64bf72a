"""What a clerk chooses before she prints a sheet with a square."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SIZES = (("A5", "A5"), ("A4", "A4"))


class SheetForm(forms.Form):
    place = forms.ChoiceField(label=_("Where it will hang"))
    size = forms.ChoiceField(label=_("Paper"), choices=SIZES, widget=forms.RadioSelect, initial="A5")

    def __init__(self, *args: Any, choices: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
