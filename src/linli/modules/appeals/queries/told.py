"""Whom to tell about an appeal."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.kernel.cases.chains import edges_around
from linli.kernel.cases.models import Case, Clock, Party
from linli.kernel.clock import today
from linli.kernel.people.models import Mandate, Person, Role
from linli.kernel.people.queries import hands_of
from linli.kernel.places.queries import containing_paths
from linli.modules.appeals.queries.thread import end_of, repeating


def _holding(on: date) -> Q:
    return Q(roles__valid_from__lte=on) & (Q(roles__valid_to=None) | Q(roles__valid_to__gte=on))


def handlers_of(case: Case, on: date) -> QuerySet[Person]:
    """The people who act for the unit that answers for it."""
    held = _holding(on) & Q(roles__kind=Role.Kind.HANDLER, roles__body=case.unit_id)
    return Person.objects.filter(held).distinct()


def desk_of(case: Case, on: date) -> QuerySet[Person]:
    held = _holding(on) & Q(roles__kind=Role.Kind.CLERK, roles__area__path__in=containing_paths(case.path))
    return Person.objects.filter(held).distinct()


def supervisors_of(case: Case, on: date) -> QuerySet[Person]:
    """The subdistrict that supervises it; where there is none, the district."""
    places = containing_paths(case.path)
    for kind in (Role.Kind.STREET, Role.Kind.DISTRICT):
        found = Person.objects.filter(
            _holding(on) & Q(roles__kind=kind, roles__area__path__in=places)
        ).distinct()
        if found.exists():
            return found
    return Person.objects.none()


def acting_for(case: Case) -> QuerySet[Person]:
    """Those who may follow it in her name: somebody without a phone hears through them."""
    return hands_of(case.raised_by_id, Mandate.Scope.MATTERS, today())


def joined_people(case: Case) -> QuerySet[Person]:
    """The neighbours who said “me too”."""
    parts = Party.objects.filter(case=case, part=Party.Part.JOINED)
    return Person.objects.filter(pk__in=parts.values("person"))


def own_matters(case: Case) -> dict[int, Case]:
    """Of those who raised the same themselves: the matter in which each of them reads and judges. Two queries."""
    keys = repeating(case.pk, edges_around(case.pk))
    found = Case.objects.filter(pk__in=keys, kind=case.kind).order_by("pk") if keys else []
    return {own.raised_by_id: own for own in found}


def handled_for(case: Case) -> Case:
    """The case that is handled for this one: itself, or the one it repeats."""
    key = end_of(case.pk, edges_around(case.pk))
    return case if key == case.pk else Case.objects.select_related("unit", "raised_by").get(pk=key)


def finish_due(case: Case) -> datetime | None:
    """Until when the unit must have replied."""
    running = Clock.objects.filter(case=case, name="finish", met_at=None, dropped_at=None)
    return running.values_list("due_at", flat=True).first()
