from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person
from linli.kernel.places.models import Area


class Level(models.IntegerChoices):
    """How sure we are of a claim; each step is surer than the one before."""

    CLAIMED = 0, _("said so")
    STAIR_CAPTAIN = 1, _("the stair captain confirms")
    CLERK = 2, _("a clerk has checked")
    DOCUMENT = 3, _("a paper has been seen")


class Claim(models.Model):
    """What somebody says about a dwelling, with the evidence and whoever checked it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    dwelling = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    file_id = models.BigIntegerField(null=True, blank=True)
    level = models.SmallIntegerField(choices=Level, default=Level.CLAIMED)
    verifier = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="%(class)s_level_has_a_verifier",
                condition=Q(level=Level.CLAIMED) | Q(verifier__isnull=False),
            ),
        )


class Household(models.Model):
    """People who keep house together in one dwelling."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    dwelling = models.ForeignKey(Area, models.PROTECT, related_name="+")
    head = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.dwelling)


class Residence(Claim):
    """Somebody lives in a dwelling."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("registered and living here")
        LIVING = "living", _("living here, registered elsewhere")
        AWAY = "away", _("registered here, living elsewhere")
        TENANT = "tenant", _("renting")

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    household = models.ForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="members")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta(Claim.Meta):
        indexes = (
            models.Index(fields=("person",), name="residence_of_person"),
            models.Index(fields=("dwelling", "valid_to"), name="residence_in_dwelling"),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.dwelling}"


class Ownership(Claim):
    """Somebody owns a share of a dwelling; a share is two integers, never a decimal."""

    class Basis(models.TextChoices):
        REGISTERED = "registered", _("registered owner")
        POSSESSION = "possession", _("bought and moved in, not registered yet")
        INHERITED = "inherited", _("heir")
        COURT = "court", _("by a court or arbitration")
        BUILT = "built", _("lawfully built")
        PUBLIC = "public", _("unit that holds unsold public housing")

    person = models.ForeignKey(Person, models.PROTECT, related_name="ownerships")
    share_num = models.PositiveIntegerField(default=1)
    share_den = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.REGISTERED)

    class Meta(Claim.Meta):
        indexes = (
            models.Index(fields=("person",), name="ownership_of_person"),
            models.Index(fields=("dwelling", "valid_to"), name="ownership_in_dwelling"),
        )
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            *Claim.Meta.constraints,
            models.CheckConstraint(
                name="ownership_share_is_a_share",
                condition=Q(share_num__gte=1, share_num__lte=F("share_den")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.dwelling} · {self.share_num}/{self.share_den}"
