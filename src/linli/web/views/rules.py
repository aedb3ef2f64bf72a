"""Which rules run here, each limit with its article and an honest mark."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from linli.kernel.clock import today
from linli.kernel.clock.rulesets import Basis, Mark, RuledLimit, RuleSet, all_rule_sets
from linli.web.decorators import page


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in words, and what it rests on."""

    told: str
    note: str
    source: str
    is_law: bool
    quote: str


def limit_line(ruled: RuledLimit) -> Line:
    told = capfirst(ruled.duty) if ruled.absolute else _("As a rule: %(duty)s") % {"duty": ruled.duty}
    return _line(told, ruled.basis, note=str(ruled.note))


def _line(told: str, basis: Basis, *, note: str = "") -> Line:
    return Line(told, note, basis.told, basis.mark is Mark.LAW, basis.quote)


def lines_of(rules: RuleSet) -> list[Line]:
    """Every limit, then every duty without a clock."""
    limits = [limit_line(ruled) for ruled in rules.limits.values()]
    duties = [_line(capfirst(str(duty.told)), duty.basis) for duty in rules.duties]
    return limits + duties


@page("anyone")
def rules(request: Any) -> HttpResponse:
    in_force = [rules for rules in all_rule_sets() if rules.holds_on(today())]
    return render(request, "web/rules.html", {"sets": [(rules, lines_of(rules)) for rules in in_force]})
