from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person


class Mandate(models.Model):
    """One person lets another act for her, in some things, until a day or until she takes it back."""

    class Scope(models.TextChoices):
        MATTERS = "matters", _("report and follow matters")
        ERRANDS = "errands", _("errands")
        EVERYTHING = "everything", _("everything but votes")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    giver = models.ForeignKey(Person, models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(Person, models.PROTECT, related_name="mandates_held")
    scope = models.CharField(max_length=12, choices=Scope)
    basis = models.CharField(_("How it was given"), max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(name="mandate_for_another", condition=~Q(giver=F("holder"))),)

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


class Consent(models.Model):
    """What a person agreed to, which wording she saw, and when she took it back (个人信息保护法 第十四、十五条)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    guardian = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "purpose"), condition=Q(withdrawn_at=None), name="consent_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.purpose


class Look(models.Model):
    """Somebody on duty opened a private field of a person, and why; that person can read this row."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, related_name="looks")
    fields = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("subject", "id"), name="look_at_person"),
            models.Index(fields=("viewer", "id"), name="look_of_viewer"),
            models.Index(fields=("at",), name="look_age"),
        )

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.fields} {self.subject_id}"
