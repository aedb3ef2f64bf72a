from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person


class Mandate(models.Model):
    """One person lets another act for her, in some things, until a day or until she takes it back.

    It says who, what and until when (民法典 第一百六十五条), and counts from the moment the other agreed.
    """

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
    accepted_at = models.DateTimeField(null=True, blank=True)
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
    """Somebody on duty saw who a person is or opened a private field, and why; that person can read this row.

    With a ``case_id`` it was a page of that matter, noted once a day, and ``reason`` is the matter's number;
    ``LIST`` stands for a list of people that belongs to no matter.
    """

    LIST = 0

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, related_name="looks")
    fields = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    case_id = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("viewer", "subject", "case_id", "day"),
                condition=Q(case_id__isnull=False),
                name="look_once_a_day",
            ),
        )
        indexes = (
            models.Index(fields=("subject", "id"), name="look_at_person"),
            models.Index(fields=("viewer", "id"), name="look_of_viewer"),
            models.Index(fields=("at",), name="look_age"),
        )

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.fields} {self.subject_id}"

    @property
    def words(self) -> str:
        """What she did and why, in the language of whoever reads it now."""
        if self.case_id is None:
            return self.reason
        if self.case_id == self.LIST:
            return gettext("looked for you by the last digits of your phone")
        return gettext("opened your matter %(number)s") % {"number": self.reason}


class Opening(models.Model):
    """Somebody on duty asks to open a private field of a child; somebody else decides, and both stay on record.

    Everything about a child under 14 is sensitive (个人信息保护法 第二十八条), and access to it is approved by the
    person in charge and written down (未成年人网络保护条例 第三十六条).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    field = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="opening_by_two", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
        )
        indexes = (models.Index(fields=("subject", "id"), name="opening_of_child"),)

    def __str__(self) -> str:
        return f"{self.asked_by_id} {self.field} {self.subject_id}"
