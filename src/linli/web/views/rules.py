"""Which rules run here, each limit with its article and an honest mark."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from linli.kernel.cases.clocks import DEFAULT_RULES
from linli.kernel.clock import today
from linli.kernel.clock.rulesets import Basis, Mark, RuledLimit, RuleSet, all_rule_sets, rule_set
from linli.kernel.people.models import Role
from linli.kernel.places.models import Area, Choice
from linli.kernel.places.queries import containing_paths
from linli.web.community import community_of
from linli.web.decorators import page

EVERYWHERE = "xinfang"  # petitions follow the national regulation whatever a district chose
PROVISIONAL = {
    Mark.SEEN: _lazy("provisional"),
    Mark.KNOWN: _lazy("provisional"),
    Mark.DESIGN: _lazy("working default"),
}
"""What is not law says so beside every limit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in words, and what it rests on."""

    told: str
    note: str
    source: str
    is_law: bool
    quote: str
    provisional: str = ""


def limit_line(ruled: RuledLimit) -> Line:
    told = capfirst(ruled.duty) if ruled.absolute else _("As a rule: %(duty)s") % {"duty": ruled.duty}
    return _line(told, ruled.basis, note=str(ruled.note))


def _line(told: str, basis: Basis, *, note: str = "") -> Line:
    source, provisional = basis.told, str(PROVISIONAL.get(basis.mark, ""))
    return Line(told, note, source, basis.mark is Mark.LAW, basis.quote, provisional)


def lines_of(rules: RuleSet) -> list[Line]:
    """Every limit, then every duty without a clock."""
    limits = [limit_line(ruled) for ruled in rules.limits.values()]
    duties = [_line(capfirst(str(duty.told)), duty.basis) for duty in rules.duties]
    return limits + duties


@dataclass(frozen=True, slots=True)
class Here:
    """Which rule set was chosen for this place, by which area, since when, and what is planned."""

    place: Area | None
    rules: RuleSet
    choice: Choice | None
    planned: list[tuple[str, Choice]]
    may_change: bool

    @property
    def since(self) -> date:
        """A set chosen before its law came into force runs from that day."""
        return max(self.choice.valid_from if self.choice else self.rules.valid_from, self.rules.valid_from)


def here(request: Any, on: date) -> Here:
    """The nearest area's newest choice; without one the product's default."""
    place = community_of(request) or Area.objects.filter(kind=Area.Kind.DISTRICT, valid_to=None).first()
    path = place.path if place else ""
    found = Choice.objects.filter(key="rule_set", area__path__in=containing_paths(path)).select_related(
        "area"
    )
    begun = [choice for choice in found if choice.valid_from <= on]
    choice = max(begun, key=lambda one: (len(one.area.path), one.valid_from, one.pk), default=None)
    names = {rules.id: str(rules.name) for rules in all_rule_sets()}
    planned = [(names.get(one.value, one.value), one) for one in found if one.valid_from > on]
    may_change = bool(path) and request.standing.holds(Role.Kind.ADMIN, path)
    return Here(
        place, rule_set(choice.value if choice else DEFAULT_RULES, on=on), choice, planned, may_change
    )


@page("anyone")
def rules(request: Any) -> HttpResponse:
    """The set chosen here first and in full; what else the product ships stands folded below."""
    day = today()
    now_here = here(request, day)
    chosen = now_here.rules
    others = [one for one in all_rule_sets() if one.holds_on(day) and one.id != chosen.id]
    known = {
        "here": now_here, "lines": lines_of(chosen), "today": day,
        "others": [(one, lines_of(one), one.id == EVERYWHERE) for one in others],
    }  # fmt: skip
    return render(request, "web/rules.html", known)
