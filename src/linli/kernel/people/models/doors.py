"""What the ways of signing in keep: never a code, a slip or a number itself."""

from django.db import models

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person


class Attempt(models.Model):
    """One slot of a limiter that all workers share: a key has as many slots as it may be used in a window."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=120)
    slot = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "slot"), name="attempt_slot_once"),)
        indexes = (models.Index(fields=("at",), name="attempt_age"),)

    def __str__(self) -> str:
        return f"{self.key} {self.slot}"


class Code(models.Model):
    """The newest sign-in code of a number, whether or not anybody is known by it."""

    number = models.CharField(primary_key=True, max_length=120)
    hash = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("made_at",), name="code_age"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Slip(models.Model):
    """A printed one-time way in for somebody without a phone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    hash = models.CharField(max_length=120, unique=True)
    printed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
