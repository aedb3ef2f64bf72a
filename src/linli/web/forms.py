"""What may be typed into the shell's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PhoneForm(forms.Form):
    """The first step of a resident's sign-in."""

    phone = forms.CharField(
        label=_("Mobile phone number"),
        help_text=_("We send six digits to it. Your neighbours never see the number."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
    )


class CodeForm(forms.Form):
    """The second step: the six digits that came by message or were read out by phone."""

    phone = forms.CharField(widget=forms.HiddenInput, max_length=30)
    code = forms.CharField(
        label=_("The six digits"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-input",
                "data-secret": "",
            }
        ),
    )


class PasswordForm(forms.Form):
    """Staff, first step."""

    username = forms.CharField(
        label=_("User name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class TokenForm(forms.Form):
    """Staff, second step."""

    token = forms.CharField(
        label=_("The six digits of your authenticator"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-input",
                "data-secret": "",
            }
        ),
    )


class SlipForm(forms.Form):
    """A slip printed at the counter."""

    slip = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("Twelve letters and digits. It works once, within 72 hours."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-secret": ""}
        ),
    )


class NewPasswordForm(forms.Form):
    """A password of at least ten signs that is not a common one."""

    old = forms.CharField(
        label=_("The old password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("The new password"),
        help_text=_("At least ten signs; a short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
