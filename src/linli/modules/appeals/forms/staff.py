"""What those who handle a matter may type, one small form a verb."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.cases import clocks
from linli.kernel.clock import today
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Body
from linli.modules.appeals.models import Appeal, Exclusion, Kind, Route, Urgency
from linli.modules.appeals.queries.catalogue import bodies_above, unit_for
from linli.modules.appeals.queries.listening import heard_text
from linli.modules.appeals.rules.words import categories


def near(appeal: Appeal) -> list[Body]:
    """The bodies that serve the place of a matter; read once, however many forms of its page offer them."""
    if "near" not in appeal.__dict__:
        appeal.__dict__["near"] = bodies_above(appeal.case.path, today())
    found: list[Body] = appeal.__dict__["near"]
    return found


def words(label: Any, hint: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=area, required=required, max_length=5000)


class ActForm(forms.Form):
    """A form that knows the matter and who asks."""

    def __init__(self, *args: Any, appeal: Appeal, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appeal, self.who = appeal, who
        self.prepare()

    def prepare(self) -> None:
        """Choices and first values that depend on the matter."""


class Nothing(ActForm):
    """A verb that needs no words."""


class Transcript(ActForm):
    text = words(_("What the recording says"), rows=5)

    def prepare(self) -> None:
        guess = heard_text(self.appeal)
        if guess:
            self.initial = {"text": guess, **self.initial}
            self.fields["text"].help_text = _("A machine wrote this. Listen, correct it, then save.")


class Classification(ActForm):
    kind = forms.ChoiceField(label=_("What is wanted"), choices=Kind.choices)
    l2 = forms.ChoiceField(label=_("Category"))
    urgency = forms.ChoiceField(label=_("How urgent"), choices=Urgency.choices)

    def prepare(self) -> None:
        groups = [(name, categories(2, code)) for code, name in categories(1)]
        self.fields["l2"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]
        self.initial = {
            "kind": self.appeal.kind,
            "l2": self.appeal.l2,
            "urgency": self.appeal.urgency,
            **self.initial,
        }


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Units that serve the place, the catalogue's own first."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, queryset=Body.objects.none())

    def offer(self, appeal: Appeal) -> Body | None:
        bodies = near(appeal)
        named, _row = unit_for(appeal.l2, path=appeal.case.path, on=today(), bodies=bodies)
        self.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])
        offered = [(body.pk, str(body)) for body in sorted(bodies, key=lambda b: b != named)]
        self.choices = offered if named else [("", "—"), *offered]
        return named


class Dispatch(ActForm):
    unit = UnitField(_("Unit that answers for it"))
    note = words(_("A word to the unit"), required=False, rows=2)

    def prepare(self) -> None:
        named = cast("UnitField", self.fields["unit"]).offer(self.appeal)
        self.initial.setdefault("unit", named.pk if named else None)


class Answer(ActForm):
    text = words(_("The answer"), _("The neighbour reads exactly this."), rows=4)


class Referral(ActForm):
    route = forms.ChoiceField(label=_("Why it goes another way"))
    text = words(_("What the neighbour is told"), _("Where to go, or why, in a sentence."))

    def prepare(self) -> None:
        others = (Route.LEGAL, Route.SAME, Route.SECRET, Route.OUTSIDE, Route.ILLEGAL)
        self.fields["route"].choices = [(route.value, route.label) for route in others]  # type: ignore[attr-defined]


class Emergency(ActForm):
    route = forms.ChoiceField(label=_("Who took it over"))
    text = words(_("What was told to them"), required=False, rows=2)

    def prepare(self) -> None:
        services = (Route.EMERGENCY_110, Route.EMERGENCY_119, Route.EMERGENCY_120, Route.EMERGENCY_122)
        self.fields["route"].choices = [(route.value, route.label) for route in services]  # type: ignore[attr-defined]


class Merge(ActForm):
    number = forms.CharField(label=_("Number of the matter it repeats"), max_length=24)


class Progress(ActForm):
    text = words(_("What was done, what comes next"))
    public = forms.BooleanField(
        label=_("Neighbours who said “me too” may read it"), required=False, initial=True
    )


class Contact(ActForm):
    text = words(_("What was agreed"), required=False, rows=2)


class Reason(ActForm):
    text = words(_("Reason"))


class Reply(ActForm):
    text = words(
        _("The reply"), _("What was done; or why it cannot be done and what can be done instead."), rows=5
    )
    public = forms.BooleanField(
        label=_("Neighbours who said “me too” may read it"), required=False, initial=True
    )


class Pause(ActForm):
    cause = forms.ChoiceField(label=_("Cause"))
    text = words(_("What is waited for"))

    def prepare(self) -> None:
        pausing = clocks.rules_for(self.appeal.case.path, today()).suspending
        chosen = [(key, str(told)) for key, told in pausing.causes.items()]
        self.fields["cause"].choices = chosen  # type: ignore[attr-defined]


class Whistle(ActForm):
    called = forms.ModelChoiceField(label=_("Department that is called"), queryset=Body.objects.none())
    task = words(_("What they are called to do"))

    def prepare(self) -> None:
        kinds = {Body.Kind.DEPARTMENT, Body.Kind.UTILITY}
        called: Any = self.fields["called"]
        offered = [body for body in near(self.appeal) if body.kind in kinds]
        called.queryset = Body.objects.filter(pk__in=[body.pk for body in offered])
        called.choices = [("", called.empty_label), *((body.pk, str(body)) for body in offered)]


class Score(ActForm):
    score = forms.TypedChoiceField(
        label=_("Score"),
        coerce=int,
        choices=[(n, str(n)) for n in (5, 4, 3, 2, 1)],
        help_text=_("5 is best."),
    )


class Hang(ActForm):
    plan = words(_("Plan"), _("Who does what, what is missing now, what happens until then."))
    review_on = forms.DateField(label=_("Day to look again"), widget=forms.DateInput(attrs={"type": "date"}))


class Exclude(ActForm):
    code = forms.ChoiceField(label=_("Reason"), choices=Exclusion.Code.choices)
    evidence = words(_("Evidence"), _("The reviewer decides by it."))


class Review(ActForm):
    upheld = forms.TypedChoiceField(
        label=_("Decision"), coerce=lambda value: value == "yes",
        choices=[("yes", _("leave it out of the rates")), ("no", _("it counts"))],
    )  # fmt: skip
    note = words(_("Reason for the decision"))


class Publication(ActForm):
    title = forms.CharField(label=_("Title for the board"), max_length=80)
    text = words(_("Answer for the board"), _("No names, numbers or doors."))


class CallBack(ActForm):
    YES_NO = (("yes", _("Yes")), ("no", _("No")), ("", _("not said")))

    reached = forms.TypedChoiceField(
        label=_("Reached?"), coerce=lambda value: value == "yes", choices=YES_NO[:2], initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    contacted = forms.ChoiceField(
        label=_("Did the unit contact you in time?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    words = words(_("In the neighbour's words"), required=False, rows=2)

    @staticmethod
    def said(value: str) -> bool | None:
        """Yes, no, or not said."""
        return {"yes": True, "no": False}.get(value)
