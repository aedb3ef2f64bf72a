"""Who holds a post, and who may do what where. Terms and roles are ended, never overwritten."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import local, today
from linli.kernel.clock import now as clock_now
from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people import rules
from linli.kernel.people.models import Person, Relative, Role, Tenure
from linli.kernel.people.queries import relatives_of
from linli.kernel.people.standing import standing
from linli.kernel.places.models import Area, Body, Post


@transaction.atomic
def appoint(
    person: Person, post: Post, *, on: date, basis: str, by: Person | None, until: date | None = None
) -> Tenure:
    """Seat a person on a post from a day on; refused when the post is taken or kinship forbids it."""
    post = Post.objects.select_for_update(of=("self",)).select_related("body__area").get(pk=post.pk)
    if by is not None:
        require(rules.may_administer(standing(by, on=on), (post.body.area.path,)))
    held = list(post.tenures.values_list("person_id", "valid_from", "valid_to"))
    require(rules.may_seat(post.seats, [(start, end) for _who, start, end in held], (on, until)))
    if any(who == person.pk and rules.overlaps((start, end), (on, until)) for who, start, end in held):
        raise Refused(_("This person already holds the post in these days."))
    _require_no_kinship(person, post.body, (on, until))
    tenure = Tenure(person=person, post=post, valid_from=on, valid_to=until, basis=basis)
    tenure.save(force_insert=True)
    _note("people.appointed", tenure, by=by)
    return tenure


def _require_no_kinship(person: Person, body: Body, days: rules.Span) -> None:
    """Two queries: her relatives, and where she and they sit in the same area."""
    relatives = relatives_of(person)
    nearby = Tenure.objects.filter(person__in=[person.pk, *relatives], post__body__area=body.area_id)
    rows = nearby.values_list("person_id", "post__body__kind", "post__body_id", "valid_from", "valid_to")
    seats = [(who, kind, its) for who, kind, its, start, end in rows if rules.overlaps((start, end), days)]
    require(rules.may_sit_with(body.kind, [kind for _who, kind, _its in seats]))
    beside = [kind for who, kind, its in seats if who != person.pk and its == body.pk]
    require(rules.may_join_relatives(body.kind, beside))


@transaction.atomic
def end_tenure(tenure: Tenure, *, on: date, because: str, by: Person | None) -> None:
    """The last day of a term."""
    if by is not None:
        require(rules.may_administer(standing(by, on=on), (tenure.post.body.area.path,)))
    if on < tenure.valid_from:
        raise Refused(_("The last day lies before the first day."))
    running = Tenure.objects.filter(pk=tenure.pk).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    if not running.update(valid_to=on, ended_because=because):
        raise Refused(_("This term has already ended."))
    _note("people.tenure_ended", tenure, by=by)


@transaction.atomic
def grant(
    person: Person, kind: str, area: Area, *, by: Person | None, on: date, body: Body | None = None,
    until: date | None = None,
) -> Role:  # fmt: skip
    """Let a person do something in an area, or for a body."""
    if by is not None:
        require(rules.may_grant(standing(by, on=on), person.pk, area.path))
    if kind == Role.Kind.HANDLER and body is None:
        raise Refused(_("A handler works for a unit. Please choose it."))
    same = Role.objects.filter(person=person, kind=kind, area=area, body=body, revoked_at=None)
    if same.filter(Q(valid_to=None) | Q(valid_to__gte=on)).exists():
        raise Refused(_("This person already has this role here."))
    role = Role(person=person, kind=kind, area=area, body=body, valid_from=on, valid_to=until)
    role.save(force_insert=True)
    record("people.role_granted", person, by=by, path=area.path, kind=kind, role=role.pk)
    return role


@transaction.atomic
def revoke(role: Role, *, by: Person | None, now: datetime | None = None) -> None:
    """Take a role away; it ends with the person's next request."""
    moment = now or clock_now()
    if by is not None:
        require(rules.may_administer(standing(by, on=local(moment).date()), (role.area.path,)))
    if Role.objects.filter(pk=role.pk, revoked_at=None).update(revoked_at=moment):
        record("people.role_revoked", role.person, by=by, path=role.area.path, kind=role.kind, role=role.pk)


@transaction.atomic
def note_relative(one: Person, other: Person, kind: str, *, by: Person | None) -> Relative:
    """Close kinship, as far as a law asks for it."""
    if by is not None:
        home = one.community.path if one.community else ""
        require(rules.may_work_with(standing(by, on=today()), home))
    known = Relative.objects.filter(one=other, other=one).first()
    if known is None:
        known, _made = Relative.objects.get_or_create(one=one, other=other, defaults={"kind": kind})
        record("people.relative_noted", one, by=by)
    return known


def _note(verb: str, tenure: Tenure, *, by: Person | None) -> None:
    """Posts are public: who is in charge is for everyone to know."""
    body = tenure.post.body
    where = {"path": body.area.path, "body_id": body.pk, "sensitivity": Sensitivity.PUBLIC}
    record(verb, tenure, by=by, behalf=tenure.person, **where, post=tenure.post_id)
