"""Areas, bodies and posts begin and end; nothing is overwritten, everything is on record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import today
from linli.kernel.journal.actions import record
from linli.kernel.journal.models import Sensitivity
from linli.kernel.places import rules
from linli.kernel.places.models import Area, Body, EstateMember, Post


def note(verb: str, subject: Area | Body | Post, area: Area, *, by: Any, **data: Any) -> None:
    """Who governs which ground is known to everybody."""
    record(verb, subject, by=by, path=area.path, sensitivity=Sensitivity.PUBLIC, **data)


@transaction.atomic
def add_area(
    *, parent: Area | None, kind: str, code: str, name: str, by: Any, name_en: str = "",
    floor_area: int | None = None, on: date | None = None,
) -> Area:  # fmt: skip
    """Add a piece of ground inside ``parent``; ``floor_area`` counts in 0.01 m²."""
    path = rules.path_of(parent, code)
    taken = Area.objects.filter(path=path, valid_to=None).exists()
    require(rules.may_add(parent, kind, code, taken=taken))
    area = Area(
        parent=parent, kind=kind, code=code, name=name, name_en=name_en, path=path,
        floor_area=floor_area, valid_from=on or today(),
    )  # fmt: skip
    area.save(force_insert=True)
    note("places.area_added", area, area, by=by, code=code)
    return area


@transaction.atomic
def close_area(area: Area, *, by: Any, on: date | None = None) -> None:
    """End an area. Its row stays, so that what happened there keeps its place."""
    parts = Area.objects.filter(parent=area, valid_to=None).count()
    bodies = Body.objects.filter(area=area, valid_to=None).count()
    require(rules.may_close(area, parts=parts, bodies=bodies))
    last = on or today()
    if not Area.objects.filter(pk=area.pk, valid_to=None).update(valid_to=last):
        raise Refused(_("Somebody else changed this first. Please look again."))
    EstateMember.objects.filter(building=area, valid_to=None).update(valid_to=last)
    area.valid_to = last
    note("places.area_closed", area, area, by=by)


@transaction.atomic
def found_body(
    *, kind: str, name: str, area: Area, by: Any, name_en: str = "", parent: Body | None = None,
    on: date | None = None, **contact: str,
) -> Body:  # fmt: skip
    """Register a body that serves an area; ``contact``: credit_code, phone, address, hours."""
    body = Body(
        kind=kind, name=name, name_en=name_en, area=area, parent=parent, valid_from=on or today(), **contact
    )
    body.save(force_insert=True)
    note("places.body_founded", body, area, by=by, kind=kind)
    return body


@transaction.atomic
def close_body(body: Body, *, by: Any, on: date | None = None) -> None:
    """End a body; its posts and tenures stay readable."""
    last = on or today()
    if not Body.objects.filter(pk=body.pk, valid_to=None).update(valid_to=last):
        raise Refused(_("Somebody else changed this first. Please look again."))
    body.valid_to = last
    note("places.body_closed", body, body.area, by=by)


@transaction.atomic
def add_post(
    body: Body,
    *,
    title: str,
    by: Any,
    title_en: str = "",
    seats: int = 1,
    seats_min: int = 0,
    leads: bool = False,
) -> Post:
    """Add a seat, or several of one title, to a body."""
    if Post.objects.filter(body=body, title=title).exists():
        raise Refused(_("The body has this post already."))
    post = Post(body=body, title=title, title_en=title_en, seats=seats, seats_min=seats_min, leads=leads)
    post.save(force_insert=True)
    note("places.post_added", post, body.area, by=by, body=body.pk, seats=seats)
    return post


@transaction.atomic
def span(estate: Area, buildings: Iterable[Area], *, by: Any, on: date | None = None) -> None:
    """Put buildings, perhaps of several communities, into one property area."""
    for building in buildings:
        require(rules.may_span(estate, building))
        if EstateMember.objects.filter(building=building, valid_to=None).exists():
            raise Refused(_("%(building)s belongs to a property area already.") % {"building": building})
        EstateMember(estate=estate, building=building, valid_from=on or today()).save(force_insert=True)
        note("places.estate_widened", estate, building, by=by, building=building.pk)


@transaction.atomic
def release(estate: Area, building: Area, *, by: Any, on: date | None = None) -> None:
    """Take a building out of a property area."""
    member = EstateMember.objects.filter(estate=estate, building=building, valid_to=None)
    if not member.update(valid_to=on or today()):
        raise Refused(_("This building is not part of the property area."))
    note("places.estate_narrowed", estate, building, by=by, building=building.pk)
