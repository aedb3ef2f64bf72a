from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.places.models import Area, Body, Post


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
        return self.called or self.name


class Account(AbstractBaseUser):
    """A way for one person to sign in; a phone number alone is not one."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    username = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 -- residents have none
    is_staff_account = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    mode = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "username"
    objects: BaseUserManager["Account"] = BaseUserManager()

    def __str__(self) -> str:
        return self.username or str(self.pk)


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

    class Meta:
        indexes = (models.Index(fields=("person", "valid_to"), name="role_of_person"),)
        constraints = (
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="handler_has_a_body", condition=~Q(kind="handler") | Q(body__isnull=False)),
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

    class Meta:
        indexes = (models.Index(fields=("post", "valid_from"), name="tenure_of_post"),)

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"
