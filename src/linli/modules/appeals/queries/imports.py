"""Imports that were asked for on the page."""

from django.db.models import QuerySet

from linli.kernel.people.models import Role
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import ImportJob


def imports_seen_by(who: Standing) -> QuerySet[ImportJob]:
    """Those of the areas she administers, the newest first."""
    found = ImportJob.objects.none()
    for path in who.paths(Role.Kind.ADMIN):
        found = found | ImportJob.objects.filter(area__path__under=path)
    return found.select_related("area", "by").order_by("-id")
