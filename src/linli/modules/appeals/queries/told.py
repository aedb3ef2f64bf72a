"""Whom to tell about an appeal."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.kernel.cases.models import Case, Clock, Party
from linli.kernel.people.models import Person, Role
from linli.kernel.places.queries import containing_paths


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


def joined_people(case: Case) -> QuerySet[Person]:
    """The neighbours who said “me too”."""
    parts = Party.objects.filter(case=case, part=Party.Part.JOINED)
    return Person.objects.filter(pk__in=parts.values("person"))


def finish_due(case: Case) -> datetime | None:
    """Until when the unit must have replied."""
    running = Clock.objects.filter(case=case, name="finish", met_at=None, dropped_at=None)
    return running.values_list("due_at", flat=True).first()
