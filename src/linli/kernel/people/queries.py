"""Reads about people that have a name."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from linli.kernel.keys.fields import blind_field
from linli.kernel.people.models import Contact, Look, Mandate, Person, Relative, Role, Tenure
from linli.kernel.people.rules import CHILD_UNTIL, DESK
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area, Body, Post
from linli.kernel.places.queries import bodies_serving, valid_on

MOST_FOUND = 20
FOUR = 4


@dataclass(frozen=True, slots=True)
class InCharge:
    """A post of a body and who holds it today; nobody when it stands empty."""

    body: Body
    post: Post
    person: Person | None


def in_charge(area: Area, on: date) -> list[InCharge]:
    """Who is in charge here today: the nearest body first, its leader first. Two queries, however many posts."""
    bodies = bodies_serving(area, on=on).values("pk")
    holding = Tenure.objects.filter(valid_on(on)).select_related("person").order_by("valid_from", "id")
    posts = Post.objects.filter(body__in=bodies).select_related("body__area")
    found = posts.prefetch_related(Prefetch("tenures", holding))
    nearest = sorted(
        found, key=lambda post: (-len(post.body.area.path), post.body.kind, not post.leads, post.pk)
    )
    return [row for post in nearest for row in _holders(post)]


def _holders(post: Post) -> list[InCharge]:
    """Those whose term runs, as prefetched; one line with nobody for an empty post."""
    held = [InCharge(post.body, post, tenure.person) for tenure in post.tenures.all()]
    return held or [InCharge(post.body, post, None)]


def tenures_of(post: Post) -> QuerySet[Tenure]:
    """Everybody who ever held it, newest first."""
    return Tenure.objects.filter(post=post).select_related("person").order_by("-valid_from", "-id")


def relatives_of(person: Person) -> list[int]:
    """The keys of her close relatives, whichever of the two was written first."""
    rows = Relative.objects.filter(Q(one=person) | Q(other=person)).values_list("one_id", "other_id")
    return [other if one == person.pk else one for one, other in rows]


def persons_seen_by(who: Standing) -> QuerySet[Person]:
    """Herself, and the residents of the areas whose desk she works at or supervises."""
    seen = Q(pk=who.pk)
    for path in who.paths(*DESK):
        seen |= Q(community__path__under=path)
    living = Person.objects.filter(merged_into=None, erased_at=None)
    return living.filter(seen) if who.pk else Person.objects.none()


def find_by_last_four(digits: str, who: Standing) -> list[Person]:
    """The people of her own area whose number ends so; an area that is not hers answers nobody."""
    if len(digits) != FOUR or not (digits.isascii() and digits.isdigit()):
        return []
    numbers = Contact.objects.filter(
        blind_last_four__in=blind_field(Contact, "blind_last_four").any_of(digits),
        valid_to=None,
        kind="phone",
    )
    found = persons_seen_by(who).filter(pk__in=numbers.values("person"))
    return list(found.select_related("community").order_by("called", "pk")[:MOST_FOUND])


def looks_at(person: Person) -> QuerySet[Look]:
    """Who opened her private fields, when and why, newest first: for herself."""
    return Look.objects.filter(subject=person).select_related("viewer", "approved_by").order_by("-id")


def looks_at_children_of(guardian: Person, on: date) -> QuerySet[Look]:
    """Who opened the fields of her children under 14: she decides for them (个人信息保护法 第三十一条)."""
    born = Q(subject__birth_year__gte=on.year - CHILD_UNTIL)
    found = Look.objects.filter(born, subject__in=relatives_of(guardian), subject__erased_at=None)
    return found.select_related("viewer", "approved_by", "subject").order_by("-id")


def roles_seen_by(who: Standing, on: date) -> QuerySet[Role]:
    """Who may do what today, in the areas she administers or audits."""
    seen = Q(pk=None)
    for path in who.paths(Role.Kind.ADMIN, Role.Kind.AUDITOR):
        seen |= Q(area__path__under=path)
    running = Role.objects.filter(valid_on(on), seen, revoked_at=None)
    return running.select_related("person", "area", "body").order_by("area__path", "kind", "id")


def mandates_that_count(on: date) -> QuerySet[Mandate]:
    """Those both have agreed to and neither has ended."""
    return Mandate.objects.filter(
        valid_on(on), revoked_at=None, giver__erased_at=None, accepted_at__isnull=False
    )


def mandates_of(holder: Person, on: date) -> QuerySet[Mandate]:
    """For whom she may act today."""
    return mandates_that_count(on).filter(holder=holder).select_related("giver").order_by("id")


def hands_of(giver: int, scope: str, on: date) -> QuerySet[Person]:
    """Who may act for her so far."""
    reaching = mandates_that_count(on).filter(giver=giver, scope__in=(scope, Mandate.Scope.EVERYTHING))
    return Person.objects.filter(pk__in=reaching.values("holder"))


def may_act_in(holder: Person, scope: str, on: date) -> QuerySet[Mandate]:
    """Those of them that reach so far."""
    return mandates_of(holder, on).filter(scope__in=(scope, Mandate.Scope.EVERYTHING))


def mandates_around(person: Person, on: date) -> QuerySet[Mandate]:
    """Every mandate she gave or was asked to take that has not ended, the newest first."""
    either = Q(giver=person) | Q(holder=person)
    alive = Mandate.objects.filter(either, Q(valid_to=None) | Q(valid_to__gte=on), revoked_at=None)
    return alive.filter(giver__erased_at=None, holder__erased_at=None).select_related(
        "giver", "holder", "recorded_by"
    ).order_by("-id")  # fmt: skip


def may_act_for(holder: Person, giver: Person, scope: str, on: date) -> bool:
    return may_act_in(holder, scope, on).filter(giver=giver).exists()
