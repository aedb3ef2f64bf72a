from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person
from linli.kernel.places.models import Area, Body, Post


class Role(models.Model):
    """What a person may do, in which area or for which body, between which days."""

    class Kind(models.TextChoices):
        CLERK = "clerk", _("Desk clerk")
        HANDLER = "handler", _("Handler in a unit")
        STREET = "street", _("Subdistrict supervisor")
        DISTRICT = "district", _("District supervisor")
        REVIEWER = "reviewer", _("Exclusion reviewer")
        ADMIN = "admin", _("Administrator")
        AUDITOR = "auditor", _("Auditor")
        STAIR_CAPTAIN = "stair_captain", _("Stair captain")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=14, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="roles")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person", "valid_to"), name="role_of_person"),)
        constraints = (
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="handler_has_a_body", condition=~Q(kind="handler") | Q(body__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.area}"


class Tenure(models.Model):
    """Who held a post from when to when; never overwritten, only ended."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = (models.Index(fields=("post", "valid_from"), name="tenure_of_post"),)
        constraints = (
            models.CheckConstraint(
                name="tenure_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


class Relative(models.Model):
    """A close kinship that keeps two people from certain posts at the same time (居委会法 第三十六条)."""

    class Kind(models.TextChoices):
        SPOUSE = "spouse", _("spouse")
        PARENT = "parent", _("parent and child")
        SIBLING = "sibling", _("brother or sister")
        GRANDPARENT = "grandparent", _("grandparent and grandchild")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="relative_once"),
            models.CheckConstraint(name="relative_of_another", condition=~Q(one=F("other"))),
        )
        indexes = (models.Index(fields=("other",), name="relative_back"),)

    def __str__(self) -> str:
        return self.get_kind_display()
