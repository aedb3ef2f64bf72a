"""What a person may see of the cases."""

from django.db.models import Q, QuerySet

from linli.kernel.cases.models import Case, Party, Step
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing

WIDE = (Role.Kind.STREET, Role.Kind.DISTRICT, Role.Kind.REVIEWER, Role.Kind.AUDITOR)


def in_areas(paths: tuple[str, ...]) -> Q:
    """Cases below any of the area paths. No path: nothing."""
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(path__under=path)
    return wanted


def cases_seen_by(who: Standing) -> QuerySet[Case]:
    """Her own, those she joined, those her desk or unit handles, those she supervises.

    A sealed case is seen by its parties and the accountable body alone.
    """
    if who.person is None:
        return Case.objects.none()
    return _seen(Party.objects.filter(person=who.pk), *standing_in(who))


def _seen(
    parts: QuerySet[Party], person: int | None, bodies: tuple[int, ...], paths: tuple[str, ...]
) -> QuerySet[Case]:
    own = Q(raised_by=person) | Q(pk__in=parts.values("case"))
    watched = in_areas(paths) & Q(sensitivity__lt=Sensitivity.SEALED)
    return Case.objects.filter(own | Q(unit__in=bodies) | watched)


def case_seen_by(key: int, person: int, bodies: tuple[int, ...], paths: tuple[str, ...]) -> QuerySet[Case]:
    """This one case, if she may see it: the same rule, but of her parts only those in it are looked up."""
    return _seen(Party.objects.filter(person=person, case=key), person, bodies, paths).filter(pk=key)


def standing_in(who: Standing) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    """What of a standing says which cases she may see: herself, the bodies she acts for, the areas she watches."""
    return who.pk or 0, who.bodies(Role.Kind.HANDLER), who.paths(Role.Kind.CLERK, *WIDE)


def handles(who: Standing, case: Case) -> bool:
    """Whether she reads this case as staff: its unit, its desk, or those above them."""
    if who.acts_for(case.unit_id):
        return True
    watched = any(case.path.startswith(path) for path in who.paths(Role.Kind.CLERK, *WIDE))
    return watched and case.sensitivity < Sensitivity.SEALED


def widest_audience(who: Standing, case: Case) -> int:
    """How far into the thread she may read: neighbours who joined see its public lines alone."""
    if handles(who, case):
        return int(Step.Audience.STAFF)
    return int(Step.Audience.PARTIES if who.raised(case.pk, case.raised_by_id) else Step.Audience.PUBLIC)


def steps_seen_by(who: Standing, case: Case) -> QuerySet[Step]:
    """The lines of the thread this person may read, oldest first."""
    return (
        Step.objects.filter(case=case, audience__lte=widest_audience(who, case))
        .select_related("by", "behalf", "body")
        .order_by("id")
    )
