"""What a neighbour may type: the matter itself, a word more, a judgement, a query code, a search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.modules.appeals.models import Identity

LONGEST = 5000


class RaiseForm(forms.Form):
    """Words or a recording, where, and who may know. Photos are read beside it, since there may be several."""

    text = forms.CharField(
        label=_("Or write it down"), required=False, max_length=LONGEST,
        help_text=_("Where it is, since when, and whether it is dangerous."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("That is more than 5,000 characters. Shorten it, or bring the papers to the desk.")},
    )  # fmt: skip
    place = forms.TypedChoiceField(
        label=_("Building and stair"), coerce=int,
        error_messages={"required": _("Choose where it is."), "invalid_choice": _("Choose a place from the list.")},
    )  # fmt: skip
    spot = forms.CharField(
        label=_("Where exactly"), required=False, max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    identity = forms.ChoiceField(
        choices=Identity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may know.")},
    )

    def __init__(
        self, *args: Any, choices: list[tuple[Any, Any]], has_recording: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        self.has_recording = has_recording

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("text") or "").strip() and not self.has_recording and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what it is about, or record it."))
        return found


class WordForm(forms.Form):
    text = forms.CharField(
        label=_("What you want to add"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to add.")},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    text = forms.CharField(
        label=_("Why, if you like to say"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


YES_NO = (("yes", _("Yes")), ("no", _("No")))
SAID = {"yes": True, "no": False}


class JudgeForm(forms.Form):
    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is solved.")},
    )  # fmt: skip
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied?"), choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are satisfied.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )


class CodeForm(forms.Form):
    given = forms.CharField(
        label=_("Query code"), max_length=40, help_text=_("Ten letters and digits; it stands on your receipt."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "data-secret": ""}),
    )  # fmt: skip
