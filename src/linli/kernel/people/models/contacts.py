from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id
from linli.kernel.keys.fields import BlindField, CipherField
from linli.kernel.people.models.person import Person


def last_four(text: str) -> str:
    return text[-4:]


class Contact(models.Model):
    """A way to reach a person between two days. A number that changes hands begins a new row."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WECOM = "wecom", _("WeCom")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=6, choices=Kind)
    cipher = CipherField()
    blind = BlindField(purpose="contact")
    blind_last_four = BlindField(purpose="contact.last4", part=last_four)
    borrowed = models.BooleanField(_("belongs to somebody else who passes messages on"), default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "kind"), name="contact_of_person"),
            models.Index(fields=("blind_last_four",), name="contact_by_last_four"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "blind"),
                condition=Q(valid_to=None, borrowed=False),
                name="contact_of_one_person",
            ),
            models.CheckConstraint(
                name="contact_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Document(models.Model):
    """The number of a paper that says who somebody is; never shown whole without a recorded reason."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("identity card")
        CREDIT_CODE = "credit_code", _("unified social credit code")
        TITLE_DEED = "title_deed", _("title deed")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    cipher = CipherField()
    blind = BlindField(purpose="document")
    doubted = models.BooleanField(_("the check digit does not fit"), default=False)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="document_once"),)
        indexes = (models.Index(fields=("blind",), name="document_by_number"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
