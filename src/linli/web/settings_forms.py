"""What an administrator may type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import all_rule_sets, today
from linli.kernel.people.models import Role
from linli.kernel.places.models import Body, Post


def day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=today
    )


class BuildForm(forms.Form):
    no = forms.IntegerField(label=_("Building number"), min_value=1, max_value=999)
    stairs = forms.IntegerField(label=_("Stairs"), min_value=1, max_value=20, initial=4)
    floors = forms.IntegerField(label=_("Floors"), min_value=1, max_value=60, initial=6)
    doors = forms.IntegerField(label=_("Doors on a floor of a stair"), min_value=1, max_value=30, initial=3)


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class PostForm(forms.Form):
    title = forms.CharField(label=_("Title of the post"), max_length=60)
    title_en = forms.CharField(label=_("Title in English"), max_length=80, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=99, initial=1)


class AppointForm(forms.Form):
    post = forms.TypedChoiceField(label=_("Post"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=40)
    on = day(_("From"))
    basis = forms.CharField(label=_("By which election or appointment"), max_length=120)

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(post.pk, str(post)) for post in posts]  # type: ignore[attr-defined]


class AreaField(forms.CharField):
    """An area by its division code; 154 communities are too many for a list."""

    def __init__(self, areas: Any = None, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.areas = areas

    def clean(self, value: Any) -> Any:
        code = str(super().clean(value)).split()[-1]
        found = self.areas.filter(code=code).first() or self.areas.filter(name=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no area with this code or name among yours."))
        return found


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.CharField(label=_("User name"), max_length=40)
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
    area = AreaField(
        label=_("Area: its code or name"), help_text=_("For example 110107002011 or 老山东里北社区.")
    )
    body = forms.CharField(
        label=_("Unit she works for"),
        max_length=80,
        required=False,
        help_text=_("A handler needs one: its exact name."),
    )

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].areas = areas  # type: ignore[attr-defined]
        self.areas = areas

    def clean_body(self) -> Body | None:
        name = str(self.cleaned_data["body"]).strip()
        if not name:
            return None
        found = Body.objects.filter(name=name, area__in=self.areas, valid_to=None).first()
        if found is None:
            raise forms.ValidationError(_("There is no body of this name among yours."))
        return found


class RulesForm(forms.Form):
    area = AreaField(label=_("Area: its code or name"))
    rules = forms.ChoiceField(label=_("Rule set"))
    on = day(_("From"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].areas = areas  # type: ignore[attr-defined]
        offered = {rules.id: str(rules.name) for rules in all_rule_sets() if rules.id != "xinfang"}
        self.fields["rules"].choices = list(offered.items())  # type: ignore[attr-defined]
