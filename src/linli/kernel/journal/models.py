from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id


class Sensitivity(models.IntegerChoices):
    """Who may read a row that carries it; each step is narrower than the one before."""

    PUBLIC = 0, _("everybody")
    AREA = 1, _("the people of the area")
    PARTIES = 2, _("the parties and those who handle it")
    SEALED = 3, _("the parties and one body alone")


class Entry(models.Model):
    """One verb. Rows are written once; erasure may only take ``payload`` and ``salt`` away."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    behalf_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    path = models.CharField(max_length=120, blank=True)
    body_id = models.BigIntegerField(null=True)
    sensitivity = models.SmallIntegerField(choices=Sensitivity, default=Sensitivity.PARTIES)
    payload = models.TextField(null=True)  # noqa: DJ001 -- null means erased, "" never occurs
    salt = models.BinaryField(max_length=16, null=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        indexes = (
            models.Index(fields=("object_kind", "object_id", "id"), name="journal_of_object"),
            models.Index(fields=("actor_id", "id"), name="journal_of_actor"),
            models.Index(fields=("verb", "id"), name="journal_of_verb"),
        )
        constraints = (
            models.CheckConstraint(
                name="journal_salt_and_payload_go_together",
                condition=Q(payload__isnull=True, salt__isnull=True)
                | Q(payload__isnull=False, salt__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind}:{self.object_id}"


class Seal(models.Model):
    """One link of the chain: position, the entry it seals, and the head after it."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    head = models.BinaryField(max_length=32)
    algorithm = models.CharField(max_length=16, default="sha256")
    sealed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.position}"
