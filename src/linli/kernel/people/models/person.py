from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.keys.fields import CipherField
from linli.kernel.places.models import Area


class Person(models.Model):
    """Somebody, with or without an account or a phone."""

    class Kind(models.TextChoices):
        NATURAL = "natural", _("person")
        PSEUDONYM = "pseudonym", _("anonymous reporter")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NATURAL)
    name = models.CharField(_("Name"), max_length=40, blank=True)
    called = models.CharField(_("How neighbours call you"), max_length=20, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    community = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.called or self.name or self._nameless()

    def _nameless(self) -> str:
        """How to speak of somebody whose name we do not know, or no longer keep."""
        if self.erased_at is not None:
            return gettext("A former neighbour")
        return gettext("Anonymous") if self.kind == self.Kind.PSEUDONYM else gettext("A neighbour")


class Account(AbstractBaseUser):
    """A way for one person to sign in; a phone number alone is not one."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    username = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 -- residents have none
    is_staff_account = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    demo_place = models.PositiveSmallIntegerField(null=True, blank=True)
    totp_secret = CipherField(blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    mode = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["Account"]()

    def __str__(self) -> str:
        return self.username or str(self.pk)

    def get_full_name(self) -> str:
        return self.person.name


class Merge(models.Model):
    """Two records found to be one person: what moved to whom, so that a mistake can be undone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    split_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    split_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("gone",), name="merge_of_person"),)

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
