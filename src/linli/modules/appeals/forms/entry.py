"""A matter entered by a clerk for somebody: by phone, at the desk, on a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.modules.appeals.models import Channel, Identity

CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.VISIT, Channel.HOTLINE)


class Entry(forms.Form):
    """Who, where, what. A person already known is taken by ``person``; otherwise name or phone makes one."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=40)
    person = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, widget=forms.HiddenInput)
    called = forms.CharField(
        label=_("What to call the neighbour"),
        help_text=_("For example 王阿姨. Not needed if nobody may know her."),
        max_length=20,
        required=False,
    )
    phone = forms.CharField(
        label=_("Phone"), help_text=_("May stay empty: not everybody has one."), max_length=24, required=False
    )
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(c.value, c.label) for c in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    text = forms.CharField(
        label=_("What it is about"), help_text=_("In the neighbour's own words: where, since when, any danger."),
        widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
    )  # fmt: skip
    area = forms.ModelChoiceField(label=_("Community"), queryset=Area.objects.none())
    door = forms.CharField(
        label=_("Building, stair, door"),
        help_text=_("3-2-501, or 3-2, or 3; empty for the whole community."),
        max_length=20,
        required=False,
    )
    spot = forms.CharField(label=_("Where exactly"), max_length=80, required=False)
    identity = forms.ChoiceField(
        label=_("Who may know who raised it"),
        choices=Identity.choices,
        initial=Identity.NAMED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, communities: list[Area], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [area.pk for area in communities]
        self.fields["area"].queryset = Area.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        self.fields["area"].choices = [(area.pk, str(area)) for area in communities]  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An anonymous report needs no name; everyone else needs one to be called by."""
        data = super().clean() or {}
        anonymous = data.get("identity") == Identity.ANONYMOUS
        if not anonymous and not data.get("person") and not data.get("called"):
            self.add_error("called", _("Write what to call the neighbour, or choose “Nobody knows me”."))
        if data.get("area") is not None and data.get("door"):
            data["place"] = self.place(data["area"], data["door"])
        return data

    def place(self, community: Area, door: str) -> Area | None:
        """``3-2-501`` as an area of the tree."""
        parts = [
            part
            for part in door.replace("－", "-").replace("号楼", "-").replace("单元", "-").split("-")
            if part
        ]
        codes = [f"{prefix}{part.strip()}" for prefix, part in zip(("b", "u", ""), parts, strict=False)]
        found = Area.objects.filter(path=f"{community.path}{'/'.join(codes)}/", valid_to=None).first()
        if found is None:
            self.add_error(
                "door",
                _(
                    "There is no such building, stair or door here. Leave it empty and say it under “Where exactly”."
                ),
            )
        return found
