"""The first page of an empty district: which district, who administers it, which rules run."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.kernel.answers import Refused
from linli.kernel.clock import all_rule_sets, today
from linli.kernel.journal.actions import record
from linli.kernel.people import actions as people
from linli.kernel.people import signin
from linli.kernel.people.models import Role
from linli.kernel.places.choices import choose
from linli.kernel.places.gazetteer.country import districts
from linli.kernel.places.gazetteer.district import found_district
from linli.kernel.places.models import Area
from linli.web.decorators import page


class SetUp(forms.Form):
    """Everything an empty district needs to begin."""

    token = forms.CharField(widget=forms.HiddenInput)
    district = forms.CharField(
        label=_("District or county"), max_length=60, help_text=_("Begin to type its name, or write its six-digit code."),
        widget=forms.TextInput(attrs={"list": "districts", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Your name"), max_length=40)
    username = forms.CharField(label=_("User name to sign in with"), max_length=40)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters."),
        widget=forms.PasswordInput(),
        max_length=200,
    )
    rules = forms.ChoiceField(
        label=_("Rules for time limits"),
        help_text=_("You can choose others later, from a day on."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {rules.id: str(rules.name) for rules in all_rule_sets() if rules.id != "xinfang"}
        self.fields["rules"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["rules"].initial = "beijing"

    def clean_district(self) -> str:
        """A code among the words typed, or the one district of that name."""
        typed = str(self.cleaned_data["district"])
        codes = [word for word in typed.split() if word.isdigit() and len(word) == len("110107")]
        found = [d for d in districts() if d.code in codes or str(d) == typed or d.name == typed]
        if len(found) != 1:
            raise ValidationError(_("Choose one from the list; its six-digit code is the surest."))
        return found[0].code


@page("anyone", methods=("GET", "POST"))
def setup(request: Any) -> HttpResponse:
    """Only with the link that the terminal showed, and only while the district is empty."""
    given = request.POST.get("token") or request.GET.get("token", "")
    if Area.objects.exists() or not is_token(given):
        raise Http404
    form = SetUp(request.POST or None, initial={"token": given, **request.typed})
    if request.method == "POST" and form.is_valid():
        district = begin(form.cleaned_data)
        (settings.LINLI_DATA / "setup_token").unlink(missing_ok=True)
        return render(
            request,
            "web/settings/begun.html",
            {"district": district, "username": form.cleaned_data["username"]},
        )
    context = {"form": form, "districts": districts()}
    return render(request, "web/settings/setup.html", context, status=422 if form.errors else 200)


def is_token(given: str) -> bool:
    path = settings.LINLI_DATA / "setup_token"
    return path.exists() and secrets.compare_digest(path.read_bytes().strip(), given.encode())


@transaction.atomic
def begin(data: dict[str, Any]) -> Area:
    """The tree and its standing bodies, the first administrator, the rules; modules add what is theirs."""
    if Area.objects.exists():
        raise Refused(_("This district has been set up already."))
    report = found_district(data["district"], by=None)
    person = people.register(name=data["name"], called=data["name"], by=None)
    signin.open_staff_account(person, data["username"], by=None, password=data["password"])
    people.grant(person, Role.Kind.ADMIN, report.district, by=None, on=today())
    choose(report.district, "rule_set", data["rules"], on=today(), by=person.pk)
    record("web.set_up", report.district, by=person, path=report.district.path, rules=data["rules"])
    return report.district
